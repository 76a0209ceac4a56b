package dev.vitals.scrubbing;

/** International bank account numbers (ISO 13616): a country, its length, modulo 97. */
final class Ibans {
    // SWIFT's IBAN registry: country, length.
    private static final String COUNTRIES =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 "
                    + "DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 "
                    + "IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 "
                    + "NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
                    + "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    private static final byte[] LENGTHS = new byte[26 * 26];

    static {
        for (String country : COUNTRIES.split(" ", -1)) {
            LENGTHS[row(country.charAt(0), country.charAt(1))] = Byte.parseByte(country.substring(2));
        }
    }

    private Ibans() {}

    /**
     * {@return the one whose two check digits begin at an index}
     *
     * @param text a text
     * @param at where they begin, two letters before them
     */
    static long at(CharSequence text, int at) {
        int start = at - 2;
        char first = Digits.upper(text.charAt(start));
        char second = Digits.upper(text.charAt(start + 1));
        int length = Digits.isAsciiLetter(first) && Digits.isAsciiLetter(second) ? LENGTHS[row(first, second)] : 0;
        if (length == 0) {
            return Found.NONE;
        }
        boolean spaced = Chars.isBlank(Digits.at(text, at + 2));
        int remainder = 0;
        int i = at + 2;
        for (int read = 4; read < length; read++) {
            if (spaced && read % 4 == 0) {
                if (!Chars.isBlank(Digits.at(text, i++))) {
                    return Found.NONE;
                }
            }
            char c = Digits.at(text, i++);
            if (Digits.isDigit(c)) {
                remainder = (remainder * 10 + (c - '0')) % 97;
            } else if (Digits.isAsciiLetter(c)) {
                remainder = (remainder * 100 + value(c)) % 97;
            } else {
                return Found.NONE;
            }
        }
        remainder = (remainder * 10_000 + value(first) * 100 + value(second)) % 97;
        remainder = (remainder * 100 + Digits.number(text, at, 0, 2)) % 97;
        return remainder == 1 && !Digits.inWord(Digits.at(text, i)) ? Found.of(Kind.IBAN, start, i) : Found.NONE;
    }

    private static int row(char first, char second) {
        return (first - 'A') * 26 + second - 'A';
    }

    private static int value(char letter) {
        return Digits.upper(letter) - 'A' + 10;
    }
}
