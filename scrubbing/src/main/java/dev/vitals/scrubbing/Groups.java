package dev.vitals.scrubbing;

import java.util.HexFormat;

/**
 * Digits in groups, as people write long numbers, in one number: up to nine groups' lengths, how long it is in all, its
 * separators and how many digits it has.
 */
final class Groups {
    static final int SPACE = 1;
    static final int HYPHEN = 1 << 1;
    static final int DOT = 1 << 2;
    static final int SLASH = 1 << 3;
    static final int PARENTHESIS = 1 << 4;

    /** More digits or groups than wanted. */
    static final int OVER = 1 << 5;

    private static final int MOST = 9;

    private Groups() {}

    /**
     * {@return the groups from an index on}
     *
     * @param text a text
     * @param at where a digit stands
     * @param max how many digits it has at most; what a space parts from as many is not of it
     */
    static long scan(CharSequence text, int at, int max) {
        long lengths = 0;
        int groups = 0;
        int digits = 0;
        int separators = 0;
        int end = at;
        int next = at;
        int separator = 0;
        while (next >= 0) {
            int run = Digits.run(text, next);
            if (separator == SPACE && (digits + run > max || isOther(text, next, run))) {
                break;
            }
            if (separator == SPACE && isNext(text, next, run, groups, digits)) {
                break;
            }
            if (groups > 1 && separator == PARENTHESIS && Digits.at(text, next - 1) == '(') {
                break;
            }
            separators |= separator;
            if (groups == MOST || digits + run > max) {
                separators |= OVER;
                break;
            }
            lengths |= (long) Math.min(run, 15) << (4 * groups++);
            digits += run;
            end = next + run;
            separator = separator(text, end);
            if (separator == SLASH && isSlash(text, end) && !isAfterArea(text, at, groups, digits)) {
                break;
            }
            boolean trunk = Digits.at(text, at) == '0' && groups == 2; // 070-123 45 67
            next = next(text, end, separator, separators, trunk);
        }
        return lengths | (long) (end - at) << 36 | (long) separators << 44 | (long) digits << 52;
    }

    /** {@return whether a slash between blanks stands there, and a digit behind it} */
    static boolean isSlash(CharSequence text, int at) {
        return Digits.at(text, at) == ' '
                && Digits.at(text, at + 1) == '/'
                && Digits.at(text, at + 2) == ' '
                && Digits.isDigit(Digits.at(text, at + 3));
    }

    // 089 / 998877, +49 89 / 998877; elsewhere it stands between two numbers.
    private static boolean isAfterArea(CharSequence text, int at, int groups, int digits) {
        boolean plus = Digits.at(text, at - 1) == '+' && groups == 2;
        return plus ? digits <= 7 : Digits.at(text, at) == '0' && groups == 1 && digits <= 5;
    }

    private static int separator(CharSequence text, int at) {
        return switch (Digits.at(text, at)) {
            case ' ', '\u00a0' -> Digits.at(text, at + 1) == '(' ? PARENTHESIS : isSlash(text, at) ? SLASH : SPACE;
            case '-' -> Digits.at(text, at + 1) == '(' ? PARENTHESIS : HYPHEN;
            case '.' -> DOT;
            case '/' -> SLASH;
            case ')', '(' -> PARENTHESIS;
            default -> 0;
        };
    }

    // Where the next group begins, negative where there is none. A space does not go on what hyphens or dots joined.
    private static int next(CharSequence text, int at, int separator, int before, boolean trunk) {
        int next = at + 1;
        boolean joined = (before & (HYPHEN | DOT)) != 0;
        switch (separator) {
            case SPACE -> {
                if (joined && !trunk && (before & SPACE) == 0) {
                    return -1;
                }
            }
            case HYPHEN -> {
                if ((before & DOT) != 0) {
                    return -1;
                }
            }
            case DOT -> {
                if ((before & HYPHEN) != 0) {
                    return -1;
                }
            }
            case SLASH -> {
                if ((before & SLASH) != 0) {
                    return -1;
                }
                next = Digits.at(text, at) == '/' ? next : at + 3;
            }
            case PARENTHESIS -> {
                char c = Digits.at(text, next);
                boolean closed = Digits.at(text, at) == ')';
                if (c == '(' || (closed && (Chars.isBlank(c) || c == '-' || c == '.' || c == '/'))) {
                    next++;
                }
            }
            default -> {
                return -1;
            }
        }
        return Digits.isDigit(Digits.at(text, next)) ? next : -1;
    }

    // The number behind it: a trunk prefix, or what follows a long one without any groups.
    private static boolean isNext(CharSequence text, int at, int run, int groups, int digits) {
        return (groups == 1 && digits >= 8) || (digits >= 9 && run == 3 && Digits.at(text, at) == '0');
    }

    // A single digit, a time of day, an amount with its unit, a date.
    private static boolean isOther(CharSequence text, int at, int run) {
        char c = Digits.at(text, at + run);
        if (Digits.isLetter(c) && c != 'x' && c != 'X') {
            return true;
        }
        boolean ends = !Digits.isDigit(Digits.at(text, at + run + 1));
        return (run == 1 && ends) || c == '_' || c == '%' || (c == ':' && !ends) || isDate(text, at, run);
    }

    /** {@return whether a date begins there, year first} */
    static boolean isDate(CharSequence text, int at, int run) {
        char c = Digits.at(text, at + 4);
        char first = Digits.at(text, at);
        return run == 4
                && (first == '1' || first == '2')
                && (c == '-' || c == '/' || c == '.')
                && Digits.at(text, at + 7) == c;
    }

    /** {@return whether groups of four go on before or behind, as in a dump: 4e3c 5722 5723 5917} */
    static boolean isOneOfMany(CharSequence text, int start, int end) {
        return isFour(text, start, -1) || isFour(text, end - 1, 1);
    }

    private static boolean isFour(CharSequence text, int from, int step) {
        int i = from + step;
        if (!Chars.isBlank(Digits.at(text, i))) {
            return false;
        }
        boolean digit = false;
        int length = 0;
        for (i += step; length < 6 && HexFormat.isHexDigit(Digits.at(text, i)); i += step) {
            digit |= Digits.isDigit(Digits.at(text, i));
            length++;
        }
        return digit && (length == 4 || length == 5) && !Digits.inWord(Digits.at(text, i));
    }

    /** {@return how many groups there are} */
    static int count(long groups) {
        return (67 - Long.numberOfLeadingZeros(groups & 0xf_ffff_ffffL)) / 4;
    }

    /** {@return the length of one group, 0 where there are fewer} */
    static int length(long groups, int index) {
        return (int) (groups >>> (4 * index)) & 15;
    }

    /** {@return whether these are the lengths of its groups, the first one rightmost: 0x433 for 3, 3, 4} */
    static boolean are(long groups, long lengths) {
        return (groups & 0xf_ffff_ffffL) == lengths;
    }

    /** {@return the index behind the last group} */
    static int end(long groups, int at) {
        return at + ((int) (groups >>> 36) & 0xff);
    }

    static int separators(long groups) {
        return (int) (groups >>> 44) & 0xff;
    }

    static int digits(long groups) {
        return (int) (groups >>> 52);
    }
}
