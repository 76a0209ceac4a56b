package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.List;

/**
 * National ids: a row for each way of writing one. A way that other numbers are written in as well, or whose check digit
 * one number in ten has, counts only where a word beside it says what it is.
 */
final class NationalIds {
    private interface Check {
        boolean holds(CharSequence text, int from, int to);
    }

    /**
     * @param form {@code d} a digit, {@code A} a capital, {@code a} a letter, {@code o} a digit or the letter that stands
     *     for one; anything else is itself
     * @param lead where its first digit stands
     * @param words bits of {@link Context} that all have to be there, 0 for none
     * @param others the same, for another name of it
     */
    private record Row(Kind kind, String form, int lead, int words, int others, Check check) {
        int run() {
            int i = lead;
            while (i < form.length() && form.charAt(i) == 'd') {
                i++;
            }
            return i - lead;
        }
    }

    private static final int SOCIAL_SECURITY = Context.SOCIAL | Context.SECURITY;
    private static final int SOCIAL_INSURANCE = Context.SOCIAL | Context.INSURANCE;
    private static final int NATIONAL_INSURANCE = Context.NATIONAL | Context.INSURANCE;
    private static final int DNI = Context.DNI;

    private static final Row[] ROWS = {
        alone(Kind.US_SSN, "ddd-dd-dddd", NationalIds::isSsn),
        named(Kind.US_SSN, "ddd dd dddd", Context.SSN, SOCIAL_SECURITY, NationalIds::isSsn),
        named(Kind.US_SSN, "ddd.dd.dddd", Context.SSN, SOCIAL_SECURITY, NationalIds::isSsn),
        named(Kind.US_SSN, "ddddddddd", Context.SSN, SOCIAL_SECURITY, NationalIds::isSsn),
        alone(Kind.UK_NINO, "AAddddddA", NationalIds::isNino),
        alone(Kind.UK_NINO, "AA dd dd dd A", NationalIds::isNino),
        alone(Kind.UK_NINO, "AA dddddd A", NationalIds::isNino),
        alone(Kind.UK_NINO, "AA-dd-dd-dd-A", NationalIds::isNino),
        named(Kind.UK_NINO, "aadddddda", Context.NINO, NATIONAL_INSURANCE, NationalIds::isNino),
        named(Kind.UK_NINO, "aa dd dd dd a", Context.NINO, NATIONAL_INSURANCE, NationalIds::isNino),
        alone(Kind.CA_SIN, "ddd-ddd-ddd", NationalIds::isSin),
        named(Kind.CA_SIN, "ddd-ddd-ddd", Context.SIN, SOCIAL_INSURANCE, CheckDigits::luhn),
        named(Kind.CA_SIN, "ddd ddd ddd", Context.SIN, SOCIAL_INSURANCE, CheckDigits::luhn),
        named(Kind.CA_SIN, "ddddddddd", Context.SIN, SOCIAL_INSURANCE, CheckDigits::luhn),
        alone(Kind.ES_DNI, "ddddddddA", NationalIds::isDni),
        alone(Kind.ES_DNI, "dddddddd-A", CheckDigits::spain),
        alone(Kind.ES_DNI, "dd.ddd.ddd-A", CheckDigits::spain),
        alone(Kind.ES_DNI, "AdddddddA", CheckDigits::spain),
        alone(Kind.ES_DNI, "A-ddddddd-A", CheckDigits::spain),
        named(Kind.ES_DNI, "dddddddda", DNI, DNI, CheckDigits::spain),
        named(Kind.ES_DNI, "dddddddd a", DNI, DNI, CheckDigits::spain),
        named(Kind.ES_DNI, "dddddddd-a", DNI, DNI, CheckDigits::spain),
        named(Kind.ES_DNI, "addddddda", DNI, DNI, CheckDigits::spain),
        alone(Kind.IT_CODICE_FISCALE, "aaaaaaddaooaoooa", CheckDigits::italy),
        alone(Kind.BR_CPF, "ddd.ddd.ddd-dd", CheckDigits::cpf),
        named(Kind.BR_CPF, "ddddddddddd", Context.CPF, Context.CPF, CheckDigits::cpf),
        named(Kind.BR_CPF, "ddddddddd-dd", Context.CPF, Context.CPF, CheckDigits::cpf),
        alone(Kind.IN_AADHAAR, "dddd dddd dddd", NationalIds::isAadhaar),
        alone(Kind.IN_AADHAAR, "dddd-dddd-dddd", NationalIds::isAadhaar),
        named(Kind.IN_AADHAAR, "dddddddddddd", Context.AADHAAR, Context.AADHAAR, NationalIds::isAadhaar),
        alone(Kind.CN_RESIDENT_ID, "dddddddddddddddddd", CheckDigits::china),
        alone(Kind.CN_RESIDENT_ID, "ddddddddddddddddda", NationalIds::isChineseX),
    };

    private static final Row[][] BY_RUN = new Row[Digits.LONGEST_RUN + 1][];

