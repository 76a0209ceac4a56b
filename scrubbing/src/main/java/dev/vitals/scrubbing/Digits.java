package dev.vitals.scrubbing;

/** Digits in a text, read one by one; outside the text stands a NUL, which is neither digit, letter nor space. */
final class Digits {
    /** The longest run that is told from a longer one. */
    static final int LONGEST_RUN = 20;

    /** From here on words are not parted, and stand directly before digits. */
    static final char IDEOGRAPHS = 0x2e80;

    private Digits() {}

    static char at(CharSequence text, int at) {
        return at >= 0 && at < text.length() ? text.charAt(at) : '\0';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        char lower = (char) (c | ' ');
        return lower >= 'a' && lower <= 'z' && c < 128;
    }

    /** {@return whether it is a letter of a script that parts its words} */
    static boolean isLetter(char c) {
        return c < 128 ? isAsciiLetter(c) : c < IDEOGRAPHS && Character.isLetter(c);
    }

    /** {@return whether it would make one word with a digit beside it} */
    static boolean inWord(char c) {
        return isDigit(c) || isLetter(c) || c == '_';
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - ' ') : c;
    }

    /** {@return how many digits stand from an index on, {@link #LONGEST_RUN} where there are more} */
    static int run(CharSequence text, int at) {
        int end = Math.min(text.length(), at + LONGEST_RUN);
        int i = at;
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        return i - at;
    }

    /** {@return the number that some digits make, whatever stands between them} */
    static int number(CharSequence text, int at, int skipped, int digits) {
        int number = 0;
        int last = skipped + digits;
        int seen = 0;
        for (int i = at; seen < last && i < text.length() && i < at + 64; i++) {
            char c = text.charAt(i);
            if (isDigit(c) && seen++ >= skipped) {
                number = number * 10 + (c - '0');
            }
        }
        return number;
    }

    /** {@return whether the character at an index makes one word with a digit behind it} */
    static boolean joinsAt(CharSequence text, int at) {
        return inWord(at(text, at)) && !Ascii.endsEscape(text, at + 1);
    }

    /** {@return whether a word stands at an index, or what one was replaced by} */
    static boolean goesOnAt(CharSequence text, int at) {
        return inWord(at(text, at)) || at(text, at) == '[';
    }

    /** {@return whether what ends at an index is not glued to a word, to more digits or to the host of an address} */
    static boolean endsAt(CharSequence text, int end) {
        char c = at(text, end);
        if (inWord(c) || c == '@') {
            return false;
        }
        boolean joins = c == '-' || c == '.' || c == ':' || c == '/';
        char next = at(text, end + 1);
        return !joins || !(isDigit(next) || next == '[');
    }
}
