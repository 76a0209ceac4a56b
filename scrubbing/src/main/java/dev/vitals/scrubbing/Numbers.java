package dev.vitals.scrubbing;

import java.util.HexFormat;

/** What begins with, or has its first digit at, a run of digits: cards, IBANs, national ids, phones. */
final class Numbers {
    private static final int SHORTEST = 6;
    private static final int MOST_LETTERS = 6; // a codice fiscale's

    private Numbers() {}

    /**
     * {@return false where a number is so short, and so alone, that it is nothing: most that logs have in them}
     *
     * @param text the text
     * @param at where a digit stands that has no digit before it
     */
    static boolean mayBegin(CharSequence text, int at) {
        int length = text.length();
        int end = at + 1;
        if (end < length
                && Digits.isDigit(text.charAt(end))
                && ++end < length
                && Digits.isDigit(text.charAt(end))
                && ++end < length
                && Digits.isDigit(text.charAt(end))
                && ++end < length
                && Digits.isDigit(text.charAt(end))
                && ++end < length
                && Digits.isDigit(text.charAt(end))) {
            return true;
        }
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char next = end == length ? '\0' : text.charAt(end);
        if (next == '-' || before == '-') {
            return besideHyphen(text, at, end, before, next);
        }
        if (Digits.isAsciiLetter(before) && (end - at > 1 || Digits.at(text, at - 2) == '-')) {
            return true;
        }
        return before == '.' ? beginsBehindDot(text, at, end, next) : goesOn(text, end, before, next);
    }

    private static boolean besideHyphen(CharSequence text, int at, int end, char before, char next) {
        if (next == '-') {
            char further = Digits.at(text, end + 1);
            return Digits.isDigit(further) || further == '(' || (end - at <= 2 && HexFormat.isHexDigit(further));
        }
        boolean pair = end - at == 2 && !Digits.inWord(next); // the last one of a MAC address
        return pair || goesOn(text, end, before, next);
    }

    // In dotted groups only the first number begins anything.
    private static boolean beginsBehindDot(CharSequence text, int at, int end, char next) {
        return !Digits.isDigit(Digits.at(text, at - 2)) && goesOn(text, end, '.', next);
    }

    private static boolean goesOn(CharSequence text, int end, char before, char next) {
        char further = Digits.at(text, end + 1);
        return switch (next) {
            case ' ' -> Digits.isDigit(further) || further == '(' || (further == '/' && Groups.isSlash(text, end));
            case '.' -> before == '+' || before == 'B' || further == '(' || hasThreeGroups(text, end + 1); // %2B
            case ':', '/', '\u00a0' -> Digits.isDigit(further) || further == '(';
            case '(' -> Digits.isDigit(further);
            case ')' -> before == '(' || before == '+';
            default -> HexFormat.isHexDigit(next);
        };
    }

    // No decimal, and no version of two or three small numbers.
    private static boolean hasThreeGroups(CharSequence text, int at) {
        int end = at + Digits.run(text, at);
        if (end == at || end - at >= SHORTEST) {
            return end > at;
        }
        char further = Digits.at(text, end + 1);
        return switch (Digits.at(text, end)) {
            case '.' -> {
                int run = Digits.run(text, end + 1);
                yield run > 1 || (run == 1 && Digits.at(text, end + 2) == '.');
            }
            case ' ', '-', '/', '\u00a0' -> Digits.isDigit(further) || further == '(' || further == '/';
            case '(', ')' -> true;
            default -> false;
        };
    }

    /**
     * {@return what has its first digit at an index}
     *
     * @param text the text
     * @param at where a digit stands that has no digit before it
     * @param from where a finding may begin at the earliest
     * @param kinds the bits of the kinds that are looked for
     */
    static long atDigit(CharSequence text, int at, int from, long kinds) {
        char before = Digits.at(text, at - 1);
        if (before == '%' && Digits.isDigit(Digits.at(text, at + 1))) { // the 20 of "%204111" is an escape
            return Digits.isDigit(Digits.at(text, at + 2)) ? atDigit(text, at + 2, '%', from, kinds) : Found.NONE;
        }
        return atDigit(text, at, before, from, kinds);
    }