    static {
        for (int run = 0; run < BY_RUN.length; run++) {
            List<Row> rows = new ArrayList<>();
            for (Row row : ROWS) {
                if (row.run() == run) {
                    rows.add(row);
                }
            }
            BY_RUN[run] = rows.toArray(Row[]::new);
        }
    }

    private NationalIds() {}

    private static Row alone(Kind kind, String form, Check check) {
        return named(kind, form, 0, 0, check);
    }

    private static Row named(Kind kind, String form, int words, int others, Check check) {
        return new Row(kind, form, form.indexOf('d'), words, others, check);
    }

    /**
     * {@return the one whose first digit stands at an index}
     *
     * @param text a text
     * @param at where a digit stands
     * @param run how many digits stand there side by side
     * @param from where it may begin at the earliest
     * @param joined whether a hyphen or a dot joins it to a word before
     * @param kinds which kinds are looked for
     */
    static long at(CharSequence text, int at, int run, int from, boolean joined, long kinds) {
        for (Row row : BY_RUN[run]) {
            int start = at - row.lead;
            int end = start + row.form.length();
            if (row.kind.in(kinds)
                    && start >= from
                    && end <= text.length()
                    && hasForm(text, start, row.form)
                    && stands(text, start, end, joined && start == at)
                    && row.check.holds(text, start, end)
                    && isNamed(text, start, row)) {
                return Found.of(row.kind, start, end);
            }
        }
        return Found.NONE;
    }

    private static boolean isNamed(CharSequence text, int start, Row row) {
        if (row.words == 0) {
            return true;
        }
        int words = Context.before(text, start);
        return (words & row.words) == row.words || (words & row.others) == row.others;
    }

    // From the end, where most that are none differ.
    private static boolean hasForm(CharSequence text, int start, String form) {
        for (int i = form.length() - 1; i >= 0; i--) {
            char c = text.charAt(start + i);
            boolean fits =
                    switch (form.charAt(i)) {
                        case 'd' -> Digits.isDigit(c);
                        case 'A' -> c >= 'A' && c <= 'Z';
                        case 'a' -> Digits.isAsciiLetter(c);
                        case 'o' -> Digits.isDigit(c) || "LMNPQRSTUV".indexOf(Digits.upper(c)) >= 0;
                        case ' ' -> Chars.isBlank(c);
                        default -> c == form.charAt(i);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean stands(CharSequence text, int start, int end, boolean joined) {
        char before = Digits.at(text, start - 1);
        boolean glued = Digits.inWord(before) && !Ascii.endsEscape(text, start);
        boolean hyphen = before == '-' && start > 1 && !Chars.isSpace(text.charAt(start - 2));
        return !glued && !hyphen && !joined && before != '@' && Digits.endsAt(text, end) && !goesOn(text, start, end);
    }

    private static boolean goesOn(CharSequence text, int start, int end) {
        boolean hyphen = Digits.at(text, end) == '-' && Digits.goesOnAt(text, end + 1);
        boolean fours = Digits.at(text, start + 4) == ' ' && Groups.isOneOfMany(text, start, end);
        return fours || (hyphen && !Digits.isLetter(Digits.at(text, end - 1)));
    }

    // SSA, since the randomisation of 2011: no area 000, 666 or from 900 on, no group 00, no serial 0000.
    private static boolean isSsn(CharSequence text, int from, int to) {
        int area = Digits.number(text, from, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && Digits.number(text, from, 3, 2) != 0
                && Digits.number(text, from, 5, 4) != 0;
    }

    // HMRC, National Insurance Manual 39110.
    private static boolean isNino(CharSequence text, int from, int to) {
        char first = Digits.upper(text.charAt(from));
        char second = Digits.upper(text.charAt(from + 1));
        boolean never = (first == 'B' && second == 'G')
                || (first == 'G' && second == 'B')
                || (first == 'K' && second == 'N')
                || (first == 'N' && (second == 'K' || second == 'T'))
                || (first == 'T' && second == 'N')
                || (first == 'Z' && second == 'Z');
        char last = Digits.upper(text.charAt(to - 1));
        return !never && "DFIQUV".indexOf(first) < 0 && "DFIOQUV".indexOf(second) < 0 && last >= 'A' && last <= 'D';
    }

    // Java writes numbers with an L, F or D behind them.
    private static boolean isDni(CharSequence text, int from, int to) {
        return "LFD".indexOf(text.charAt(to - 1)) < 0 && CheckDigits.spain(text, from, to);
    }

    // None begins with 0 or 8; those that do are examples, or businesses'.
    private static boolean isSin(CharSequence text, int from, int to) {
        char first = text.charAt(from);
        return first != '0' && first != '8' && CheckDigits.luhn(text, from, to);
    }

    private static boolean isAadhaar(CharSequence text, int from, int to) {
        return text.charAt(from) >= '2' && CheckDigits.verhoeff(text, from, to);
    }

    private static boolean isChineseX(CharSequence text, int from, int to) {
        return Digits.upper(text.charAt(to - 1)) == 'X' && CheckDigits.china(text, from, to);
    }
}
