package dev.vitals.scrubbing;

/** MAC addresses (EUI-48): six pairs of hexadecimal digits, no more and no fewer. */
final class Macs {
    private static final int PAIRS = 6;
    private static final int LENGTH = PAIRS * 3 - 1;

    private Macs() {}

    static boolean isPair(CharSequence text, int at) {
        return Ascii.isAt(text, at, Ascii.ANY_HEX) && Ascii.isAt(text, at + 1, Ascii.ANY_HEX);
    }

    static long withColons(CharSequence text, int start) {
        return at(text, start, ':');
    }

    /** {@return the address that has the digit at an index in it} One without any digit is not looked for. */
    static long withHyphens(CharSequence text, int digit, int from) {
        int start = Ascii.isAt(text, digit - 1, Ascii.ANY_HEX) ? digit - 1 : digit;
        for (int pairs = 1; pairs < PAIRS && start >= from + 3; pairs++) {
            if (text.charAt(start - 1) != '-' || !isPair(text, start - 3)) {
                break;
            }
            start -= 3;
        }
        boolean alone = start == 0 || (text.charAt(start - 1) != '-' && Ascii.startsWord(text, start));
        return start >= from && alone ? at(text, start, '-') : Found.NONE;
    }

    private static long at(CharSequence text, int start, char separator) {
        int end = start + LENGTH;
        int ones = 0;
        int zeros = 0;
        for (int i = start; i < end; i += 3) {
            if (!isPair(text, i) || (i + 2 < end && !Ascii.isAt(text, i + 2, separator))) {
                return Found.NONE;
            }
            ones += isPairOf(text, i, 'f') ? 1 : 0;
            zeros += isPairOf(text, i, '0') ? 1 : 0;
        }
        boolean goesOn = Ascii.isAt(text, end, Ascii.ALNUM | Ascii.UNDERSCORE)
                || (Ascii.isAt(text, end, separator) && Ascii.isAt(text, end + 1, Ascii.ALNUM));
        return goesOn || ones == PAIRS || zeros == PAIRS ? Found.NONE : Found.of(Kind.MAC, start, end);
    }

    private static boolean isPairOf(CharSequence text, int at, char c) {
        return (text.charAt(at) | 0x20) == (c | 0x20) && (text.charAt(at + 1) | 0x20) == (c | 0x20);
    }
}
