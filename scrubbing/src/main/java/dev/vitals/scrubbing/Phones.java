package dev.vitals.scrubbing;

/**
 * Telephone numbers: international ones and North American ones by their form, other national writings where a word
 * beside them says what they are.
 */
final class Phones {
    private static final int MIN = 7;
    private static final int MOST = 18; // 00 or 011, and E.164's fifteen
    private static final int ANY_SEPARATOR =
            Groups.SPACE | Groups.HYPHEN | Groups.DOT | Groups.SLASH | Groups.PARENTHESIS;

    private Phones() {}

    /**
     * {@return the one whose first digit stands at an index, where no plus stands before it}
     *
     * @param text a text
     * @param at where a digit stands
     * @param run how many digits stand there side by side
     * @param from where it may begin at the earliest
     * @param joined whether a hyphen or a dot joins it to a word before
     */
    static long at(CharSequence text, int at, int run, int from, boolean joined) {
        if (isAlone(text, at + run)) {
            return alone(text, at, run);
        }
        boolean opened = Digits.at(text, at - 1) == '(' && Digits.at(text, at + run) == ')' && at > from;
        int start = opened ? at - 1 : at;
        if (opened && Digits.joinsAt(text, at - 2)) {
            return Found.NONE;
        }
        long groups = Groups.scan(text, at, MOST);
        int end = Groups.end(groups, at);
        int digits = Groups.digits(groups);
        if (digits < MIN - 1 || (Groups.separators(groups) & Groups.OVER) != 0) {
            return Found.NONE;
        }
        boolean found = !joined && (isNorthAmerican(text, at, groups) || isDialledAbroad(text, at, groups));
        if (!found && (digits > CallingCodes.MOST || !mayBeNational(text, at, groups))) {
            return Found.NONE;
        }
        int extended = extension(text, end);
        if (!Digits.endsAt(text, extended) || isPart(text, extended)) {
            return Found.NONE;
        }
        int behind = Context.behind(text, extended);
        if ((behind & Context.UNIT) != 0) {
            return Found.NONE;
        }
        if (!found && Groups.count(groups) == 1) {
            found = digits >= MIN && (isLine(behind) || isNamedAlone(text, at, digits, start));
        } else if (!found) {
            found = isNamed(text, at, groups, Context.before(text, start), behind);
        }
        return found ? Found.of(Kind.PHONE, start, extended) : Found.NONE;
    }

    /**
     * {@return the one in E.164}
     *
     * @param text a text
     * @param at where its first digit stands
     * @param start where its plus stands, which in a URL is {@code %2B}
     */
    static long afterPlus(CharSequence text, int at, int start) {
        int longest = text.charAt(at) == '0' ? 0 : CallingCodes.longest(text, at);
        if (longest == 0 || Digits.joinsAt(text, start - 1) || isClosing(Digits.at(text, start - 1))) {
            return Found.NONE;
        }
        int trunk = 1; // the 0 of "+44 (0)20"
        long groups = Groups.scan(text, at, longest + trunk);
        int end = Groups.end(groups, at);
        int digits = Groups.digits(groups);
        int extended = extension(text, end);
        if (digits < MIN || (Groups.separators(groups) & Groups.OVER) != 0 || !Digits.endsAt(text, extended)) {
            return Found.NONE;
        }
        boolean hasTrunk = (Groups.separators(groups) & Groups.PARENTHESIS) != 0;
        boolean decimal = (Groups.separators(groups) & Groups.DOT) != 0 && Groups.count(groups) == 2;
        if ((digits > longest && !hasTrunk) || decimal || isPart(text, extended)) {
            return Found.NONE;
        }
        int behind = Context.behind(text, extended);
        boolean american = text.charAt(at) == '1';
        boolean sure = Groups.count(groups) > 1
                ? !american || digits == 11
                : american ? digits == 11 && isArea(text, at, 1) : digits > 9 || (digits == 9 && longest < 11);
        if (!sure) {
            sure = (Context.before(text, start) & (Context.PHONE | Context.CALL_NEAR)) != 0;
        }
        return sure && (behind & Context.UNIT) == 0 ? Found.of(Kind.PHONE, start, extended) : Found.NONE;
    }

