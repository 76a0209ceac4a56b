package dev.vitals.scrubbing;

/**
 * Names that stand in an entry of their own: {@code {"key":"password","value":"x"}}, {@code <item name="apiKey"
 * value="x"/>}. What the entry directly before one called {@code value} has in its quotes is the value's name.
 */
final class Pairs {
    private static final int MOST_SPACES = 256;
    private static final int LONGEST = 64;
    private static final String VALUE = "value";
    private static final String[] NAMES = {"key", "name", "property", "header"};

    private Pairs() {}

    /**
     * {@return the value of a pair whose name is sensitive, none where it is no pair, or no such name}
     *
     * @param at where the separator before the value stands
     */
    static long value(CharSequence text, int at, Keys keys) {
        char separator = text.charAt(at);
        int end = skipSpaces(text, at);
        int start = valueStart(text, end, separator);
        if (start < 0) {
            return Found.NONE;
        }
        long name = nameBefore(text, start, separator);
        if (name == Found.NONE || !keys.isSensitive(text, Found.start(name), Found.end(name))) {
            return Found.NONE;
        }
        boolean quoted = Chars.isQuote(text.charAt(end - 1));
        return Values.find(text, at + 1, KeyKind.SECRET, quoted, separator == ':', text.length());
    }

    /** {@return whether what stands in quotes that end at an index is {@code value}} */
    static boolean isValue(CharSequence text, int quote) {
        int end = skipBackslashes(text, quote);
        return Chars.matches(text, end - VALUE.length(), VALUE)
                && end > VALUE.length()
                && Chars.isQuote(text.charAt(end - VALUE.length() - 1));
    }

    /** {@return whether the string in JSON text, its quote at an index, is the value of a pair whose name is sensitive} */
    static boolean isSecretInJson(CharSequence text, int open, int close, Keys keys) {
        if (close - open != VALUE.length() + 1 || !isValue(text, close)) {
            return false;
        }
        long name = nameBefore(text, open, ':');
        if (name == Found.NONE) {
            return false;
        }
        int from = Found.start(name);
        int to = Found.end(name);
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\\') {
                String meant = JsonStrings.unescape(text.subSequence(from, to).toString());
                return keys.isSensitive(meant, 0, meant.length());
            }
        }
        return keys.isSensitive(text, from, to);
    }

    // -1 where the name before the separator is another one. A colon wants quotes: "value: x" is a sentence.
    private static int valueStart(CharSequence text, int end, char separator) {
        if (end > 0 && Chars.isQuote(text.charAt(end - 1))) {
            return isValue(text, end - 1) ? skipBackslashes(text, end - 1) - VALUE.length() - 1 : -1;
        }
        int start = end - VALUE.length();
        boolean attribute = separator == '=' && start > 0 && Chars.matches(text, start, VALUE);
        return attribute && !Chars.inName(text.charAt(start - 1)) ? start : -1;
    }

    /** {@return where the name stands whose entry ends before an index, none where no such entry does} */
    private static long nameBefore(CharSequence text, int start, char separator) {
        int entry = skipSpaces(text, skipBackslashes(text, start));
        boolean listed = entry > 0 && (text.charAt(entry - 1) == ',' || text.charAt(entry - 1) == ';');
        if (!listed && (separator == ':' || entry == start)) {
            return Found.NONE;
        }
        int close = (listed ? skipSpaces(text, entry - 1) : entry) - 1;
        if (close < 0 || !Chars.isQuote(text.charAt(close))) {
            return Found.NONE;
        }
        int to = skipBackslashes(text, close);
        int from = to;
        while (from > 0 && to - from <= LONGEST && text.charAt(from - 1) != text.charAt(close)) {
            from--;
        }
        if (from == 0 || to - from > LONGEST) {
            return Found.NONE;
        }
        int sign = skipSpaces(text, skipBackslashes(text, from - 1)) - 1;
        boolean named = sign > 0 && text.charAt(sign) == separator && isName(text, skipSpaces(text, sign));
        return named ? Found.of(Kind.SECRET, from, to) : Found.NONE;
    }

    private static boolean isName(CharSequence text, int at) {
        int end = at > 0 && Chars.isQuote(text.charAt(at - 1)) ? skipBackslashes(text, at - 1) : at;
        for (String name : NAMES) {
            int start = end - name.length();
            if (Chars.matches(text, start, name) && (start == 0 || !Chars.inName(text.charAt(start - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static int skipSpaces(CharSequence text, int end) {
        int at = end;
        while (at > 0 && end - at < MOST_SPACES && Chars.isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int skipBackslashes(CharSequence text, int end) {
        int at = end;
        while (at > 0 && end - at < LONGEST && text.charAt(at - 1) == '\\') {
            at--;
        }
        return at;
    }
}
