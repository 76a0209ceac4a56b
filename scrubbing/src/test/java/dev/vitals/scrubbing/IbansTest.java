package dev.vitals.scrubbing;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbansTest {
    // From SWIFT's registry, an example each.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AD1200012030200359100100",
                "AE070331234567890123456",
                "AL47212110090000000235698741",
                "AT611904300234573201",
                "BE68539007547034",
                "BG80BNBG96611020345678",
                "BR1800360305000010009795493C1",
                "CH9300762011623852957",
                "CR05015202001026284066",
                "CY17002001280000001200527600",
                "CZ6508000000192000145399",
                "DE89370400440532013000",
                "DK5000400440116243",
                "EE382200221020145685",
                "ES9121000418450200051332",
                "FI2112345600000785",
                "FR1420041010050500013M02606",
                "GB29NWBK60161331926819",
                "GE29NB0000000101904917",
                "GI75NWBK000000007099453",
                "GR1601101250000000012300695",
                "HR1210010051863000160",
                "HU42117730161111101800000000",
                "IE29AIBK93115212345678",
                "IL620108000000099999999",
                "IS140159260076545510730339",
                "IT60X0542811101000000123456",
                "KW81CBKU0000000000001234560101",
                "KZ86125KZT5004100100",
                "LI21088100002324013AA",
                "LT121000011101001000",
                "LU280019400644750000",
                "LV80BANK0000435195001",
                "MC5811222000010123456789030",
                "MT84MALT011000012345MTLCAST001S",
                "NL91ABNA0417164300",
                "NO9386011117947",
                "PL61109010140000071219812874",
                "PT50000201231234567890154",
                "QA58DOHB00001234567890ABCDEFG",
                "RO49AAAA1B31007593840000",
                "SA0380000000608010167519",
                "SE4550000000058398257466",
                "SI56263300012039086",
                "SK3112000000198742637541",
                "SM86U0322509800000000270100",
                "TN5910006035183598478831",
                "TR330006100519786457841326",
                "UA213223130000026007233566001",
                "VG96VPVG0000012345678901",
                "XK051212012345678906"
            })
    void everyCountrysExampleIsFoundHoweverWritten(String iban) {
        String spaced = iban.replaceAll("(.{4})(?=.)", "$1 ");
        for (String text : new String[] {iban, iban.toLowerCase(Locale.ROOT), spaced, spaced.replace(' ', '\u00a0')}) {
            NumberCases.check(Kind.IBAN, "«" + text + "»");
            NumberCases.check(Kind.IBAN, "transfer to «" + text + "» failed");
            NumberCases.check(Kind.IBAN, "{\"iban\":\"«" + text + "»\"}");
            NumberCases.check(Kind.IBAN, "to\\n«" + text + "»\\nfrom");
        }
        NumberCases.check(Kind.IBAN, iban + "0");
        NumberCases.check(Kind.IBAN, iban.substring(0, iban.length() - 1));
        NumberCases.check(Kind.IBAN, "X" + iban);
        NumberCases.check(Kind.IBAN, "1" + iban);
        NumberCases.check(Kind.IBAN, "_" + iban);
        NumberCases.check(Kind.IBAN, "QQ" + iban.substring(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DE22", "GB22", "FR27", "NO15", "MT31", "RU33", "BI27", "LC32"})
    void aWrongDigitIsNoIban(String country) {
        Random random = new Random(country.hashCode());
        int length = Integer.parseInt(country.substring(2));
        for (int i = 0; i < 50; i++) {
            StringBuilder account = new StringBuilder();
            while (account.length() < length - 4) {
                account.append((char) ('0' + random.nextInt(10)));
            }
            String code = country.substring(0, 2);
            String iban = code + check(account, code) + account;
            NumberCases.check(Kind.IBAN, "«" + iban + "»");
            int at = 4 + random.nextInt(length - 4);
            char other = (char) ('0' + (iban.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
            NumberCases.check(Kind.IBAN, iban.substring(0, at) + other + iban.substring(at + 1));
        }
    }

    private static String check(CharSequence account, String code) {
        String digits = account + "" + (code.charAt(0) - 'A' + 10) + (code.charAt(1) - 'A' + 10) + "00";
        int check = 98 - new BigInteger(digits).mod(BigInteger.valueOf(97)).intValue();
        return check < 10 ? "0" + check : "" + check;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB29 NWBK 6016 1331 9268 1",
                "GB29NWBK 60161331926819",
                "GB29-NWBK-6016-1331-9268-19",
                "GB29",
                "de12",
                "sha256 4bf92f3577b34da6a3ce929d0e0e4736",
                "se2024 release",
                "GB00NWBK60161331926819"
            })
    void noIbanIsFound(String text) {
        NumberCases.check(Kind.IBAN, text);
    }
}
