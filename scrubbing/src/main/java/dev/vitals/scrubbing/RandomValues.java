package dev.vitals.scrubbing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Random-looking values behind a word such as {@code password} or {@code api key} that has neither {@code =} nor
 * {@code :} behind it. A value is one where it was drawn at random ({@link Randomness#isRandom}); in quotes, and behind
 * an option such as {@code --password}, less will do. UUIDs are none: what goes by one beside {@code token} is as often
 * a trace or a request.
 */
final class RandomValues {
    private static final int LONGEST_GAP = 12;
    private static final int LONGEST_OPTION = 24;
    private static final int SHORTEST = 16;
    private static final int SHORTEST_IN_QUOTES = 8;

    // A key alone is as often one of a map, a cache, or a table: one of these must stand before it.
    private static final String[] KEYS = {
        "api",
        "access",
        "private",
        "secret",
        "unseal",
        "encryption",
        "signing",
        "license",
        "licence",
        "account",
        "master",
        "storage",
        "shared",
        "deploy",
        "auth",
        "recovery",
        "webhook",
        "client"
    };

    private RandomValues() {}

    static List<Literal> literals() {
        Stream<Literal> words = Stream.of("password", "passwd", "passphrase", "secret", "token", "key")
                .flatMap(word -> Stream.of(lower(word), upper(word)));
        Stream<Literal> credentials = Stream.of("credential", "Credential")
                .map(word -> new Literal(word, (text, at, from, kinds) -> behind(text, at, word, kinds)));
        return Stream.concat(words, credentials).toList();
    }

    // Without its first letter, which may be a capital.
    private static Literal lower(String word) {
        char first = word.charAt(0);
        return new Literal(
                word.substring(1),
                (text, at, from, kinds) -> at > from && (text.charAt(at - 1) | 0x20) == first
                        ? behind(text, at - 1, word, kinds)
                        : Found.NONE);
    }

    private static Literal upper(String word) {
        return new Literal(word.toUpperCase(Locale.ROOT), (text, at, from, kinds) -> behind(text, at, word, kinds));
    }

    private static long behind(CharSequence text, int at, String word, long kinds) {
        int end = at + word.length();
        if (end + SHORTEST_IN_QUOTES > text.length() || !Kind.HIGH_ENTROPY.in(kinds)) {
            return Found.NONE;
        }
        if (text.charAt(end) == 's' || text.charAt(end) == 'S') {
            end++;
        }
        char next = text.charAt(end);
        if (!Chars.isBlank(next) && !Chars.isQuote(next)) {
            return Found.NONE;
        }
        if (!Ascii.is(text.charAt(at), Ascii.UPPER) || Ascii.is(text.charAt(at + 1), Ascii.UPPER)) {
            boolean joined = Ascii.isAt(text, at - 1, Ascii.LETTER) && !isAfterKeyWord(text, at);
            if (joined) {
                return Found.NONE;
            }
        }
        boolean key = word.length() == 3;
        if (key && !isAfterKeyWord(text, at)) {
            return Found.NONE;
        }
        return value(text, at, end, word.charAt(0) == 'p' || word.charAt(0) == 'P', kinds);
    }

    private static boolean isAfterKeyWord(CharSequence text, int at) {
        char c = at == 0 ? '.' : text.charAt(at - 1);
        int end = c == ' ' || c == '-' || c == '_' || c == '.' ? at - 1 : at;
        for (String word : KEYS) {
            if (Chars.matches(text, end - word.length(), word)) {
                return true;
            }
        }
        return false;
    }

    private static long value(CharSequence text, int word, int end, boolean password, long kinds) {
        int from = gapEnd(text, end);
        if (from < 0) {
            return Found.NONE;
        }
        boolean quoted = Chars.isQuote(text.charAt(from - 1)) && from - 1 > end;
        int close = quoted ? quotedEnd(text, from) : -1;
        int to = close < 0 ? plainEnd(text, from) : close;
        if (to == from || isPlaceholder(text.charAt(from))) {
            return Found.NONE;
        }
        int length = to - from;
        if (length >= SHORTEST && Randomness.isRandom(text, from, to)) {
            return byItsOwnName(text, from, to, kinds);
        }
        boolean open = quoted && close < 0;
        if (!password || open || length < SHORTEST_IN_QUOTES || !isPassword(text, from, to)) {
            return Found.NONE;
        }
        boolean enough = quoted
                ? Randomness.classes(text, from, to) >= 3 || isWholeLine(text, word, to + 1)
                : isOption(text, word) && Randomness.isMoreThanWords(text, from, to);
        return enough ? Found.of(Kind.HIGH_ENTROPY, from, to) : Found.NONE;
    }

    // What has a form of its own is called by that: a JSON web token, a vendor's.
    private static long byItsOwnName(CharSequence text, int from, int to, long kinds) {
        long web = Ascii.hasAt(text, from, "eyJ") ? Credentials.jwt(text, from, from, kinds) : Found.NONE;
        long token = web != Found.NONE ? web : VendorTokens.at(text, from, kinds);
        return token != Found.NONE ? token : Found.of(Kind.HIGH_ENTROPY, from, to);
    }

    /** {@return where the value behind a word begins, negative where none does} */
    private static int gapEnd(CharSequence text, int end) {
        int limit = Math.min(text.length(), end + LONGEST_GAP);
        int i = end;
        while (i < limit) {
            char c = text.charAt(i);
            if (Chars.isQuote(c)) {
                i++;
                if (i - 1 > end) {
                    boolean twice = i < text.length() && Chars.isQuote(text.charAt(i)); // '"..."'
                    return twice ? i + 1 : i;
                }
            } else if (Chars.isBlank(c) || c == ',') {
                i++;
            } else if (Chars.matches(text, i, "is ") || Chars.matches(text, i, "was ")) {
                i += 3;
            } else if (Ascii.is(c, Ascii.DIGIT) && Ascii.isAt(text, i + 1, ':')) { // Unseal Key 2: ...
                i += 2;
            } else {
                return c == '=' || c == ':' || c == '-' ? -1 : i;
            }
        }
        return -1;
    }

    private static int quotedEnd(CharSequence text, int from) {
        char quote = text.charAt(from - 1);
        for (int i = from; i < text.length() && !Chars.isSpace(text.charAt(i)) && text.charAt(i) != '\\'; i++) {
            if (text.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    private static int plainEnd(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && !endsValue(text.charAt(i))) {
            i++;
        }
        while (i > from && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == ':')) {
            i--;
        }
        return i;
    }

    private static boolean endsValue(char c) {
        return Chars.isSpace(c)
                || Chars.isQuote(c)
                || Chars.closes(c)
                || c == ','
                || c == ';'
                || c == '<'
                || c == '('
                || c == '\\';
    }

    private static boolean isPlaceholder(char c) {
        return c == '$' || c == '%' || c == '{' || c == '<' || c == '[' || c == '*' || c == '#';
    }

    // No path, no class, no name of a property.
    private static boolean isPassword(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '.' || c == ':' || c == '(' || c == '{' || c == '<' || c == '=') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOption(CharSequence text, int word) {
        int i = word;
        while (i > 0 && word - i < LONGEST_OPTION && Ascii.is(text.charAt(i - 1), Ascii.BASE64_URL)) {
            i--;
        }
        return text.charAt(i) == '-';
    }

    // A line of a build script: password 'x'
    private static boolean isWholeLine(CharSequence text, int word, int end) {
        int i = word;
        while (i > 0 && word - i < LONGEST_OPTION && Chars.isBlank(text.charAt(i - 1))) {
            i--;
        }
        boolean starts = i == 0 || Chars.isLineEnd(text.charAt(i - 1));
        return starts && (end >= text.length() || Chars.isLineEnd(text.charAt(end)));
    }
}
