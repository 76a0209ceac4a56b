package dev.vitals.scrubbing;

import java.util.HexFormat;

/**
 * The words of a name, in whatever way it writes them: {@code dbPassword}, {@code X-Api-Key}, {@code a[b]}. Numbers and
 * percent-encoded characters belong to none.
 */
final class Words {
    private Words() {}

    /** {@return where the next word begins, {@code to} where there is none} */
    static int start(CharSequence text, int at, int to) {
        int i = at;
        while (i < to) {
            char c = text.charAt(i);
            if (c == '%'
                    && i + 2 < to
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                i += 3;
            } else if (Character.isLetter(c)) {
                return i;
            } else {
                i++;
            }
        }
        return to;
    }

    /** {@return where the word that begins at an index ends} */
    static int end(CharSequence text, int start, int to) {
        char previous = text.charAt(start);
        int i = start + 1;
        while (i < to) {
            char c = text.charAt(i);
            if (!Character.isLetter(c) || startsWord(text, i, to, previous, c)) {
                break;
            }
            previous = c;
            i++;
        }
        return i;
    }

    // "dbPassword" begins a word at P, "APIKey" at K: the last capital of a run belongs to what follows it.
    private static boolean startsWord(CharSequence text, int at, int to, char previous, char c) {
        if (!Character.isUpperCase(c)) {
            return false;
        }
        return !Character.isUpperCase(previous) || (at + 1 < to && Character.isLowerCase(text.charAt(at + 1)));
    }
}
