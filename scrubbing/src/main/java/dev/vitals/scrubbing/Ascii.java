package dev.vitals.scrubbing;

/** Sets of ASCII characters, as bits that can be joined, and what may stand before a finding. */
final class Ascii {
    static final int DIGIT = 1;
    static final int UPPER = 1 << 1;
    static final int LOWER = 1 << 2;
    static final int LOWER_HEX = 1 << 3;
    static final int UPPER_HEX = 1 << 4;
    static final int DASH = 1 << 5;
    static final int UNDERSCORE = 1 << 6;
    static final int PLUS_SLASH = 1 << 7;
    static final int EQUALS = 1 << 8;
    static final int DOT = 1 << 9;
    static final int DOLLAR = 1 << 10;
    static final int SLASH = 1 << 11;
    static final int MORE = 1 << 12; // , : @ as in password hashes
    static final int BANG = 1 << 13;

    static final int HEX = DIGIT | LOWER_HEX;
    static final int ANY_HEX = HEX | UPPER_HEX;
    static final int LETTER = UPPER | LOWER;
    static final int ALNUM = LETTER | DIGIT;
    static final int UPPER_ALNUM = UPPER | DIGIT;
    static final int LOWER_ALNUM = LOWER | DIGIT;
    static final int BASE64 = ALNUM | PLUS_SLASH | EQUALS;
    static final int BASE64_URL = ALNUM | DASH | UNDERSCORE;

    private static final int[] SETS = new int[128];

    static {
        add("0123456789", DIGIT);
        add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", UPPER);
        add("abcdefghijklmnopqrstuvwxyz", LOWER);
        add("abcdef", LOWER_HEX);
        add("ABCDEF", UPPER_HEX);
        add("-", DASH);
        add("_", UNDERSCORE);
        add("+/", PLUS_SLASH);
        add("=", EQUALS);
        add(".", DOT);
        add("$", DOLLAR);
        add("/", SLASH);
        add(",:@", MORE);
        add("!", BANG);
    }

    private Ascii() {}

    private static void add(String characters, int set) {
        for (int i = 0; i < characters.length(); i++) {
            SETS[characters.charAt(i)] |= set;
        }
    }

    /** {@return the sets that a character is in, 0 where it is no ASCII} */
    static int sets(char c) {
        return c < 128 ? SETS[c] : 0;
    }

    static boolean is(char c, int sets) {
        return c < 128 && (SETS[c] & sets) != 0;
    }

    /** {@return whether the text has a character of these sets at an index; false outside the text} */
    static boolean isAt(CharSequence text, int at, int sets) {
        return at >= 0 && at < text.length() && is(text.charAt(at), sets);
    }

    static boolean isAt(CharSequence text, int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }

    /** {@return the end of the run of these characters, or the limit where it goes further} */
    static int runEnd(CharSequence text, int at, int sets, int limit) {
        int to = Math.min(text.length(), limit);
        int i = at;
        while (i < to && is(text.charAt(i), sets)) {
            i++;
        }
        return i;
    }

    /** {@return whether the text, case and all, has a word at an index} */
    static boolean hasAt(CharSequence text, int at, String word) {
        if (at < 0 || at + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text.charAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether no letter and no digit stands before an index, but for those of an escape such as a JSON newline} */
    static boolean startsWord(CharSequence text, int at) {
        if (at == 0) {
            return true;
        }
        char c = text.charAt(at - 1);
        return c < 128 ? !is(c, ALNUM) || endsEscape(text, at) : !Character.isLetterOrDigit(c);
    }

    /** {@return whether an escape ends before an index: a newline's in JSON, one by number, {@code %3D}} */
    static boolean endsEscape(CharSequence text, int at) {
        if (at < 2) {
            return false;
        }
        char last = text.charAt(at - 1);
        char second = text.charAt(at - 2);
        if (second == '\\') {
            return last == 'n' || last == 'r' || last == 't';
        }
        if (!is(last, ANY_HEX) || !is(second, ANY_HEX)) {
            return false;
        }
        return isAt(text, at - 3, '%') || (isAt(text, at - 6, '\\') && isAt(text, at - 5, 'u'));
    }
}
