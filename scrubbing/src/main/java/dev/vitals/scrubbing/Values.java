package dev.vitals.scrubbing;

/** Finds where the value behind a name and its separator begins and ends. */
final class Values {
    private final CharSequence text;

    Values(CharSequence text) {
        this.text = text;
    }

    /**
     * {@return the value, empty where there is none}
     *
     * @param at the index after the separator
     * @param kind what the name says; {@link KeyKind#SECRET_IN_URL} for whatever stands in a URL
     * @param quoted whether the name was in quotes, as in JSON: such a value may begin on the next line
     * @param colon whether the separator was a colon
     * @param limit where an unquoted value ends at the latest: the end of the URL that it stands in, or of the text
     */
    Span find(int at, KeyKind kind, boolean quoted, boolean colon, int limit) {
        int from = at;
        while (from < text.length() && (quoted ? Chars.isSpace(text.charAt(from)) : Chars.isBlank(text.charAt(from)))) {
            from++;
        }
        int quote = Chars.skipBackslashes(text, from);
        boolean inUrl = kind == KeyKind.SECRET_IN_URL;
        boolean line = kind == KeyKind.SECRET_LINE && !quoted;
        boolean inQuotes = quote < text.length() && Chars.isQuote(text.charAt(quote));
        if (isReplaced(from, limit, inUrl)) {
            return new Span(from, from + Scrubber.REPLACEMENT.length());
        }
        if (inQuotes && !(line && colon)) {
            return new Span(quote + 1, Quotes.end(text, quote, quote - from, true));
        }
        if (line && colon) {
            return new Span(from, trim(from, lineEnd(from, true)));
        }
        if (from < text.length() && Chars.opens(text.charAt(from))) {
            int end = Quotes.bracketEnd(text, from, quoted);
            return new Span(from, stopsAt(end, limit, inUrl) ? end : trim(from, plainEnd(end, limit, inUrl)));
        }
        if (line) {
            return new Span(from, trim(from, lineEnd(from, false)));
        }
        int end = plainEnd(from, limit, inUrl);
        if (isScheme(from, end)) {
            int second = end;
            while (second < text.length() && Chars.isBlank(text.charAt(second))) {
                second++;
            }
            end = Math.max(end, trim(second, plainEnd(second, limit, inUrl)));
        }
        return new Span(from, trim(from, end));
    }

    private boolean isReplaced(int from, int limit, boolean inUrl) {
        return Chars.matches(text, from, Scrubber.REPLACEMENT)
                && stopsAt(from + Scrubber.REPLACEMENT.length(), limit, inUrl);
    }

    private int plainEnd(int from, int limit, boolean inUrl) {
        int i = from;
        while (i < limit) {
            char c = text.charAt(i);
            if (Chars.isSpace(c) || c == '"' || c == '&' || (c == '#' && inUrl)) {
                break;
            }
            if ((c == ',' || c == ';') && listGoesOn(i + 1)) {
                break;
            }
            if (c == '\\') {
                int next = Chars.skipBackslashes(text, i);
                if (next < text.length() && Chars.isQuote(text.charAt(next))) {
                    break;
                }
                i = next;
            } else {
                i++;
            }
        }
        return Math.min(i, Math.max(from, limit));
    }

    // A password may have a comma in it: it ends there only where another entry, or nothing, follows.
    private boolean listGoesOn(int at) {
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

    private int lineEnd(int from, boolean colon) {
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
            } else if (c == '\'' && i > from && stopsAt(i + 1, text.length(), false)) {
                return i;
            } else if (c == '\\' && isEscapedLineEnd(i)) {
                return i;
            } else if (!colon && c == ',' && listGoesOn(i + 1)) {
                return i;
            }
            i++;
        }
        return text.length();
    }

    private boolean isEscapedLineEnd(int backslash) {
        char next = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
        return next == 'n' || next == 'r';
    }

    /** {@return whether a value that has come to an end here goes no further} */
    private boolean stopsAt(int at, int limit, boolean inUrl) {
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

    private boolean isScheme(int from, int to) {
        int length = to - from;
        if (to >= text.length() || !Chars.isBlank(text.charAt(to))) {
            return false;
        }
        return (length == 6 && (Chars.matches(text, from, "bearer") || Chars.matches(text, from, "digest")))
                || (length == 5 && (Chars.matches(text, from, "basic") || Chars.matches(text, from, "token")))
                || (length == 6 && Chars.matches(text, from, "apikey"));
    }

    private int trim(int from, int to) {
        int end = to;
        while (end > from && (Chars.closes(text.charAt(end - 1)) || Chars.isBlank(text.charAt(end - 1)))) {
            end--;
        }
        return end;
    }
}
