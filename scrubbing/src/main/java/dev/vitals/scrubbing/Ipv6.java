package dev.vitals.scrubbing;

/**
 * IPv6 addresses in all forms of RFC 4291, with a zone (RFC 4007). Loopback, {@code ::} and the range for documentation
 * (RFC 3849) are nobody's. One of few groups must begin as addresses that are in use do, for {@code a1::b2} is one by
 * its form alone.
 */
final class Ipv6 {
    private static final int GROUPS = 8;
    private static final int FEW = 4;
    private static final int LONGEST_ZONE = 18;

    private Ipv6() {}

    /** {@return the address that begins at an index and has its first colon at another} */
    static long at(CharSequence text, int start, int colon) {
        int groups = 0;
        int longest = 0;
        int others = 0;
        int last = 0;
        int first = -1;
        int second = -1;
        boolean digit = false;
        boolean gap = colon == start;
        int embedded = -1;
        int i = gap ? start + 2 : start;
        while (groups < GROUPS) {
            int end = Ascii.runEnd(text, i, Ascii.ANY_HEX, i + 5);
            int length = end - i;
            if (length > 4) {
                return Found.NONE;
            }
            if (length == 0) {
                break; // it ends in ::
            }
            int v4 = Ascii.isAt(text, end, '.') ? Ipv4.end(text, i) : -1;
            if (v4 > 0) {
                embedded = i;
                i = v4;
                groups += 2;
                break;
            }
            others |= last;
            last = 0;
            for (int j = i; j < end; j++) {
                last = last << 4 | Character.digit(text.charAt(j), 16);
                digit |= Ascii.is(text.charAt(j), Ascii.DIGIT);
            }
            first = groups == 0 ? last : first;
            second = groups == 1 ? last : second;
            longest = Math.max(longest, length);
            groups++;
            i = end;
            if (groups == GROUPS || !Ascii.isAt(text, i, ':')) {
                break;
            }
            if (Ascii.isAt(text, i + 1, ':')) {
                if (gap) {
                    return Found.NONE;
                }
                gap = true;
                i += 2;
            } else if (Ascii.isAt(text, i + 1, Ascii.ANY_HEX)) {
                i++;
            } else {
                break;
            }
        }
        boolean whole = gap ? groups < GROUPS : groups == GROUPS;
        if (!whole || groups == 0 || goesOn(text, i, groups)) {
            return Found.NONE;
        }
        if (embedded >= 0) {
            return Ipv4.isNobodys(text, embedded) ? Found.NONE : Found.of(Kind.IPV6, start, i);
        }
        boolean nobodys = (others == 0 && last <= 1) || (first == 0x2001 && second == 0xdb8 && colon > start);
        boolean looksRight = digit && longest > 2 && (groups >= FEW || isInUse(start, colon, first));
        return nobodys || !looksRight ? Found.NONE : Found.of(Kind.IPV6, start, zoneEnd(text, i));
    }

    private static boolean isInUse(int start, int colon, int first) {
        if (colon == start) {
            return first == 0xffff;
        }
        return first == 0x64 || (colon - start == 4 && (first >> 13 == 1 || first >= 0xfc00));
    }

    private static boolean goesOn(CharSequence text, int end, int groups) {
        if (Ascii.isAt(text, end, Ascii.ALNUM | Ascii.UNDERSCORE)) {
            return true;
        }
        if (!Ascii.isAt(text, end, ':')) {
            return Ascii.isAt(text, end, '.') && Ascii.isAt(text, end + 1, Ascii.ALNUM);
        }
        if (groups < GROUPS || !Ascii.isAt(text, end + 1, Ascii.ALNUM)) {
            return Ascii.isAt(text, end + 1, Ascii.ALNUM) || Ascii.isAt(text, end + 1, ':');
        }
        // Before JDK 14 an InetSocketAddress put its port behind the eighth group.
        int port = Ascii.runEnd(text, end + 1, Ascii.DIGIT, end + 7);
        return port == end + 7 || Ascii.isAt(text, port, Ascii.ALNUM) || Ascii.isAt(text, port, ':');
    }

    private static int zoneEnd(CharSequence text, int end) {
        if (!Ascii.isAt(text, end, '%') || !Ascii.isAt(text, end + 1, Ascii.ALNUM)) {
            return end;
        }
        int zone = Ascii.runEnd(text, end + 1, Ascii.BASE64_URL | Ascii.DOT, end + LONGEST_ZONE);
        return text.charAt(zone - 1) == '.' ? zone - 1 : zone;
    }
}
