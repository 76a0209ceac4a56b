package dev.vitals.scrubbing;

/** What single characters mean to the scrubber. */
final class Chars {
    private static final boolean[] NAME = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            NAME[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
        for (char c : "_-.[]$%".toCharArray()) {
            NAME[c] = true;
        }
    }

    private Chars() {}

    /** {@return whether a name, such as {@code user[password]}, may have it in it} */
    static boolean inName(char c) {
        return c < 128 ? NAME[c] : Character.isLetterOrDigit(c);
    }

    static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** {@return whether it closes what was opened before a value, and so does not belong to it} */
    static boolean closes(char c) {
        return c == ')' || c == ']' || c == '}' || c == '>' || c == '\'' || c == '`';
    }

    static boolean opens(char c) {
        return c == '(' || c == '[' || c == '{';
    }

    /** {@return whether, ignoring the case of ASCII letters, a text has a word of lower case at an index} */
    static boolean matches(CharSequence text, int at, String word) {
        if (at < 0 || at + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(at + i);
            if (c >= 'A' && c <= 'Z') {
                c += ' ';
            }
            if (c != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the index of the first character from an index on that is no backslash} */
    static int skipBackslashes(CharSequence text, int at) {
        while (at < text.length() && text.charAt(at) == '\\') {
            at++;
        }
        return at;
    }
}
