package dev.vitals.scrubbing;

/** Where the tokens of JSON text (RFC 8259) end. */
final class JsonTokens {
    private static final String[] LITERALS = {"null", "true", "false"};

    private JsonTokens() {}

    /** {@return the index of the quote that closes a string, of the line's end or the text's where none does} */
    static int stringEnd(String text, int open) {
        int end = open + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '"' || Chars.isLineEnd(c)) {
                return end;
            }
            boolean escape = c == '\\' && end + 1 < text.length() && !Chars.isLineEnd(text.charAt(end + 1));
            end += escape ? 2 : 1;
        }
        return end;
    }

    /** {@return the end of the number, {@code null}, {@code true} or {@code false} at an index, -1 where it is none} */
    static int scalarEnd(String text, int at) {
        int end = isNumber(text.charAt(at)) ? numberEnd(text, at) : literalEnd(text, at);
        return end < 0 || isDelimited(text, end) ? end : -1;
    }

    static boolean isNumber(char first) {
        return first == '-' || Digits.isDigit(first);
    }

    private static int literalEnd(String text, int at) {
        for (String literal : LITERALS) {
            if (text.startsWith(literal, at)) {
                return at + literal.length();
            }
        }
        return -1;
    }

    private static int numberEnd(String text, int at) {
        int digits = text.charAt(at) == '-' ? at + 1 : at;
        int end = digitsEnd(text, digits);
        if (end == digits) {
            return -1;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(text, end + 1);
        }
        if (end < text.length() && (text.charAt(end) | ' ') == 'e') {
            int sign = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
            end = digitsEnd(text, sign == '+' || sign == '-' ? end + 2 : end + 1);
        }
        return end;
    }

    private static int digitsEnd(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && Digits.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** {@return whether a token that has come to an end here goes no further} */
    static boolean isDelimited(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char c = text.charAt(end);
        return c == ',' || c == ']' || c == '}' || isSpace(c);
    }

    /** {@return whether a string without escapes stands before a colon and is the name of a secret that is there} */
    static boolean isSensitive(CharSequence text, int colon, Rules rules) {
        int quote = colon - 1;
        while (quote >= 0 && isSpace(text.charAt(quote))) {
            quote--;
        }
        if (quote < 0 || text.charAt(quote) != '"') {
            return false;
        }
        int from = quote;
        while (from > 0 && text.charAt(from - 1) != '"') {
            from--;
        }
        Keys keys = rules.keys();
        return Kind.SECRET.in(rules.kinds())
                && (keys.isSensitive(text, from, quote) || Pairs.isSecretInJson(text, from - 1, quote, keys));
    }

    static int wordEnd(String text, int from) {
        int end = from;
        while (!isDelimited(text, end)) {
            end++;
        }
        return end;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** {@return the index of the first character from an index on that is no white space} */
    static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** {@return whether a text may be JSON itself: an object or an array} */
    static boolean opens(String text) {
        int first = skipSpace(text, 0);
        return first < text.length() && (text.charAt(first) == '{' || text.charAt(first) == '[');
    }
}
