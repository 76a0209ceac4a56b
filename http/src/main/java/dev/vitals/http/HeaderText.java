package dev.vitals.http;

/** What a header may look like on the wire (RFC 9110, sections 5.1 and 5.5). */
final class HeaderText {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /**
     * Refuses what would break a response, or smuggle another header into it.
     *
     * @throws IllegalArgumentException if the name is no token, or the value has a control character in it
     */
    static void require(String name, String value) {
        boolean isToken = !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || TOKEN_SIGNS.indexOf(c) >= 0));
        if (!isToken) {
            throw new IllegalArgumentException("this is no name of a header: \"" + name + "\"");
        }
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            throw new IllegalArgumentException(
                    "the header " + name + " has a line break or a control character in its value");
        }
    }
}
