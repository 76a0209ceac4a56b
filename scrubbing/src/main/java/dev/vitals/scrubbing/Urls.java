package dev.vitals.scrubbing;

/** The parts of a URL (RFC 3986) in running text, read with the lenience that passwords in URLs call for. */
final class Urls {
    // A name has 253 characters at most (RFC 1035). Several beginnings of a URL may share the host behind the last @.
    private static final int LONGEST_HOST = 320;

    private Urls() {}

    /** {@return whether a colon is that of a scheme: "://", or as some JSON writers escape it, ":\\/\\/"} */
    static boolean begins(CharSequence text, int colon) {
        return Chars.matches(text, colon, "://") || Chars.matches(text, colon, ":\\/\\/");
    }

    /** {@return where the authority behind the colon of a scheme begins} */
    static int authority(CharSequence text, int colon) {
        return colon + (text.charAt(colon + 1) == '/' ? 3 : 5);
    }

    /** {@return where the URL ends whose authority begins at an index} */
    static int end(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && !endsAt(text, end)) {
            end++;
        }
        while (end > from && isTrailing(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** {@return the index of the last {@code @} of a URL, negative where it has none} */
    static int lastAt(CharSequence text, int from, int end) {
        int at = end - 1;
        while (at >= from && text.charAt(at) != '@') {
            at--;
        }
        return at < from ? -1 : at;
    }

    /** {@return whether a URL in a text ends before this character} */
    private static boolean endsAt(CharSequence text, int at) {
        char c = text.charAt(at);
        if (c == '\\') {
            return at + 1 < text.length() && Chars.isQuote(text.charAt(at + 1));
        }
        return Chars.isSpace(c) || c == '"' || c == '<' || c == '>' || c == '`';
    }

    /** {@return whether it is no part of the URL where nothing follows it} */
    private static boolean isTrailing(char c) {
        return Chars.closes(c) || c == ',' || c == ';' || c == '.' || c == ':' || c == '!' || c == '\\';
    }

    /**
     * {@return the index of the {@code @} that ends the user info, or where the authority begins if it has none}
     *
     * @param text the text
     * @param from where the authority begins
     * @param end where the URL ends
     * @param lastAt the index of the last {@code @} in the URL
     */
    static int userInfoEnd(CharSequence text, int from, int end, int lastAt) {
        int at = -1;
        int colon = -1;
        int i = from;
        for (; i < end && !endsAuthority(text.charAt(i)); i++) {
            char c = text.charAt(i);
            if (c == '@') {
                at = i;
            } else if (c == ']') {
                colon = -1; // those inside were an IPv6 address
            } else if (c == ':' && colon < 0) {
                colon = i;
            }
        }
        if (at >= 0) {
            return at;
        }
        boolean cut = colon >= 0 && lastAt > i && lastAt < end && !isPort(text, colon + 1, i);
        return cut ? lastAt : from;
    }

    // "user:pa" before a slash is no host and port: the password has the slash in it, and goes on to the last @.
    private static boolean isPort(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return c == ',' || c == ';' || c == '\\';
            }
        }
        return true;
    }

    /** {@return where the first host and port end} */
    static int hostEnd(CharSequence text, int from, int end) {
        int limit = Math.min(end, from + LONGEST_HOST);
        int i = from;
        while (i < limit && !endsAuthority(text.charAt(i)) && !endsHost(text.charAt(i))) {
            i++;
        }
        return i;
    }

    // MySQL has key=value pairs where others have hosts: jdbc:mysql://address=(host=h)(password=p)/db
    private static boolean endsHost(char c) {
        return c == ',' || c == ';' || c == '(';
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#';
    }
}
