package dev.vitals.http;

/** What a header may look like on the wire (RFC 9110, sections 5.1 and 5.5). */
final class HeaderText {
    /** Whether an ASCII character may stand in a token (RFC 9110, 5.6.2). */
    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~".chars().forEach(sign -> TOKEN[sign] = true);
        for (char c = 0; c < TOKEN.length; c++) {
            TOKEN[c] |= Character.isLetterOrDigit(c);
        }
    }

    private HeaderText() {}

    /**
     * Refuses what would break a response, or smuggle another header into it.
     *
     * @throws IllegalArgumentException if the name is no token, or the value has a control character in it
     */
    static void require(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("this is no name of a header: \"" + name + "\"");
        }
        if (hasControl(value)) {
            throw new IllegalArgumentException(
                    "the header " + name + " has a line break or a control character in its value");
        }
    }

    // Without streams: every request with a header of an observer comes along here.
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127) {
                return true;
            }
        }
        return false;
    }
}
