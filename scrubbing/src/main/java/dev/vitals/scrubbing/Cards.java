package dev.vitals.scrubbing;

/**
 * Payment cards' numbers (ISO/IEC 7812): an issuer's range, a length of that issuer's, Luhn's check digit. Numbers as
 * long as moments, order numbers and snowflake ids are want a word that says so as well.
 */
final class Cards {
    /** Shortest and longest. */
    static final int MIN = 12;

    static final int MAX = 19;

    // First six digits from, to, lengths; those with a ? only where a word says that it is a card.
    private static final String[] ISSUERS = {
        "400000 499999 16", // Visa, and Elo's within
        "400000 499999 13,19 ?",
        "510000 559999 16", // Mastercard
        "222100 272099 16",
        "340000 349999 15", // American Express
        "370000 379999 15",
        "601100 601199 16", // Discover
        "644000 659999 16", // and RuPay's, Elo's and Verve's within
        "601100 601199 17,18,19 ?",
        "644000 659999 17,18,19 ?",
        "300000 305999 14,16", // Diners Club
        "309500 309599 14,16",
        "360000 369999 14",
        "380000 399999 14,16",
        "300000 305999 15,17,18,19 ?",
        "309000 309999 14,16 ?",
        "360000 369999 15,16,17,18,19 ?",
        "352800 358999 16", // JCB
        "352800 358999 17,18,19 ?",
        "213100 213199 15 ?",
        "180000 180099 15 ?",
        "620000 629999 16", // UnionPay
        "620000 629999 17,18,19 ?",
        "810000 819999 16,17,18,19 ?",
        "220000 220499 16", // Mir
        "220000 220499 17,18,19 ?",
        "508500 508999 16", // RuPay
        "606985 607984 16",
        "608001 608500 16",
        "353000 353999 16",
        "817200 820199 16",
        "506699 506778 16", // Elo
        "509000 509999 16",
        "627780 627780 16",
        "636297 636368 16",
        "606282 606282 16", // Hipercard
        "501900 501999 16", // Dankort
        "506099 506198 16", // Verve
        "979200 979289 16", // Troy
        "986000 986099 16", // Humo
        "860000 860099 16", // Uzcard
        "501800 501899 16", // Maestro
        "502000 502099 16",
        "503800 503899 16",
        "589300 589399 16",
        "630400 630499 16",
        "639000 639099 16",
        "675900 675999 16",
        "676100 676399 16",
        "500000 509999 12,13,14,15,16,17,18,19 ?",
        "560000 589999 12,13,14,15,16,17,18,19 ?",
        "600000 699999 12,13,14,15,16,17,18,19 ?",
        "060400 060499 12,13,14,15,16,17,18,19 ?",
    };

    private static final int[] FROM = new int[ISSUERS.length];
    private static final int[] TO = new int[ISSUERS.length];
    private static final int[] LENGTHS = new int[ISSUERS.length];
    private static final boolean[] NAMED = new boolean[ISSUERS.length];
    private static final boolean[] FIRST_TWO = new boolean[100];

    static {
        for (int i = 0; i < ISSUERS.length; i++) {
            String[] columns = ISSUERS[i].split(" ", -1);
            FROM[i] = Integer.parseInt(columns[0]);
            TO[i] = Integer.parseInt(columns[1]);
            for (String length : columns[2].split(",", -1)) {
                LENGTHS[i] |= 1 << Integer.parseInt(length);
            }
            NAMED[i] = columns.length > 3;
            for (int first = FROM[i] / 10_000; first <= TO[i] / 10_000; first++) {
                FIRST_TWO[first] = true;
            }
        }
    }

    private Cards() {}