    private static boolean isClosing(char c) {
        return c == ')' || c == ']';
    }

    private static boolean isNorthAmerican(CharSequence text, int at, long groups) {
        int separators = Groups.separators(groups);
        boolean plain = separators == Groups.HYPHEN || separators == Groups.DOT;
        boolean parts = plain || (separators & Groups.PARENTHESIS) != 0;
        if (Groups.are(groups, 0x433)) {
            return parts && isArea(text, at, 0);
        }
        return Groups.are(groups, 0x4331) && text.charAt(at) == '1' && parts && isArea(text, at, 1);
    }

    // NANP: area and exchange begin with 2 to 9; an area's second digit is no 9, and neither of them ends in 11.
    private static boolean isArea(CharSequence text, int at, int skipped) {
        int area = Digits.number(text, at, skipped, 3);
        int exchange = Digits.number(text, at, skipped + 3, 3);
        return area >= 200 && exchange >= 200 && area / 10 % 10 != 9 && area % 100 != 11 && exchange % 100 != 11;
    }

    // 00, 011 or 001 before it, and groups.
    private static boolean isDialledAbroad(CharSequence text, int at, long groups) {
        if (text.charAt(at) != '0' || Groups.count(groups) < 3) {
            return false;
        }
        int digits = Groups.digits(groups);
        boolean european = text.charAt(at + 1) == '0';
        if (!european && (Groups.length(groups, 0) != 3 || Digits.number(text, at, 0, 3) != 11)) {
            return false;
        }
        int prefix = european ? 2 : 3;
        int code = Groups.length(groups, 0) == prefix ? at + prefix + 1 : at + prefix;
        int longest = Digits.at(text, code) == '0' ? 0 : CallingCodes.longest(text, code);
        if (longest == 0 || digits - prefix > longest || digits - prefix < 9) {
            return false;
        }
        boolean american = text.charAt(code) == '1';
        boolean dotted = (Groups.separators(groups) & Groups.DOT) != 0;
        return american ? digits - prefix == 11 : !dotted && !allFours(groups);
    }

    private static boolean allFours(long groups) {
        int count = Groups.count(groups);
        for (int i = 0; i < count; i++) {
            if (Groups.length(groups, i) != 4) {
                return false;
            }
        }
        return true;
    }

    // No date, no address of the internet, no version, no span of years.
    private static boolean mayBeNational(CharSequence text, int at, long groups) {
        int count = Groups.count(groups);
        int separators = Groups.separators(groups) & ANY_SEPARATOR;
        int first = Groups.length(groups, 0);
        int second = Groups.length(groups, 1);
        for (int i = 1; i < count; i++) {
            boolean extension = i == count - 1 && count > 2 && Digits.at(text, Groups.end(groups, at) - 2) == '-';
            if (Groups.length(groups, i) < (extension ? 1 : 2) || Groups.length(groups, i) > 8) {
                return false;
            }
        }
        if (separators == Groups.DOT && (count < 3 || first < 2 || isAddress(text, at, groups))) {
            return false;
        }
        if (Groups.isDate(text, at, first) || Groups.are(groups, 0x422) || Groups.are(groups, 0x224)) {
            return (separators & (Groups.HYPHEN | Groups.DOT | Groups.SLASH)) == 0;
        }
        boolean years = first == 4 && second == 4 && isYear(text, at, 0) && isYear(text, at, 4);
        boolean span = count == 2 && first > 4 && first == second && separators == Groups.HYPHEN;
        boolean stamp = first == 8 && count > 1 && isYear(text, at, 0);
        boolean small = Groups.digits(groups) < MIN && (separators & ~Groups.SPACE) != 0 && count > 2;
        return !years && !span && !stamp && !small && (first <= 12 || count == 1);
    }

    private static boolean isYear(CharSequence text, int at, int skipped) {
        int year = Digits.number(text, at, skipped, 4);
        return year >= 1900 && year < 2100;
    }