    private static long atDigit(CharSequence text, int at, char before, int from, long kinds) {
        int run = Digits.run(text, at);
        if (before == 'B' && Digits.at(text, at - 2) == '2' && Digits.at(text, at - 3) == '%') {
            return Kind.PHONE.in(kinds) && at - 3 >= from ? Phones.afterPlus(text, at, at - 3) : Found.NONE;
        }
        if (Digits.isLetter(before) && !Ascii.endsEscape(text, at)) {
            return run < 2 ? Found.NONE : afterLetter(text, at, run, from, kinds);
        }
        if ((run < SHORTEST || before == '.' || before == '-') && !isLonger(text, at, run, before)) {
            return Found.NONE;
        }
        if (isGlued(text, at, run, before) || Groups.isDate(text, at, run)) {
            return Found.NONE;
        }
        if (before == '+') {
            return Kind.PHONE.in(kinds) && at > from
                    ? Phones.afterPlus(text, at, plus(text, at, run, from))
                    : Found.NONE;
        }
        boolean joined = before == '-' || before == '.';
        long found = Kind.CARD.in(kinds) ? Cards.at(text, at, run, joined) : Found.NONE;
        if (found == Found.NONE) {
            found = NationalIds.at(text, at, run, from, joined, kinds);
        }
        if (found == Found.NONE && Kind.PHONE.in(kinds)) {
            found = Phones.at(text, at, run, from, joined);
        }
        return found;
    }

    private static long afterLetter(CharSequence text, int at, int run, int from, long kinds) {
        int letters = 1;
        while (letters <= MOST_LETTERS
                && Digits.isAsciiLetter(Digits.at(text, at - letters - 1))
                && !Ascii.endsEscape(text, at - letters)) {
            letters++;
        }
        boolean glued = Digits.isDigit(Digits.at(text, at - letters - 1)) && !Ascii.endsEscape(text, at - letters);
        if (glued || letters > MOST_LETTERS) {
            return Found.NONE;
        }
        boolean two = at - 2 >= from && letters >= 2 && !Digits.joinsAt(text, at - 3);
        long found = two && Kind.IBAN.in(kinds) ? Ibans.at(text, at) : Found.NONE;
        return found == Found.NONE ? NationalIds.at(text, at, run, from, false, kinds) : found;
    }

    // "(+44) 20": the bracket belongs to it.
    private static int plus(CharSequence text, int at, int run, int from) {
        boolean opened = Digits.at(text, at - 2) == '(' && Digits.at(text, at + run) == ')' && at - 2 >= from;
        opened &= Digits.isDigit(Digits.at(text, at + run + 1)) || Digits.isDigit(Digits.at(text, at + run + 2));
        return opened ? at - 2 : at - 1;
    }

    // What most numbers of a log are refused by: nothing follows that would make them longer.
    private static boolean isLonger(CharSequence text, int at, int run, char before) {
        if (run >= SHORTEST + 1) {
            return true;
        }
        int end = at + run;
        char c = Digits.at(text, end);
        if (c != ' ' && c != '-' && c != '.' && c != '/' && c != '(' && c != ')' && c != '\u00a0') {
            return false;
        }
        char next = Digits.at(text, end + 1);
        if (run == 1 && before != '+' && !Digits.isDigit(Digits.at(text, end + 2))) {
            return false; // a version
        }
        return Digits.isDigit(next)
                || next == '('
                || (next == '/' && Groups.isSlash(text, end))
                || (c == ')'
                        && (before == '(' || before == '+')
                        && (next == ' ' || next == '-' || next == '.' || next == '/'))
                || (run == SHORTEST && Digits.isAsciiLetter(next));
    }

    // A part of a time, a decimal, a date, an amount of money, a name.
    private static boolean isGlued(CharSequence text, int at, int run, char before) {
        char further = Digits.at(text, at - 2);
        return switch (before) {
            case '_', '@', '$', '€', '£' -> true;
            case '.', '-' -> !Digits.isLetter(further);
            case ':', '/' -> Digits.isDigit(further) && run <= SHORTEST;
            default -> false;
        };
    }
}
