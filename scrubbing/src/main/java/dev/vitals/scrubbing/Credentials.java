package dev.vitals.scrubbing;

import java.util.List;

/** Recognises secrets by their own form: what follows {@code Bearer} or {@code Basic}, and JSON web tokens. */
final class Credentials {
    /** What follows "Bearer" in sentences about it. */
    private static final WordTable PROSE = WordTable.of("""
            of token tokens auth authentication authorization authenticated scheme realm error scope is was in
            with and or for on to the that header headers format credentials only not required missing expected
            has must should prefix type security method bonds instrument
            """);

    private static final int LONGEST_ORACLE = 256;
    private static final int LONGEST_PROSE = 16;

    private Credentials() {}

    static List<Literal> literals() {
        return List.of(
                new Literal("Bearer", Credentials::bearer),
                new Literal("bearer", Credentials::bearer),
                new Literal("BEARER", Credentials::bearer),
                new Literal("Basic", Credentials::basic),
                new Literal("basic", Credentials::basic),
                new Literal("BASIC", Credentials::basic),
                new Literal("oracle:thin:", Credentials::oracle),
                new Literal("eyJ", Credentials::jwt));
    }

    private static long bearer(CharSequence text, int at, int from, long kinds) {
        return Kind.CREDENTIALS.in(kinds) ? afterScheme(text, at, at + 6, true) : Found.NONE;
    }

    private static long basic(CharSequence text, int at, int from, long kinds) {
        return Kind.CREDENTIALS.in(kinds) ? afterScheme(text, at, at + 5, false) : Found.NONE;
    }

    private static long afterScheme(CharSequence text, int start, int end, boolean bearer) {
        if (isInsideWord(text, start) || end >= text.length() || !Chars.isBlank(text.charAt(end))) {
            return Found.NONE;
        }
        int from = end;
        while (from < text.length() && Chars.isBlank(text.charAt(from))) {
            from++;
        }
        if (from < text.length() && Chars.opens(text.charAt(from))) {
            return Found.NONE;
        }
        int to = from;
        while (to < text.length() && inCredentials(text.charAt(to))) {
            to++;
        }
        boolean secret = bearer ? isBearer(text, from, to) : isBasic(text, from, to);
        return secret && !isParameter(text, to) ? Found.of(Kind.CREDENTIALS, from, to) : Found.NONE;
    }

    // nonce="x"; base64 ends with = too, but nothing begins behind its quote.
    private static boolean isParameter(CharSequence text, int to) {
        return Ascii.isAt(text, to - 1, '=') && Ascii.isAt(text, to, '"') && Ascii.isAt(text, to + 1, Ascii.ALNUM);
    }

    // jdbc:oracle:thin:scott/tiger@db:1521:x
    private static long oracle(CharSequence text, int at, int from, long kinds) {
        int start = at + "oracle:thin:".length();
        int slash = -1;
        for (int i = start; i < text.length() && i < start + LONGEST_ORACLE; i++) {
            char c = text.charAt(i);
            if (Chars.isSpace(c) || Chars.isQuote(c)) {
                break;
            }
            if (c == '/' && slash < 0) {
                slash = i;
            } else if (c == '@') {
                boolean told = slash <= start || Labels.end(text, start) == i || !Kind.CREDENTIALS.in(kinds);
                return told ? Found.NONE : Found.of(Kind.CREDENTIALS, start, i);
            }
        }
        return Found.NONE;
    }

    // Behind a word and a hyphen one may begin: session-eyJ...
    private static boolean goesOn(CharSequence text, int at) {
        int start = at;
        while (at - start < LONGEST_PROSE && Ascii.isAt(text, start - 1, Ascii.BASE64_URL)) {
            start--;
        }
        return at - start == LONGEST_PROSE;
    }

    private static boolean isInsideWord(CharSequence text, int at) {
        return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
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

    private static boolean isBearer(CharSequence text, int from, int to) {
        int end = from;
        while (end < to && end - from < LONGEST_PROSE && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean goesOn = isBase64(text, end) || (isDot(text, end) && isBase64(text, end + 1));
        return goesOn || PROSE.meaning(WordTable.hash(0, text, from, end), text, from, end) == 0;
    }

    private static boolean isBase64(CharSequence text, int at) {
        return at < text.length() && base64(text.charAt(at)) >= 0;
    }

    // RFC 7617: base64 of "user:password". A word of English is neither that nor has it digits.
    private static boolean isBasic(CharSequence text, int from, int to) {
        boolean digit = false;
        boolean colon = false;
        int bits = 0;
        int held = 0;
        int end = text.charAt(to - 1) == '.' ? to - 1 : to;
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

    // RFC 7519; what stands in the middle of what could be one is none, so that each is read once. "eyJ" is the base64
    // of an opening brace and quote. One cut off after its second part is still one.
    static long jwt(CharSequence text, int at, int from, long kinds) {
        if (!Kind.JWT.in(kinds) || isInsideWord(text, at) || goesOn(text, at)) {
            return Found.NONE;
        }
        int first = segmentEnd(text, at);
        if (!isDot(text, first)) {
            return Found.NONE;
        }
        int second = segmentEnd(text, first + 1);
        boolean third = isDot(text, second) && segmentEnd(text, second + 1) > second + 1;
        if (!third && !isJwtStart(text, first + 1)) {
            return Found.NONE;
        }
        int end = second;
        for (int segments = 2; segments < 5 && isDot(text, end); segments++) {
            int next = segmentEnd(text, end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
        }
        return Found.of(Kind.JWT, at, end);
    }

    private static boolean isJwtStart(CharSequence text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == 'e'
                && text.charAt(at + 1) == 'y'
                && text.charAt(at + 2) == 'J';
    }

    private static boolean isDot(CharSequence text, int at) {
        return at < text.length() && text.charAt(at) == '.';
    }

    /** {@return the end of the part of a token that begins at an index} */
    private static int segmentEnd(CharSequence text, int at) {
        int i = at;
        while (i < text.length() && (base64(text.charAt(i)) >= 0 && text.charAt(i) != '+' && text.charAt(i) != '/')) {
            i++;
        }
        return i;
    }
}
