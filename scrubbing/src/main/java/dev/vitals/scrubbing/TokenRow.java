package dev.vitals.scrubbing;

/**
 * A vendor's token: what it begins with, and what follows.
 *
 * @param prefix its fixed beginning
 * @param sets the characters that follow ({@link Ascii})
 * @param shortest how many of them there are at least
 * @param longest and at most; {@link #OPEN} where a token may be of any length
 * @param shape what else holds
 */
record TokenRow(String prefix, int sets, int shortest, int longest, Shape shape) implements Verifier {
    static final int OPEN = Integer.MAX_VALUE;

    // A token of open length is judged by its beginning, so that saying no costs the same however long it is.
    private static final int JUDGED = 40;

    /** What else holds for a token, beside its prefix, its characters and its length. */
    enum Shape {
        /** Nothing. */
        ANY,
        /** It is no word: it has digits, or capitals among small letters. */
        MIXED,
        /** It has a digit. */
        DIGIT,
        /** It has a dot, and long parts on both sides. */
        TWO_PARTS,
        /** What follows the last dollar sign is a digest. */
        HASH
    }

    @Override
    public long verify(CharSequence text, int at, int from, long kinds) {
        int body = at + prefix.length();
        if (body + shortest > text.length() || !Ascii.is(text.charAt(body), sets) || !Kind.TOKEN.in(kinds)) {
            return Found.NONE;
        }
        if (!Ascii.startsWord(text, at)) {
            return Found.NONE;
        }
        int end = Ascii.runEnd(text, body, sets, body + (longest == OPEN ? Math.max(shortest, JUDGED) : longest));
        if (end - body < shortest || !holds(text, body, end)) {
            return Found.NONE;
        }
        if (longest == OPEN) {
            end = Ascii.runEnd(text, end, sets, OPEN);
        } else if (Ascii.isAt(text, end, sets | Ascii.ALNUM) && !isSentenceEnd(text, end)) {
            return Found.NONE;
        }
        while (end - body > shortest && Ascii.is(text.charAt(end - 1), Ascii.DOT | Ascii.MORE)) {
            end--;
        }
        return Found.of(Kind.TOKEN, at, end);
    }

    private static boolean isSentenceEnd(CharSequence text, int end) {
        return text.charAt(end) == '.' && !Ascii.isAt(text, end + 1, Ascii.ALNUM);
    }

    private boolean holds(CharSequence text, int body, int end) {
        return switch (shape) {
            case ANY -> true;
            case MIXED -> Randomness.isMixed(text, body, end);
            case DIGIT -> hasDigit(text, body, end);
            case TWO_PARTS -> isBetween(lastOf(text, body, end, '.') - body, 12, end - body - 13);
            case HASH -> end - lastOf(text, body, end, '$') > 20;
        };
    }

    private static boolean isBetween(int number, int lowest, int highest) {
        return number >= lowest && number <= highest;
    }

    private static boolean hasDigit(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.is(text.charAt(i), Ascii.DIGIT)) {
                return true;
            }
        }
        return false;
    }

    private static int lastOf(CharSequence text, int from, int to, char wanted) {
        int i = to - 1;
        while (i >= from && text.charAt(i) != wanted) {
            i--;
        }
        return i;
    }
}
