package dev.vitals.scrubbing;

/** Finds where the value behind a name and its separator begins and ends. */
final class Values {
    private static final int LONGEST_CLASS = 64;

    private Values() {}

    /**
     * {@return the value as {@link Found}, none where it is empty or stands for no secret}
     *
     * @param text the text
     * @param at the index after the separator
     * @param kind what the name says; {@link KeyKind#SECRET_IN_URL} for whatever stands in a URL
     * @param quoted whether the name was in quotes, as in JSON: such a value may begin on the next line
     * @param colon whether the separator was a colon
     * @param limit where an unquoted value ends at the latest: the end of the URL that it stands in, or of the text
     */
    static long find(CharSequence text, int at, KeyKind kind, boolean quoted, boolean colon, int limit) {
        int from = at;
        while (from < text.length() && (quoted ? Chars.isSpace(text.charAt(from)) : Chars.isBlank(text.charAt(from)))) {
            from++;
        }
        int quote = Chars.skipBackslashes(text, from);
        boolean inUrl = kind == KeyKind.SECRET_IN_URL;
        boolean line = kind == KeyKind.SECRET_LINE && !quoted;
        boolean inQuotes = quote < text.length() && Chars.isQuote(text.charAt(quote));
        int label = Labels.end(text, from);
        if (label > from && stopsAt(text, label, limit, inUrl)) {
            return Found.NONE;
        }
        if (inQuotes && !(line && colon)) {
            return value(text, quote + 1, Quotes.end(text, quote, quote - from, true));
        }
        if (line && colon) {
            return value(text, from, trim(text, from, lineEnd(text, from, true)));
        }
        int open = inUrl || line ? from : afterClassName(text, from);
        if (open < text.length() && Chars.opens(text.charAt(open))) {
            int end = Quotes.bracketEnd(text, open, quoted);
            return value(
                    text,
                    from,
                    stopsAt(text, end, limit, inUrl) ? end : trim(text, from, plainEnd(text, end, limit, inUrl)));
        }
        if (line) {
            boolean parts = Chars.matches(text, from, "digest "); // which go on behind commas
            return value(text, from, trim(text, from, lineEnd(text, from, parts)));
        }
        int end = plainEnd(text, from, limit, inUrl);
        if (isScheme(text, from, end)) {
            int second = end;
            while (second < text.length() && Chars.isBlank(text.charAt(second))) {
                second++;
            }
            end = Math.max(end, trim(text, second, plainEnd(text, second, limit, inUrl)));
        }
        return value(text, from, trim(text, from, end));
    }

    // The toString of a record goes on to its bracket: credentials=Login[user=bob, key=x]
    private static int afterClassName(CharSequence text, int from) {
        boolean name = Ascii.isAt(text, from, Ascii.UPPER);
        return name
                ? Ascii.runEnd(text, from, Ascii.ALNUM | Ascii.UNDERSCORE | Ascii.DOLLAR, from + LONGEST_CLASS)
                : from;
    }

    private static long value(CharSequence text, int from, int to) {
        boolean told = Placeholders.isOne(text, from, to) || (to > from && Labels.end(text, from) == to);
        return told ? Found.NONE : Found.of(Kind.SECRET, from, to);
    }

    private static int plainEnd(CharSequence text, int from, int limit, boolean inUrl) {
        int i = from;
        while (i < limit) {
            char c = text.charAt(i);
            if (Chars.isSpace(c) || c == '"' || c == '&' || (c == '#' && inUrl)) {
                break;
            }
            if ((c == ',' || c == ';') && listGoesOn(text, i + 1)) {
                break;
            }
            if (c == '\\') {
                int next = Chars.skipBackslashes(text, i);
                if (next < text.length() && (Chars.isQuote(text.charAt(next)) || isNextLine(text, i))) {
                    break;
                }
                i = next;
            } else {
                i++;
            }
        }
        return Math.min(i, Math.max(from, limit));
    }

    // "a\\ncookie: x" in a JSON string: an escaped line end with a name behind it. A password may have a backslash in
    // it.
    private static boolean isNextLine(CharSequence text, int backslash) {
        int i = backslash + 2;
        boolean escaped = isEscapedLineEnd(text, backslash);
        while (escaped && i < text.length() && i - backslash < LONGEST_CLASS && Chars.inName(text.charAt(i))) {
            i++;
        }
        return escaped && i > backslash + 2 && i < text.length() && (text.charAt(i) == ':' || text.charAt(i) == '=');
    }

    // A password may have a comma in it: it ends there only where another entry, or nothing, follows.
    private static boolean listGoesOn(CharSequence text, int at) {
        int i = at;
        while (i < text.length() && Chars.inName(text.charAt(i))) {
            i++;
        }
        if (i >= text.length()) {
            return i == at;
        }
        char c = text.charAt(i);
        if (i == at) {
            return Chars.isSpace(c) || Chars.isQuote(c) || Chars.closes(c) || c == '\\' || c == ',' || c == ';';
        }
        return c == '=' || c == ':';
    }

    private static int lineEnd(CharSequence text, int from, boolean colon) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Chars.isLineEnd(c)) {
                return i;
            }
            if (c == '"') {
                char before = i == from ? '=' : text.charAt(i - 1);
                if (before == '=') {
                    i = Quotes.end(text, i, 0, false);
                    if (i < text.length() && Chars.isLineEnd(text.charAt(i))) {
                        return i;
                    }
                } else if (before != '\\') {
                    return i;
                }
            } else if (c == '\'' && i > from && stopsAt(text, i + 1, text.length(), false)) {
                return i;
            } else if (c == '\\' && isEscapedLineEnd(text, i)) {
                return i;
            } else if (!colon && c == ',' && listGoesOn(text, i + 1)) {
                return i;
            }
            i++;
        }
        return text.length();
    }

    private static boolean isEscapedLineEnd(CharSequence text, int backslash) {
        char next = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
        return next == 'n' || next == 'r';
    }

    /** {@return whether a value that has come to an end here goes no further} */
    private static boolean stopsAt(CharSequence text, int at, int limit, boolean inUrl) {
        if (at >= limit) {
            return true;
        }
        char c = text.charAt(at);
        if (c == '\\') {
            int next = Chars.skipBackslashes(text, at);
            return next >= text.length()
                    || Chars.isQuote(text.charAt(next))
                    || text.charAt(next) == 'n'
                    || text.charAt(next) == 'r';
        }
        return Chars.isSpace(c)
                || Chars.closes(c)
                || c == '"'
                || c == '&'
                || c == ','
                || c == ';'
                || (c == '#' && inUrl);
    }

    private static boolean isScheme(CharSequence text, int from, int to) {
        int length = to - from;
        if (to >= text.length() || !Chars.isBlank(text.charAt(to))) {
            return false;
        }
        return (length == 6 && (Chars.matches(text, from, "bearer") || Chars.matches(text, from, "digest")))
                || (length == 5 && (Chars.matches(text, from, "basic") || Chars.matches(text, from, "token")))
                || (length == 6 && Chars.matches(text, from, "apikey"));
    }

    private static int trim(CharSequence text, int from, int to) {
        int end = to;
        while (end > from && (Chars.closes(text.charAt(end - 1)) || Chars.isBlank(text.charAt(end - 1)))) {
            end--;
        }
        return end;
    }
}
