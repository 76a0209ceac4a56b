package dev.vitals.scrubbing;

/** Tells values that stand for a secret, or for there being none, from secrets. */
final class Placeholders {
    private static final int LONGEST = 16;
    private static final WordTable ALL = WordTable.of("null none true false undefined ? %s {} [] () - *** <null>");

    private Placeholders() {}

    static boolean isOne(CharSequence text, int from, int to) {
        if (to - from > LONGEST) {
            return false;
        }
        boolean stars = true;
        for (int i = from; i < to; i++) {
            stars &= text.charAt(i) == '*';
        }
        return stars || ALL.meaning(WordTable.hash(0, text, from, to), text, from, to) != 0;
    }
}
