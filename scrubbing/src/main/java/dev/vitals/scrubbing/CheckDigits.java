package dev.vitals.scrubbing;

/** Check digits of numbers that stand in a text from one index to another; what is neither digit nor letter is skipped. */
final class CheckDigits {
    private static final String VERHOEFF_PRODUCT = "0123456789" + "1234067895" + "2340178956" + "3401289567"
            + "4012395678" + "5987604321" + "6598710432" + "7659821043" + "8765932104" + "9876543210";
    private static final String VERHOEFF_PERMUTATION = "0123456789" + "1576283094" + "5803796142" + "8916043527"
            + "9453126870" + "4286573901" + "2793806415" + "7046913258";
    private static final String SPAIN = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CHINA = "10X98765432";
    private static final int[] ITALY_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private CheckDigits() {}

    /** Luhn's, ISO/IEC 7812-1. */
    static boolean luhn(CharSequence text, int from, int to) {
        int sum = 0;
        boolean doubled = false;
        for (int i = to - 1; i >= from; i--) {
            char c = text.charAt(i);
            if (Digits.isDigit(c)) {
                int digit = c - '0';
                sum += !doubled ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }

    /** Verhoeff's, as UIDAI uses it. */
    static boolean verhoeff(CharSequence text, int from, int to) {
        int sum = 0;
        int place = 0;
        for (int i = to - 1; i >= from; i--) {
            char c = text.charAt(i);
            if (Digits.isDigit(c)) {
                int permuted = VERHOEFF_PERMUTATION.charAt((place++ & 7) * 10 + c - '0') - '0';
                sum = VERHOEFF_PRODUCT.charAt(sum * 10 + permuted) - '0';
            }
        }
        return sum == 0;
    }

    /** Those of Brazil's CPF: two digits, modulo 11; one digit eleven times is none. */
    static boolean cpf(CharSequence text, int from, int to) {
        int first = 0;
        int second = 0;
        int place = 0;
        int written = 0;
        boolean same = true;
        char lead = text.charAt(from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Digits.isDigit(c)) {
                continue;
            }
            same &= c == lead;
            if (place < 9) {
                first += (10 - place) * (c - '0');
                second += (11 - place) * (c - '0');
            } else {
                written = written * 10 + (c - '0');
            }
            place++;
        }
        int one = first * 10 % 11 % 10;
        int two = (second + 2 * one) * 10 % 11 % 10;
        return !same && written == 10 * one + two;
    }

    /** Spain's letter, modulo 23; an X, Y or Z before the digits counts as 0, 1 or 2. */
    static boolean spain(CharSequence text, int from, int to) {
        int number = 0;
        char lead = Digits.upper(text.charAt(from));
        int i = from;
        if (!Digits.isDigit(lead)) {
            number = lead - 'X';
            i++;
            if (number < 0 || number > 2) {
                return false;
            }
        }
        for (; i < to - 1; i++) {
            char c = text.charAt(i);
            if (Digits.isDigit(c)) {
                number = number * 10 + (c - '0');
            }
        }
        return SPAIN.charAt(number % 23) == Digits.upper(text.charAt(to - 1));
    }

    /** GB 11643 (ISO 7064, modulo 11-2), and the date of birth and the province in it. */
    static boolean china(CharSequence text, int from, int to) {
        int weighted = 0;
        for (int i = from; i < to - 1; i++) {
            weighted = (weighted * 2 + (text.charAt(i) - '0')) % 11;
        }
        int province = Digits.number(text, from, 0, 2);
        int year = Digits.number(text, from, 6, 4);
        int month = Digits.number(text, from, 10, 2);
        int day = Digits.number(text, from, 12, 2);
        return province >= 11
                && province <= 82
                && year >= 1900
                && year < 2100
                && isDay(month, day)
                && CHINA.charAt(weighted * 2 % 11) == Digits.upper(text.charAt(to - 1));
    }

    static boolean isDay(int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= (month == 2 ? 29 : (month + month / 8) % 2 == 1 ? 31 : 30);
    }

    /** That of Italy's codice fiscale (decree of 23 December 1976), and the month and the day in it. */
    static boolean italy(CharSequence text, int from, int to) {
        int sum = 0;
        for (int i = from; i < to - 1; i++) {
            char c = Digits.upper(text.charAt(i));
            int value = Digits.isDigit(c) ? c - '0' : c - 'A';
            sum += (i - from) % 2 == 0 ? ITALY_ODD[value] : value;
        }
        boolean month = "ABCDEHLMPRST".indexOf(Digits.upper(text.charAt(from + 8))) >= 0;
        return month && sum % 26 == Digits.upper(text.charAt(to - 1)) - 'A';
    }
}
