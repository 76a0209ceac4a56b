package dev.vitals.scrubbing;

/**
 * Tells in a glance that a name is ordinary, as almost all are: every word that makes one sensitive has one of a few pairs
 * of letters in it.
 */
final class Hints {
    private static final String[] PAIRS = {
        "as", "nh", "tw", "sł", "cv", "cr", "ok", "pw", "jw", "be", "ey", "ss", "rf", "tp", "ee", "nn", "au", "ig"
    };
    private static final int LETTERS = 32;
    private static final int LONGEST_QUOTED = 64;
    private static final int LONGEST = 128;
    private static final boolean[] PAIR = new boolean[LETTERS * LETTERS];

    private static final int ASCII = 128;
    private static final byte IN_NAME = 1;
    private static final byte HINT = 2;
    // By a character and the last five bits of the one behind it.
    private static final byte[] GLANCES = new byte[(ASCII + 1) * LETTERS];

    static {
        for (String pair : PAIRS) {
            PAIR[index(pair.charAt(0), pair.charAt(1))] = true;
        }
        for (char c = 0; c < ASCII; c++) {
            for (char next = 0; next < LETTERS && Chars.inName(c); next++) {
                GLANCES[c * LETTERS + next] = PAIR[index(c, next)] ? HINT : IN_NAME;
            }
        }
    }

    private Hints() {}

    /** {@return false where a part of a text has no word of {@link KeyWords} in it, whatever its case} */
    static boolean any(CharSequence text, int from, int to) {
        if (to - from < 2) {
            return false;
        }
        char previous = text.charAt(from);
        for (int i = from + 1; i < to; i++) {
            char c = text.charAt(i);
            if (PAIR[index(previous, c)]) {
                return true;
            }
            previous = c;
        }
        return false;
    }

    /** {@return whether a name that ends at an index, and the word before it, have none; false also where they are long} */
    static boolean isOrdinary(CharSequence text, int end, int from) {
        int floor = Math.max(from, end - LONGEST);
        boolean second = false;
        int next = 0;
        for (int i = end - 1; i >= floor; i--) {
            char c = text.charAt(i);
            byte glance = GLANCES[(c < ASCII ? c : ASCII) * LETTERS + next];
            if (glance != IN_NAME) {
                if (glance == HINT || c >= ASCII) {
                    return false;
                }
                if (c != ' ' || second) {
                    return true;
                }
                second = true;
            }
            next = c & LETTERS - 1;
        }
        return floor == from;
    }

    /**
     * {@return whether the name in double quotes that end at an index is ordinary; false also where it is long} Two words
     * may be one that is not, as {@code to_ken} is: signs between letters are left out.
     */
    static boolean isOrdinaryQuoted(CharSequence text, int quote) {
        char next = '\0';
        for (int i = quote - 1; i >= 0 && quote - i <= LONGEST_QUOTED; i--) {
            char c = text.charAt(i);
            if (isLetter(c)) {
                if (PAIR[index(c, next)]) {
                    return false;
                }
                next = c;
            } else if (c == '"') {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(char c) {
        int letter = c | ' ';
        return (letter >= 'a' && letter <= 'z') || c >= 128;
    }

    // The last five bits of a letter are the same in both cases; other characters only make it look more often.
    private static int index(char first, char second) {
        return (first & LETTERS - 1) * LETTERS + (second & LETTERS - 1);
    }
}
