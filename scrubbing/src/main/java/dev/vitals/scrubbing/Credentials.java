package dev.vitals.scrubbing;

import java.util.Set;

/** Recognises secrets by their own form: what follows {@code Bearer} or {@code Basic}, and JSON web tokens. */
final class Credentials {
    // What follows "Bearer" in sentences about it.
    private static final Set<String> PROSE = Set.of(
            "of",
            "token",
            "tokens",
            "auth",
            "authentication",
            "authorization",
            "authenticated",
            "scheme",
            "realm",
            "error",
            "scope",
            "is",
            "was",
            "in",
            "with",
            "and",
            "or",
            "for",
            "on",
            "to",
            "the",
            "that",
            "header",
            "headers",
            "format",
            "credentials",
            "only",
            "not",
            "required",
            "missing",
            "expected",
            "has",
            "must",
            "should",
            "prefix",
            "type",
            "security",
            "method",
            "bonds",
            "instrument");

    private static final int LONGEST_PROSE = 16;

    private final CharSequence text;

    Credentials(CharSequence text) {
        this.text = text;
    }

    /** {@return the credentials behind a word that ends at an index, empty where that is no scheme or none follow} */
    Span afterScheme(int start, int end) {
        boolean bearer = endsWith(start, end, "bearer");
        if ((!bearer && !endsWith(start, end, "basic")) || end >= text.length() || !Chars.isBlank(text.charAt(end))) {
            return new Span(end, end);
        }
        int from = end;
        while (from < text.length() && Chars.isBlank(text.charAt(from))) {
            from++;
        }
        if (from < text.length() && Chars.opens(text.charAt(from))) {
            return new Span(from, from);
        }
        int to = from;
        while (to < text.length() && inCredentials(text.charAt(to))) {
            to++;
        }
        boolean parameter = to < text.length() && to > from && text.charAt(to) == '"' && text.charAt(to - 1) == '=';
        boolean secret = !parameter && (bearer ? isBearer(from, to) : isBasic(from, to));
        return new Span(from, secret ? to : from);
    }

    private boolean endsWith(int start, int end, String scheme) {
        int at = end - scheme.length();
        return at >= start
                && Chars.matches(text, at, scheme)
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private static boolean inCredentials(char c) {
        return !Chars.isSpace(c)
                && !Chars.isQuote(c)
                && !Chars.closes(c)
                && c != ','
                && c != ';'
                && c != '\\'
                && c != '<'
                && c != '&';
    }

    private boolean isBearer(int from, int to) {
        StringBuilder word = new StringBuilder();
        int end = from;
        while (end < to && end - from < LONGEST_PROSE && Character.isLetter(text.charAt(end))) {
            word.append(Character.toLowerCase(text.charAt(end++)));
        }
        boolean goesOn = isBase64(end) || (isDot(end) && isBase64(end + 1));
        return to > from && (goesOn || !PROSE.contains(word.toString()));
    }

    private boolean isBase64(int at) {
        return at < text.length() && base64(text.charAt(at)) >= 0;
    }

    // RFC 7617: base64 of "user:password". A word of English is neither that nor has it digits.
    private boolean isBasic(int from, int to) {
        boolean digit = false;
        boolean colon = false;
        int bits = 0;
        int held = 0;
        int end = to > from && text.charAt(to - 1) == '.' ? to - 1 : to;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            int value = base64(c);
            if (value < 0) {
                if (c == '=') {
                    digit = true;
                    continue;
                }
                return false;
            }
            digit |= c >= '0' && c <= '9';
            bits = ((bits << 6) | value) & 0xfff;
            held += 6;
            if (held >= 8) {
                held -= 8;
                colon |= ((bits >> held) & 0xff) == ':';
            }
        }
        return colon || (digit && end - from >= 8);
    }

    private static int base64(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    /**
     * {@return the end of the JSON web token that begins at an index (RFC 7519), or the index where it is none}
     *
     * @param at where {@code eyJ} stands, the base64 of an opening brace and quote
     */
    int jwtEnd(int at) {
        int first = segmentEnd(at);
        if (!isDot(first)) {
            return at;
        }
        int second = segmentEnd(first + 1);
        boolean third = isDot(second) && segmentEnd(second + 1) > second + 1;
        if (!third && !isJwtStart(first + 1)) { // one cut off after its second part is still one
            return at;
        }
        int end = second;
        for (int segments = 2; segments < 5 && isDot(end); segments++) {
            int next = segmentEnd(end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
        }
        return end;
    }

    boolean isJwtStart(int at) {
        return at + 2 < text.length()
                && text.charAt(at) == 'e'
                && text.charAt(at + 1) == 'y'
                && text.charAt(at + 2) == 'J';
    }

    private boolean isDot(int at) {
        return at < text.length() && text.charAt(at) == '.';
    }

    /** {@return the end of the part of a token that begins at an index} */
    int segmentEnd(int at) {
        int i = at;
        while (i < text.length() && (base64(text.charAt(i)) >= 0 && text.charAt(i) != '+' && text.charAt(i) != '/')) {
            i++;
        }
        return i;
    }
}
