package dev.vitals.scrubbing;

/**
 * IPv4 addresses in dotted decimals. Loopback, the unspecified network, netmasks and the ranges for documentation (RFC
 * 5737) are nobody's, and four numbers that the text calls a version are none.
 */
final class Ipv4 {
    private static final int SHORTEST = 7;
    private static final int LOOK_BACK = 40;
    private static final int ANYWHERE = 7;

    // Words before four numbers that say that they are no address.
    private static final String[] NUMBERED = {
        "version",
        "versions",
        "ver",
        "release",
        "build",
        "revision",
        "rev",
        "section",
        "chapter",
        "clause",
        "oid",
        "objectid",
        "jls",
        "jvms",
        "sec"
    };

    private Ipv4() {}

    /** {@return the address that begins at an index} */
    static long at(CharSequence text, int at) {
        int end = end(text, at);
        if (end < 0 || goesOn(text, at, end) || !mayBegin(text, at, end) || isNobodys(text, at)) {
            return Found.NONE;
        }
        return isNumbered(text, at) ? Found.NONE : Found.of(Kind.IPV4, at, end);
    }

    /** {@return the end of four octets with dots between them, negative where there are none} */
    static int end(CharSequence text, int at) {
        int i = at;
        if (text.length() - at < SHORTEST) {
            return -1;
        }
        for (int octet = 0; octet < 4; octet++) {
            int digits = Ascii.runEnd(text, i, Ascii.DIGIT, i + 4) - i;
            if (digits == 0 || digits > 3 || (digits > 1 && text.charAt(i) == '0')) {
                return -1;
            }
            if (digits == 3 && number(text, i) > 255) {
                return -1;
            }
            i += digits;
            if (octet < 3) {
                if (!Ascii.isAt(text, i, '.')) {
                    return -1;
                }
                i++;
            }
        }
        return i;
    }

    static boolean isNobodys(CharSequence text, int at) {
        int first = number(text, at);
        if (first == 0 || first == 127 || first == 255) {
            return true;
        }
        return Ascii.hasAt(text, at, "192.0.2.")
                || Ascii.hasAt(text, at, "198.51.100.")
                || Ascii.hasAt(text, at, "203.0.113.");
    }

    private static int number(CharSequence text, int at) {
        int number = 0;
        for (int i = at; Ascii.isAt(text, i, Ascii.DIGIT); i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    // A longer number, 1.2.3.4-SNAPSHOT, 1.2.3.4.Final, 1.2.3.4+build.5
    private static boolean goesOn(CharSequence text, int at, int end) {
        if (end >= text.length()) {
            return false;
        }
        char c = text.charAt(end);
        if (c == '.' || c == '+') {
            return Ascii.isAt(text, end + 1, Ascii.ALNUM);
        }
        if (c == '-') { // 1.7.4.4-2 is a package's version, 10.0.0.1-10.0.0.9 a range
            boolean small = text.charAt(at + 1) == '.';
            return Ascii.isAt(text, end + 1, small ? Ascii.ALNUM : Ascii.LETTER);
        }
        return Ascii.is(c, Ascii.ALNUM | Ascii.UNDERSCORE);
    }

    private static boolean mayBegin(CharSequence text, int at, int end) {
        if (at == 0) {
            return true;
        }
        char c = text.charAt(at - 1);
        return switch (c) {
            case '.', '_', '~', '^' -> false;
            case '-' -> !Ascii.isAt(text, at - 2, Ascii.LETTER);
            case '=' -> !Ascii.isAt(text, at - 2, '>') && !Ascii.isAt(text, at - 2, '<');
            case '/' -> !isProduct(text, at, end);
            case ':' -> !isCoordinate(text, at - 1);
            default -> Ascii.startsWord(text, at);
        };
    }

    // "Chrome/120.0.0.0" names a product; "db.acme.org/10.0.0.5:5432" is how an InetSocketAddress is printed.
    private static boolean isProduct(CharSequence text, int at, int end) {
        int i = at - 1;
        while (i > 0 && at - i < LOOK_BACK && Ascii.is(text.charAt(i - 1), Ascii.BASE64_URL)) {
            i--;
        }
        boolean named = i < at - 1 && Ascii.is(text.charAt(i), Ascii.UPPER) && !Ascii.isAt(text, i - 1, '.');
        return named && !Ascii.isAt(text, end, ':');
    }

    // org.acme:things:1.2.3.4
    private static boolean isCoordinate(CharSequence text, int colon) {
        int i = colon;
        boolean letters = false;
        while (i > 0 && colon - i < LOOK_BACK && Ascii.is(text.charAt(i - 1), Ascii.BASE64_URL | Ascii.DOT)) {
            letters |= Ascii.is(text.charAt(i - 1), Ascii.LETTER);
            i--;
        }
        return letters && Ascii.isAt(text, i - 1, ':') && Ascii.isAt(text, i - 2, Ascii.ALNUM);
    }

    private static boolean isNumbered(CharSequence text, int at) {
        int i = at;
        while (i > 0 && at - i < 6 && isBetween(text.charAt(i - 1))) {
            i--;
        }
        if (Ascii.isAt(text, i - 1, '\u00a7')) {
            return true;
        }
        int start = i;
        while (start > 0
                && i - start < LOOK_BACK
                && Ascii.is(text.charAt(start - 1), Ascii.LETTER | Ascii.DASH | Ascii.UNDERSCORE | Ascii.DOT)) {
            start--;
        }
        for (int j = start; j < i; j++) {
            for (String word : NUMBERED) {
                boolean starts = word.length() >= ANYWHERE || !Ascii.isAt(text, j - 1, Ascii.LETTER);
                if (starts && Chars.matches(text, j, word) && !Ascii.isAt(text, j + word.length(), Ascii.LOWER)) {
                    return true;
                }
            }
        }
        return i - start == 1 && i < at && Chars.matches(text, start, "v");
    }

    private static boolean isBetween(char c) {
        return c == ' ' || c == ':' || c == '=' || c == '"' || c == '\'' || c == '>' || c == '(' || c == '['
                || c == '\\';
    }
}
