package dev.vitals.scrubbing;

/** Finds the end of what stands in quotes or brackets, reading every character once. */
final class Quotes {
    private Quotes() {}

    /**
     * {@return the index where the quoted text ends, the end of the text where its quote is never closed}
     *
     * @param text the text
     * @param open the index of the opening quote
     * @param level how many backslashes stand before the opening quote: JSON inside a JSON string has one
     * @param lines whether the quoted text may go on past the end of the line
     */
    static int end(CharSequence text, int open, int level, boolean lines) {
        char quote = text.charAt(open);
        int backslashes = 0;
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            if (c == quote && closes(backslashes, level)) {
                if (level > 0 || i + 1 >= text.length() || text.charAt(i + 1) != quote) {
                    return i - Math.min(backslashes, level);
                }
                i++; // SQL and CSV double a quote to mean the character
            } else if (!lines && Chars.isLineEnd(c)) {
                return i;
            }
            backslashes = 0;
        }
        return text.length();
    }

    // Fewer backslashes: the string around this one ends. Each level of escaping doubles them.
    private static boolean closes(int backslashes, int level) {
        return backslashes < level || (backslashes - level) % (2 * (level + 1)) == 0;
    }

    /**
     * {@return the index after the bracket that closes the one at an index; where it is never closed, the end of the
     * text or of the line}
     *
     * @param text the text
     * @param open the index of the opening bracket
     * @param lines whether the brackets may go on past the end of the line
     */
    static int bracketEnd(CharSequence text, int open, boolean lines) {
        int depth = 0;
        int backslashes = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                backslashes++;
                continue;
            }
            if (c == '"') {
                i = end(text, i, backslashes, lines);
                i = Chars.skipBackslashes(text, i);
                if (i < text.length() && !lines && Chars.isLineEnd(text.charAt(i))) {
                    return i;
                }
            } else if (Chars.opens(c)) {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            } else if (!lines && Chars.isLineEnd(c)) {
                return i;
            }
            backslashes = 0;
        }
        return text.length();
    }
}
