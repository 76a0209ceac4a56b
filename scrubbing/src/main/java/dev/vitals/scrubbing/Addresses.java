package dev.vitals.scrubbing;

/** IPv4, IPv6 and MAC addresses: which trigger may begin which. */
final class Addresses {
    private Addresses() {}

    /** {@return the IPv4 address that begins with a digit, or the MAC address with hyphens that has it in it} */
    static long atDigit(CharSequence text, int at, int from, long kinds) {
        int length = text.length();
        for (int i = at + 1; i < length && i <= at + 3; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                long found = Kind.IPV4.in(kinds) ? Ipv4.at(text, at) : Found.NONE;
                if (found != Found.NONE) {
                    return found;
                }
                break;
            }
            if (c == '-') {
                return Kind.MAC.in(kinds) ? Macs.withHyphens(text, at, from) : Found.NONE;
            }
            if (!Ascii.is(c, Ascii.ANY_HEX)) {
                break;
            }
        }
        // The last pair of a MAC address may be the first with a digit in it.
        boolean last = at >= from + 15 && Kind.MAC.in(kinds) && (isHyphen(text, at - 1) || isHyphen(text, at - 2));
        return last ? Macs.withHyphens(text, at, from) : Found.NONE;
    }

    private static boolean isHyphen(CharSequence text, int at) {
        return text.charAt(at) == '-';
    }

    /** {@return the IPv6 or MAC address whose first colon this is} */
    static long atColon(CharSequence text, int at, int from, long kinds) {
        int start = at;
        while (start > from && at - start < 5 && Ascii.is(text.charAt(start - 1), Ascii.ANY_HEX)) {
            start--;
        }
        int length = at - start;
        if (length > 4 || (length == 0 && !Ascii.isAt(text, at + 1, ':'))) {
            return Found.NONE;
        }
        if (!isBoundary(text, start)) {
            return Found.NONE;
        }
        if (length == 2 && Ascii.isAt(text, at + 3, ':') && Macs.isPair(text, at + 1)) {
            return Kind.MAC.in(kinds) ? Macs.withColons(text, start) : Found.NONE;
        }
        return Kind.IPV6.in(kinds) ? Ipv6.at(text, start, at) : Found.NONE;
    }

    private static boolean isBoundary(CharSequence text, int start) {
        if (start == 0) {
            return true;
        }
        char c = text.charAt(start - 1);
        if (c == ':') {
            return endsWord(text, start - 1);
        }
        // "int[]::new", "List<String>::new"
        boolean method = text.charAt(start) == ':' && Chars.closes(c) && c != '\'';
        if (method || c == '.' || c == '_' || c == '-' || c == '$') {
            return false;
        }
        return Ascii.startsWord(text, start);
    }

    // "mac:00:1b:..." has a name before it; in "07:15:47" the second colon is not the first of anything.
    private static boolean endsWord(CharSequence text, int colon) {
        int i = colon;
        while (i > 0 && colon - i < 5 && Ascii.is(text.charAt(i - 1), Ascii.ANY_HEX)) {
            i--;
        }
        boolean letters =
                i > 0 && (Ascii.is(text.charAt(i - 1), Ascii.LETTER | Ascii.UNDERSCORE) || text.charAt(i - 1) == '"');
        return letters || colon - i == 5;
    }
}