    private static boolean isAddress(CharSequence text, int at, long groups) {
        if (Groups.count(groups) != 4) {
            return false;
        }
        int skipped = 0;
        for (int i = 0; i < 4; i++) {
            int length = Groups.length(groups, i);
            if (length > 3 || Digits.number(text, at, skipped, length) > 255) {
                return false;
            }
            skipped += length;
        }
        return true;
    }

    private static boolean isNamed(CharSequence text, int at, long groups, int before, int behind) {
        boolean near = (before & (Context.PHONE_NEAR | Context.CALL_NEAR)) != 0;
        if (Groups.digits(groups) < MIN) {
            return near || isLine(behind);
        }
        boolean zeros = Digits.number(text, at, 0, MIN - 1) == 0;
        // versions are written so as well: 10.12.345.67
        boolean dotted =
                Groups.separators(groups) == Groups.DOT && !Groups.are(groups, 0x433) && !Groups.are(groups, 0x22222);
        boolean path = Digits.at(text, at - 1) == '/';
        return !zeros && (near || (!dotted && (before & Context.PHONE) != 0) || (!path && isLine(behind)));
    }

    // Nothing behind it that more digits may follow, as with most numbers.
    private static boolean isAlone(CharSequence text, int end) {
        char c = Digits.at(text, end);
        return c == ' ' ? Digits.isAsciiLetter(Digits.at(text, end + 1)) : c == ',' || c == '\n' || c == '\0';
    }

    private static long alone(CharSequence text, int at, int run) {
        if (run < MIN || run > CallingCodes.MOST) {
            return Found.NONE;
        }
        int extended = extension(text, at + run);
        boolean named = isNamedAlone(text, at, run, at) || isLine(Context.behind(text, extended));
        if (!named || !Digits.endsAt(text, extended) || isPart(text, extended)) {
            return Found.NONE;
        }
        return (Context.behind(text, extended) & Context.UNIT) == 0 ? Found.of(Kind.PHONE, at, extended) : Found.NONE;
    }

    // A number without any separator wants the word directly beside it, and a number's usual length.
    private static boolean isNamedAlone(CharSequence text, int at, int digits, int start) {
        if (Context.near(text, start) != 0) {
            return true;
        }
        boolean trunk = text.charAt(at) == '0' && text.charAt(at + 1) != '0' && digits >= 9 && digits <= 12;
        return trunk && (Context.before(text, start) & (Context.PHONE | Context.CALL_NEAR)) != 0;
    }

    // "office", "fax", "mobile" behind it, and no sentence that goes on.
    private static boolean isLine(int behind) {
        return (behind & (Context.PHONE | Context.CALL)) != 0 && (behind & Context.LAST) != 0;
    }

    // "123 456,78", "60 MB/s": what goes on behind it says that it is an amount.
    private static boolean isPart(CharSequence text, int end) {
        char c = Digits.at(text, end);
        int run = c == ',' ? Digits.run(text, end + 1) : 0;
        boolean cents = run == 2 && !Digits.inWord(Digits.at(text, end + 3));
        boolean hyphen = c == '-' && Digits.goesOnAt(text, end + 1);
        return cents || (hyphen && (Context.behind(text, end) & (Context.PHONE | Context.CALL)) == 0);
    }

    /** {@return the end of "x123", "ext. 123" behind a number, the number's own where there is none} */
    private static int extension(CharSequence text, int end) {
        int i = end;
        if (Digits.at(text, i) == ',') {
            i++;
        }
        if (Chars.isBlank(Digits.at(text, i))) {
            i++;
        }
        if (Chars.matches(text, i, "extension")) {
            i += 9;
        } else if (Chars.matches(text, i, "ext")) {
            i += 3;
        } else if (Chars.matches(text, i, "x")) {
            i++;
        } else {
            return end;
        }
        if (Digits.at(text, i) == '.' || Digits.at(text, i) == ':') {
            i++;
        }
        if (Chars.isBlank(Digits.at(text, i))) {
            i++;
        }
        int run = Digits.run(text, i);
        return run > 0 && run < 7 && !Digits.inWord(Digits.at(text, i + run)) ? i + run : end;
    }
}