    /**
     * {@return the one that begins at an index}
     *
     * @param text a text
     * @param at where its first digit stands
     * @param run how many digits stand there side by side
     * @param joined whether a hyphen or a dot joins it to a word before
     */
    static long at(CharSequence text, int at, int run, boolean joined) {
        if (run >= MIN) {
            return run <= MAX && Digits.endsAt(text, at + run) ? bare(text, at, run, joined) : Found.NONE;
        }
        if (run != 4 && run != 6) {
            return Found.NONE;
        }
        if (!FIRST_TWO[Digits.number(text, at, 0, 2)]) {
            return Found.NONE;
        }
        long groups = Groups.scan(text, at, MAX + 1);
        int digits = groupedDigits(text, at, groups);
        int end = digits == 0 ? at : behind(text, at, digits);
        if (digits == 0 || !Digits.endsAt(text, end) || !CheckDigits.luhn(text, at, end)) {
            return Found.NONE;
        }
        boolean sure =
                !joined && digits >= 14 && !Groups.isOneOfMany(text, at, end) && isIssued(text, at, digits, false);
        boolean found = sure || (isIssued(text, at, digits, true) && isNamed(text, at, end));
        return found ? Found.of(Kind.CARD, at, end) : Found.NONE;
    }

    private static long bare(CharSequence text, int at, int run, boolean joined) {
        if (!isIssued(text, at, run, true) || !CheckDigits.luhn(text, at, at + run)) {
            return Found.NONE;
        }
        int before = Context.before(text, at);
        int behind = Context.behind(text, at + run);
        boolean named = ((before | behind) & Context.CARD) != 0;
        boolean usual = isIssued(text, at, run, false);
        boolean counted = (before & Context.COUNTED_NEAR) != 0;
        boolean found = usual ? named || !(joined || counted) : named && !counted;
        return found && (behind & Context.UNIT) == 0 ? Found.of(Kind.CARD, at, at + run) : Found.NONE;
    }

    private static boolean isNamed(CharSequence text, int at, int end) {
        return ((Context.before(text, at) | Context.behind(text, end)) & Context.CARD) != 0;
    }

    // How many digits a card has that is written in groups: fours, or as issuers print theirs; 0 where they are none.
    private static int groupedDigits(CharSequence text, int at, long groups) {
        int separators = Groups.separators(groups) & ~Groups.OVER;
        if (separators != Groups.SPACE && separators != Groups.HYPHEN) {
            return fours(groups, Groups.count(groups)) >= 4 && (separators & Groups.SPACE) != 0 ? 16 : 0;
        }
        int second = Groups.length(groups, 1);
        int third = Groups.length(groups, 2);
        if (Groups.length(groups, 0) == 6) {
            return second == 13 ? 19 : 0;
        }
        if (second == 6) {
            return third == 5 ? 15 : third == 4 ? 14 : 0;
        }
        int fours = fours(groups, Groups.count(groups));
        int last = Groups.length(groups, fours);
        if (fours == 2) {
            return last == 5 ? 13 : 0;
        }
        if (fours == 3) {
            return 12 + (last < 4 ? last : 0);
        }
        boolean longer = last > 0
                && last < 4
                && CheckDigits.luhn(text, at, behind(text, at, 16 + last))
                && isIssued(text, at, 16 + last, true);
        return fours < 4 ? 0 : longer ? 16 + last : 16;
    }

    private static int fours(long groups, int count) {
        int fours = 0;
        while (fours < count && Groups.length(groups, fours) == 4) {
            fours++;
        }
        return fours;
    }

    private static int behind(CharSequence text, int at, int digits) {
        int i = at;
        for (int seen = 0; seen < digits && i < text.length(); i++) {
            if (Digits.isDigit(Digits.at(text, i))) {
                seen++;
            }
        }
        return i;
    }

    private static boolean isIssued(CharSequence text, int at, int digits, boolean named) {
        if (!FIRST_TWO[Digits.number(text, at, 0, 2)]) {
            return false;
        }
        int issuer = Digits.number(text, at, 0, 6);
        for (int i = 0; i < FROM.length; i++) {
            if (issuer >= FROM[i] && issuer <= TO[i] && (LENGTHS[i] >>> digits & 1) != 0 && (named || !NAMED[i])) {
                return true;
            }
        }
        return false;
    }
}
