package dev.vitals.scrubbing;

import java.util.stream.Stream;

/** The word behind {@code --password} and its like, whatever it looks like, unless it goes on with a sentence. */
final class Options {
    private static final int LONGEST_NAME = 24;
    private static final int LONGEST_QUOTED = 128;

    private static final WordTable PROSE = WordTable.of("""
            is was are were be has have must may can cannot should will option options flag argument parameter string
            to and or for the of on by as via if when with without not in from file required missing
            """);

    // These say what is done about it, and take no value.
    private static final String[] SWITCHES = {"no-", "ask-", "skip-", "use-", "show-", "prompt-"};

    private Options() {}

    static Stream<Literal> literals() {
        return Stream.of(
                        "password ",
                        "passwd ",
                        "passphrase ",
                        "token ",
                        "secret ",
                        "api-key ",
                        "apikey ",
                        "secret-key ")
                .map(name -> new Literal(name, (text, at, from, kinds) -> value(text, at, at + name.length(), kinds)));
    }

    private static long value(CharSequence text, int at, int behind, long kinds) {
        if (!Ascii.isAt(text, at - 1, '-') || !Kind.CREDENTIALS.in(kinds) || !isOption(text, at)) {
            return Found.NONE;
        }
        int from = behind;
        while (from < behind + LONGEST_NAME && Ascii.isAt(text, from, ' ')) {
            from++;
        }
        if (from >= text.length()) {
            return Found.NONE;
        }
        char first = text.charAt(from);
        if (Chars.isQuote(first)) {
            int end = quotedEnd(text, from + 1, first);
            return end < 0 ? found(text, from + 1, plainEnd(text, from + 1)) : found(text, from + 1, end);
        }
        int end = plainEnd(text, from);
        boolean prose = PROSE.meaning(WordTable.hash(0, text, from, end), text, from, end) != 0;
        return prose ? Found.NONE : found(text, from, end);
    }

    private static boolean isOption(CharSequence text, int at) {
        int i = at;
        while (i > 0 && at - i < LONGEST_NAME && Ascii.isAt(text, i - 1, Ascii.BASE64_URL)) {
            i--;
        }
        boolean option = Ascii.hasAt(text, i, "--") && !Ascii.isAt(text, i + 2, '-');
        for (String word : SWITCHES) {
            option &= !Ascii.hasAt(text, i + 2, word);
        }
        return option;
    }

    private static int quotedEnd(CharSequence text, int from, char quote) {
        int limit = Math.min(text.length(), from + LONGEST_QUOTED);
        for (int i = from; i < limit && !Chars.isLineEnd(text.charAt(i)); i++) {
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
        while (i > from && isTrailing(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean endsValue(char c) {
        return Chars.isSpace(c) || Chars.isQuote(c) || c == '\\';
    }

    private static boolean isTrailing(char c) {
        return Chars.closes(c) || c == ',' || c == ';' || c == '.' || c == ':';
    }

    private static long found(CharSequence text, int from, int to) {
        if (to <= from || "$%{<[-*|&>#(=".indexOf(text.charAt(from)) >= 0 || Placeholders.isOne(text, from, to)) {
            return Found.NONE;
        }
        return Found.of(Kind.CREDENTIALS, from, to);
    }
}
