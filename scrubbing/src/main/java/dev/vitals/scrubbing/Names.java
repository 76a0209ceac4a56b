package dev.vitals.scrubbing;

/** Looks back from a {@code :} or {@code =} to the name before it, and ahead to the value behind it. */
final class Names {
    private static final int MOST_BLANKS = 64;
    private static final int LONGEST = 128;
    private static final String SHARED = "SharedAccessSignature ";

    private Names() {}

    /**
     * {@return the value of a sensitive name, none where the name is not or has no value}
     *
     * @param at where the separator stands
     * @param from where the name may begin at the earliest
     * @param urlEnd where the URL that the separator stands in ends, not above {@code at} where it stands in none
     */
    static long value(CharSequence text, int at, int from, int urlEnd, Keys keys) {
        int behind = afterSeparator(text, at);
        if (behind < 0) {
            return Found.NONE;
        }
        int end = at;
        while (end > from && at - end < MOST_BLANKS && Chars.isBlank(text.charAt(end - 1))) {
            end--;
        }
        boolean quoted = end > from && Chars.isQuote(text.charAt(end - 1));
        if (quoted) {
            end--;
            while (end > from && at - end < MOST_BLANKS && text.charAt(end - 1) == '\\') {
                end--;
            }
        }
        if (keys.isOrdinary(text, end, from) || keys.isFile(text, end)) {
            return Found.NONE;
        }
        int start = nameStart(text, end, from);
        if (start == end || isInLabel(text, start, end)) {
            return Found.NONE;
        }
        int pairStart = pairStart(text, start, from);
        boolean inUrl = at < urlEnd;
        KeyKind kind = keys.judge(text, KeyStart.of(text, start, end), end);
        if (kind == KeyKind.ORDINARY && isEscape(text, start, from)) {
            kind = keys.judge(text, start + 1, end);
        }
        if (kind == KeyKind.ORDINARY && pairStart < start && Keys.isPair(text, pairStart, end)) {
            kind = KeyKind.SECRET;
        }
        if (kind == KeyKind.ORDINARY || isWorkingDirectory(text, start, end, behind)) {
            return Found.NONE;
        }
        if (kind == KeyKind.SECRET_IN_URL && !inUrl && !isInQuery(text, start, end, behind)) {
            return Found.NONE;
        }
        boolean colon = text.charAt(at) == ':';
        boolean glued = behind < text.length() && !Chars.isSpace(text.charAt(behind));
        if (colon && glued && !quoted && KeyStart.isMethod(text, start, end)) {
            return Found.NONE;
        }
        return inUrl || kind == KeyKind.SECRET_IN_URL
                ? Values.find(text, behind, KeyKind.SECRET_IN_URL, quoted, colon, inUrl ? urlEnd : text.length())
                : Values.find(text, behind, kind, quoted, colon, text.length());
    }

    private static int nameStart(CharSequence text, int end, int from) {
        int start = end;
        while (start > from && end - start < LONGEST) {
            char c = text.charAt(start - 1);
            if (!Chars.inName(c) || (c == ']' && Labels.endsAt(text, start, from))) {
                break;
            }
            start--;
        }
        return start;
    }

    // "\napi_key=x" in a JSON string, where "\token=x" may as well be a path's end: both readings count.
    private static boolean isEscape(CharSequence text, int start, int from) {
        char c = text.charAt(start);
        return start > from && text.charAt(start - 1) == '\\' && (c == 'n' || c == 'r' || c == 't');
    }

    // The colon in a pseudonym, "[token:k3x9q2m7ab]", has no name before it.
    private static boolean isInLabel(CharSequence text, int start, int end) {
        return text.charAt(start) == '[' && Labels.end(text, start) > end;
    }

    // PWD=/app and OLDPWD=C:/app are where a shell works.
    private static boolean isWorkingDirectory(CharSequence text, int start, int end, int behind) {
        int name = end - start == 6 && Ascii.hasAt(text, start, "OLD") ? start + 3 : start;
        if (end - name != 3 || !Ascii.hasAt(text, name, "PWD")) {
            return false;
        }
        int at = behind;
        while (at < text.length()
                && at - behind < MOST_BLANKS
                && (Chars.isBlank(text.charAt(at)) || Chars.isQuote(text.charAt(at)))) {
            at++;
        }
        return Ascii.isAt(text, at, '/')
                || (Ascii.isAt(text, at, Ascii.LETTER)
                        && Ascii.isAt(text, at + 1, ':')
                        && (Ascii.isAt(text, at + 2, '\\') || Ascii.isAt(text, at + 2, '/')));
    }

    // Of Azure's tokens in their own header, and of a URL that has lost its beginning: sr=x&sig=y&se=1
    private static boolean isInQuery(CharSequence text, int start, int end, int behind) {
        if (Ascii.isAt(text, start - 1, '?') || Ascii.isAt(text, start - 1, '&')) {
            return true;
        }
        if (!Ascii.hasAt(text, end - 3, "sig") || end - start != 3) {
            return false;
        }
        int value = behind;
        while (value < text.length() && value - behind < LONGEST && text.charAt(value) != '&') {
            value++;
        }
        return Ascii.hasAt(text, start - SHARED.length(), SHARED)
                || Ascii.hasAt(text, value, "&se=")
                || Ascii.hasAt(text, value, "&sv=");
    }

    // "api key: x": two words of a sentence with one blank between them.
    private static int pairStart(CharSequence text, int start, int from) {
        if (start < from + 2 || text.charAt(start - 1) != ' ' || !Character.isLetter(text.charAt(start - 2))) {
            return start;
        }
        return nameStart(text, start - 1, from);
    }

    // One of = : == => := and not the :: of a method reference.
    private static int afterSeparator(CharSequence text, int at) {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (c == '=') {
            return next == '=' || next == '>' ? at + 2 : at + 1;
        }
        if (next == ':' || (at > 0 && text.charAt(at - 1) == ':')) {
            return -1;
        }
        return next == '=' ? at + 2 : at + 1;
    }
}
