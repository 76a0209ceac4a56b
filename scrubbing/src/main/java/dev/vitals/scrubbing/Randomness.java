package dev.vitals.scrubbing;

/** Tells values that were drawn at random from words, names, paths and dates, by the classes of their characters. */
final class Randomness {
    private static final int SHORTEST_PART = 12;
    private static final int DISTINCT = 7;
    private static final int LONG_PART = 24;
    private static final int SIGN = 1 << 30;
    private static final int NO_SIGN = Ascii.ALNUM | Ascii.DASH | Ascii.UNDERSCORE | Ascii.DOT;

    private Randomness() {}

    /** {@return how often the class of the characters, lower, upper, digit or other, changes from one to the next} */
    static int changes(CharSequence text, int from, int to) {
        int changes = 0;
        for (int i = from + 1; i < to; i++) {
            changes += kind(text.charAt(i)) != kind(text.charAt(i - 1)) ? 1 : 0;
        }
        return changes;
    }

    private static int kind(char c) {
        return Ascii.sets(c) & Ascii.ALNUM;
    }

    /** {@return how many of lower case, upper case, digits and signs a value has; hyphens and dots join words and do not count} */
    static int classes(CharSequence text, int from, int to) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            seen |= Ascii.is(c, NO_SIGN) ? kind(c) : SIGN;
        }
        return Integer.bitCount(seen);
    }

    /** {@return whether a value has letters and something else, hyphens apart} */
    static boolean isMoreThanWords(CharSequence text, int from, int to) {
        boolean letters = false;
        boolean others = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            letters |= Ascii.is(c, Ascii.LETTER);
            others |= Ascii.is(c, Ascii.DIGIT) || !Ascii.is(c, NO_SIGN);
        }
        return letters && others;
    }

    /** {@return whether a value has a digit, or capitals among small letters in more than a word has them} */
    static boolean isMixed(CharSequence text, int from, int to) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            seen |= Ascii.sets(text.charAt(i));
        }
        boolean letter = (seen & Ascii.LETTER) != 0;
        return letter && ((seen & Ascii.DIGIT) != 0 || changes(text, from, to) * 4 > to - from);
    }

    /**
     * {@return whether one of the parts of a value, between its signs, was drawn at random: letters with at least two
     * groups of digits among them, and more changes than a name in camel case has; where it is long and as many letters
     * are large as small, one digit is enough} A UUID has no such part.
     */
    static boolean isRandom(CharSequence text, int from, int to) {
        if (isUuid(text, from, to)) {
            return false;
        }
        int i = from;
        while (i < to) {
            int end = Ascii.runEnd(text, i, Ascii.BASE64 & ~Ascii.EQUALS, to);
            if (end - i >= SHORTEST_PART && isRandomPart(text, i, end)) {
                return true;
            }
            i = end + 1;
        }
        return false;
    }

    private static boolean isRandomPart(CharSequence text, int from, int to) {
        int slashes = 0;
        int groups = 0;
        int letters = 0;
        int capitals = 0;
        for (int i = from; i < to; i++) {
            int sets = Ascii.sets(text.charAt(i));
            slashes += (sets & Ascii.SLASH) != 0 ? 1 : 0;
            letters += (sets & Ascii.LETTER) != 0 ? 1 : 0;
            capitals += (sets & Ascii.UPPER) != 0 ? 1 : 0;
            groups += (sets & Ascii.DIGIT) != 0 && (i == from || !Ascii.is(text.charAt(i - 1), Ascii.DIGIT)) ? 1 : 0;
        }
        int length = to - from;
        boolean path = slashes * 12 > length;
        return !path
                && letters >= 4
                && (groups >= 2 || (groups == 1 && isEvenlyMixed(length, letters, capitals)))
                && changes(text, from, to) * (groups >= 2 ? 6 : 3) >= length
                && distinct(text, from, to) >= DISTINCT;
    }

    private static boolean isEvenlyMixed(int length, int letters, int capitals) {
        return length >= LONG_PART && capitals * 3 >= letters && (letters - capitals) * 3 >= letters;
    }

    // Of ASCII. In the place of Shannon's entropy, which is quadratic or needs memory: "a1a1a1a1a1a1" is not random.
    private static int distinct(CharSequence text, int from, int to) {
        long low = 0;
        long high = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 64) {
                low |= 1L << c;
            } else {
                high |= 1L << c; // a shift goes round
            }
        }
        return Long.bitCount(low) + Long.bitCount(high);
    }

    private static boolean isUuid(CharSequence text, int from, int to) {
        return to - from == 36
                && text.charAt(from + 8) == '-'
                && text.charAt(from + 13) == '-'
                && text.charAt(from + 18) == '-'
                && text.charAt(from + 23) == '-';
    }
}
