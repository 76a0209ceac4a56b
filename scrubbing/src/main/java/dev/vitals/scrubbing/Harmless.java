package dev.vitals.scrubbing;

import java.util.HexFormat;

/**
 * What logs are full of and nobody's: ISO 8601 dates and times, UUIDs (RFC 9562) and hex digests. The pass goes on behind
 * them, which spares it a look at each of their numbers.
 */
final class Harmless {
    private static final int DATE = 10;
    private static final int TIME = 8;
    private static final int UUID = 36;
    private static final int LONGEST_DIGEST = 128;
    private static final int BACK = 8;

    private Harmless() {}

    /** {@return where the harmless ends whose first digit is at an index, the index itself where it may be anything} */
    static int end(CharSequence text, int at) {
        char second = Digits.at(text, at + 1);
        char third = Digits.at(text, at + 2);
        if (Digits.isDigit(second) && third == ':') {
            return joins(text, at - 1) ? at : time(text, at);
        }
        if (Digits.isDigit(third) && Digits.at(text, at + 4) == '-' && !joins(text, at - 1)) {
            int end = date(text, at);
            if (end > at) {
                char c = Digits.at(text, end);
                return c == 'T' || c == ' ' ? Math.max(end, time(text, end + 1)) : end;
            }
        }
        return hex(text, at);
    }

    // A part of a longer number, of an address, of a word.
    private static boolean joins(CharSequence text, int at) {
        char c = Digits.at(text, at);
        return Digits.inWord(c) || c == ':' || c == '-' || c == '.' || c == '+' || c == '(';
    }

    private static int date(CharSequence text, int at) {
        boolean shape = is(text, at, 4) && is(text, at + 5, 2) && is(text, at + 8, 2) && Digits.at(text, at + 7) == '-';
        if (!shape || Digits.isDigit(Digits.at(text, at + DATE)) || Digits.at(text, at + DATE) == '-') {
            return at;
        }
        int month = two(text, at + 5);
        int day = two(text, at + 8);
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? at + DATE : at;
    }

    /** {@return where a time of the day, with its fraction and its zone, ends} */
    private static int time(CharSequence text, int at) {
        boolean shape = is(text, at, 2)
                && is(text, at + 3, 2)
                && is(text, at + 6, 2)
                && Digits.at(text, at + 2) == ':'
                && Digits.at(text, at + 5) == ':';
        if (!shape || two(text, at) > 23 || two(text, at + 3) > 59 || two(text, at + 6) > 60) {
            return at;
        }
        int end = at + TIME;
        char c = Digits.at(text, end);
        if ((c == '.' || c == ',') && Digits.isDigit(Digits.at(text, end + 1))) {
            int run = Digits.run(text, end + 1);
            end += run <= 9 ? run + 1 : 0;
            c = Digits.at(text, end);
        }
        end = zone(text, end, c);
        c = Digits.at(text, end);
        return Digits.isDigit(c) || c == ':' || c == '-' ? at : end;
    }

    private static int zone(CharSequence text, int at, char c) {
        if (c == 'Z') {
            return at + 1;
        }
        if ((c != '+' && c != '-') || !is(text, at + 1, 2)) {
            return at;
        }
        int minutes = Digits.at(text, at + 3) == ':' ? at + 4 : at + 3;
        return is(text, minutes, 2) ? minutes + 2 : at + 3;
    }

    private static int hex(CharSequence text, int at) {
        if (!HexFormat.isHexDigit(Digits.at(text, at + BACK)) && !hasHyphen(text, at)) {
            return at; // most numbers
        }
        int start = at;
        while (at - start < BACK
                && HexFormat.isHexDigit(Digits.at(text, start - 1))
                && !Ascii.endsEscape(text, start)) {
            start--;
        }
        if (Digits.joinsAt(text, start - 1) || Digits.at(text, start - 1) == '%') { // an escape is no part of it
            return at;
        }
        int end = at + 1;
        int letters = 0;
        while (end - start <= LONGEST_DIGEST && end < text.length() && HexFormat.isHexDigit(text.charAt(end))) {
            letters += end - start < 2 || Digits.isDigit(text.charAt(end)) ? 0 : 1;
            end++;
        }
        int length = end - start;
        char next = Digits.at(text, end);
        if (length == 8 && next == '-') {
            return isUuid(text, start) ? start + UUID : at;
        }
        boolean digest = length == 16 || length == 24 || length == 32 || length == 40 || length == 64;
        return digest && letters > 0 && !Digits.inWord(next) && next != '-' ? end : at;
    }

    // A UUID's first one, which has a letter before each digit at the latest.
    private static boolean hasHyphen(CharSequence text, int at) {
        int end = at + 1;
        while (end <= at + BACK && HexFormat.isHexDigit(Digits.at(text, end))) {
            end++;
        }
        return Digits.at(text, end) == '-';
    }

    private static boolean isUuid(CharSequence text, int start) {
        for (int i = 8; i < UUID; i++) {
            char c = Digits.at(text, start + i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : !HexFormat.isHexDigit(c)) {
                return false;
            }
        }
        char next = Digits.at(text, start + UUID);
        return !Digits.inWord(next) && next != '-' && next != '@';
    }

    private static boolean is(CharSequence text, int at, int digits) {
        for (int i = at; i < at + digits; i++) {
            if (!Digits.isDigit(Digits.at(text, i))) {
                return false;
            }
        }
        return true;
    }

    private static int two(CharSequence text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }
}
