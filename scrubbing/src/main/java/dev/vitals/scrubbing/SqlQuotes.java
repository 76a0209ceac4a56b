package dev.vitals.scrubbing;

/**
 * Where the quoted parts of SQL end. Dialects do not agree on what a backslash before a quote means; where both readings
 * make sense, the one is taken that hides more.
 */
final class SqlQuotes {
    private SqlQuotes() {}

    /**
     * {@return the index behind a string in single quotes, the length of the text where that cannot be told}
     *
     * @param open the index of its opening quote
     * @param escapes whether a backslash is known to escape, as in {@code E'..'}
     */
    static int stringEnd(String sql, int open, boolean escapes) {
        int plainEnd = -1;
        boolean unclear = false;
        // The first backslash before a quote tells: where the string would end at it and a word or a backslash follow,
        // it escapes.
        boolean judged = escapes;
        int i = open + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\') {
                i++;
                if (!judged && i < sql.length() && sql.charAt(i) == '\'') {
                    judged = true;
                    unclear = i + 1 < sql.length() && sql.charAt(i + 1) == '\'';
                    boolean escape =
                            unclear || isWordAt(sql, i + 1) || (i + 1 < sql.length() && sql.charAt(i + 1) == '\\');
                    plainEnd = escape ? -1 : i + 1;
                }
                i++;
            } else if (c != '\'') {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                i += 2;
            } else {
                return end(sql, i + 1, plainEnd, unclear);
            }
        }
        return sql.length();
    }

    private static int end(String sql, int escapedEnd, int plainEnd, boolean unclear) {
        if (unclear && sql.indexOf('\'', escapedEnd) >= 0) {
            return sql.length();
        }
        if (plainEnd < 0) {
            return escapedEnd;
        }
        // No string is followed by a letter at once: in ('C:\', 'b') the backslash is one.
        return isWordAt(sql, escapedEnd) ? plainEnd : sql.length();
    }

    /** {@return the index behind what stands in double quotes or backticks; the length of the text if not closed} */
    static int nameEnd(String sql, int open) {
        char quote = sql.charAt(open);
        int i = open + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\' && quote == '"') {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return sql.length();
    }

    /** {@return the index behind PostgreSQL's {@code $tag$..$tag$}, the one of the dollar where it is none} */
    static int dollarEnd(String sql, int dollar) {
        int tag = dollar + 1;
        while (isWordAt(sql, tag) && sql.charAt(tag) != '$') {
            tag++;
        }
        boolean digit = dollar + 1 < sql.length() && Digits.isDigit(sql.charAt(dollar + 1));
        if (tag == sql.length() || sql.charAt(tag) != '$' || digit) {
            return dollar;
        }
        int end = sql.indexOf(sql.substring(dollar, tag + 1), tag + 1);
        return end < 0 ? sql.length() : end + tag + 1 - dollar;
    }

    /** {@return the index behind Oracle's {@code q'[..]'}} */
    static int oracleEnd(String sql, int open) {
        if (open + 1 >= sql.length()) {
            return sql.length();
        }
        char c = sql.charAt(open + 1);
        char close = c == '[' ? ']' : c == '(' ? ')' : c == '{' ? '}' : c == '<' ? '>' : c;
        int end = sql.indexOf("" + close + '\'', open + 2);
        return end < 0 ? sql.length() : end + 2;
    }

    static boolean isWordAt(String sql, int at) {
        return at < sql.length() && isWord(sql.charAt(at));
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || Digits.isDigit(c)
                || c == '_'
                || c == '$'
                || (c >= 128 && !Chars.isSpace(c));
    }
}
