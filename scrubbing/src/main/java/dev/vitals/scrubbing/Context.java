package dev.vitals.scrubbing;

import java.util.HashMap;
import java.util.Map;

/** What the words beside a number say about it. */
final class Context {
    /** Words. */
    static final int PHONE = 1;

    static final int CALL = 1 << 1;
    static final int CARD = 1 << 2;
    static final int SSN = 1 << 3;
    static final int SIN = 1 << 4;
    static final int NINO = 1 << 5;
    static final int DNI = 1 << 6;
    static final int CPF = 1 << 7;
    static final int AADHAAR = 1 << 8;
    static final int SOCIAL = 1 << 9;
    static final int SECURITY = 1 << 10;
    static final int INSURANCE = 1 << 11;
    static final int NATIONAL = 1 << 12;
    static final int UNIT = 1 << 13;

    /** What a number is that only looks like another: an order's, a moment in nanoseconds. */
    static final int COUNTED = 1 << 14;

    private static final int TEXT = 1 << 22; // "text me at", where "text" alone says nothing
    private static final int MAY = 1 << 25; // "you can call"
    private static final int OWN = 1 << 23;
    private static final int NUMBER = 1 << 24;
    private static final int LINK = 1 << 15; // "call me at"
    private static final int FILL = 1 << 16; // "phone number is"

    /** A word for a telephone, and nothing but fillers between it and the number. */
    static final int PHONE_NEAR = 1 << 17;

    /** A word such as "call" directly before. */
    static final int CALL_NEAR = 1 << 18;

    /** The same with "me at" and the like between. */
    static final int CALL_WHOM = 1 << 19;

    /** {@link #COUNTED} directly before. */
    static final int COUNTED_NEAR = 1 << 20;

    /** The word directly behind is the last of its line or clause. */
    static final int LAST = 1 << 21;

    private static final int IDS =
            CARD | SSN | SIN | NINO | DNI | CPF | AADHAAR | SOCIAL | SECURITY | INSURANCE | NATIONAL;

    private static final int WINDOW = 48;
    private static final int LONGEST = 16;
    private static final WordTable WORDS = new WordTable(words());

    // Each two characters.
    private static final String IDEOGRAPHS = "电话手机電話手機携帯传真전화";

    private static Map<String, Integer> words() {
        Map<String, Integer> bits = new HashMap<>();
        add(
                bits,
                PHONE,
                "caller phone phones telephone tel tels mobile mobiles mob cell cellphone cellular fax telefax whatsapp msisdn "
                        + "phonenumber landline smartphone hotline gsm ph telefon telefonnummer telefonnr handy handynummer "
                        + "rufnummer mobil mobilnummer mobiltelefon festnetz téléphone télécopie tél portable móvil movil "
                        + "teléfono telefono tfno celular telefone telemóvel telemovel telefoon telefoonnummer gsmnummer "
                        + "cellulare puhelin puh tlf telefonu mobiel telefonszám komórka cep телефон тел моб τηλέφωνο τηλ κινητό");
        add(
                bits,
                CALL,
                "call called calling dial dialing sms ring contact reach reached answering office callback callto helpline kontakt contacto contato llámame llamame llámanos chiamami appelle anrufen "
                        + "anruf erreichbar erreichen appelez appeler joindre llame llamar llama contactar ligue ligar "
                        + "chiamare chiama bellen");
        add(bits, TEXT, "text texted texting");
        add(bits, OWN, "my your his her their our");
        add(bits, NUMBER, "number numbers");
        add(bits, MAY, "can please could should may must just");
        add(
                bits,
                LINK,
                "from our support team desk service out moi or and und oder ou et o home work para por at to on me us him her them you back now please number numbers no nr under unter au al mich uns bitte via");
        add(
                bits,
                FILL,
                "to out para por number numbers no nr now back please via is are was the my your our his their a or and und oder ou et work home new old main primary secondary "
                        + "direct free toll num nummer numéro numero número value ist est es private business le la el der die das sono o del de du "
                        + "contact emergency customer country code");
        add(
                bits,
                CARD,
                "card cards cc pan creditcard cardnumber ccnumber visa mastercard maestro amex discover diners jcb unionpay "
                        + "rupay mir elo debit credit karte kreditkarte kreditkartennummer carte tarjeta cartão cartao carta "
                        + "kaart");
        add(bits, SSN, "ssn ssns socialsecuritynumber");
        add(bits, SIN, "sin sins");
        add(bits, NINO, "nino ninos");
        add(bits, DNI, "dni nie nif");
        add(bits, CPF, "cpf");
        add(bits, AADHAAR, "aadhaar aadhar adhaar uidai");
        add(bits, SOCIAL, "social");
        add(bits, SECURITY, "security");
        add(bits, INSURANCE, "insurance");
        add(bits, NATIONAL, "national");
        add(
                bits,
                COUNTED,
                "order orders orderid trace traceid span spanid request requestid nanos nano nanotime ns time timestamp ts "
                        + "epoch micros offset sequence seq snowflake tweet hash size bytes offset version build duration "
                        + "elapsed took checksum crc transaction txid xid tracking event correlation sku isbn ean imei");
        add(
                bits,
                UNIT,
                "ms s sec secs second seconds millis milliseconds us µs micros microseconds ns nanos nanoseconds min mins "
                        + "minutes hours days b byte bytes kb mb gb kib mib gib bits rows row times time requests request "
                        + "req reqs calls items records entries users messages msgs ops op threads tasks retries "
                        + "iterations connections events files lines hits objects tokens points eur euro euros usd gbp "
                        + "dollars percent pct hz mhz km");
        return bits;
    }

    private Context() {}

    private static void add(Map<String, Integer> bits, int bit, String words) {
        WordTable.words(words).forEach(word -> bits.merge(word, bit, (some, more) -> some | more));
    }

    /** {@return the bits of what stands before a number, on its line, or at the end of the line before} */
    static int before(CharSequence text, int start) {
        return before(text, start, false);
    }

    /** {@return {@link #PHONE_NEAR} and {@link #CALL_WHOM} alone, where they hold; cheaper} */
    static int near(CharSequence text, int start) {
        return before(text, start, true) & (PHONE_NEAR | CALL_WHOM);
    }

    private static int before(CharSequence text, int start, boolean near) {
        int floor = Math.max(0, start - WINDOW);
        int found = 0;
        boolean words = false;
        int nearer = 0; // the word between this one and the number
        boolean direct = true; // nothing between but fillers
        boolean linked = true;
        boolean link = false;
        boolean counted = true;
        boolean alone = true; // no other number, no line end between
        boolean line = true;
        int i = start;
        while (i > floor) {
            char c = text.charAt(i - 1);
            if (Chars.isLineEnd(c)) {
                if (words || !alone || (!line && c == '\n')) {
                    break;
                }
                line = false;
                i--;
            } else if (Digits.isDigit(c)) {
                alone = false;
                i--;
            } else if (c == ']' && Labels.endsAt(text, i, Math.max(0, floor - WINDOW))) {
                break; // what was scrubbed says nothing of what is left
            } else if (c >= Digits.IDEOGRAPHS) {
                found |= direct && isPhone(text, i) ? PHONE | PHONE_NEAR : 0;
                i--;
            } else if (!Digits.isLetter(c)) {
                i--;
            } else {
                int end = i;
                i = wordStart(text, end);
                int word = bits(text, i, end);
                if (word == 0 && i > 0 && Digits.isAsciiLetter(text.charAt(i - 1))) {
                    int whole = wordStart(text, i); // "WhatsApp"
                    word = bits(text, whole, end);
                    i = word == 0 ? i : whole;
                }
                words = true;
                found |= word & IDS;
                if ((word & PHONE) != 0) {
                    found |= direct ? PHONE | PHONE_NEAR : alone ? PHONE : 0;
                }
                boolean calls = (word & CALL) != 0 || ((word & TEXT) != 0 && link);
                boolean own = (word & OWN) != 0 && (nearer & NUMBER) != 0; // "my number is"
                if (line && ((calls && linked) || (own && direct))) {
                    found |= link && calls ? CALL_NEAR | CALL_WHOM : CALL_NEAR;
                }
                if ((word & MAY) != 0 && (nearer & CALL) != 0 && (found & CALL_NEAR) != 0) {
                    found |= CALL_WHOM;
                }
                if ((word & COUNTED) != 0 && counted && alone) {
                    found |= COUNTED_NEAR;
                }
                nearer = word;
                counted &= isId(text, i, end);
                linked &= (word & LINK) != 0;
                link |= (word & (LINK | FILL)) == LINK;
                direct &= (word & (LINK | FILL | PHONE)) != 0;
                boolean far = near && !linked && (word & CALL) == 0;
                if (!direct && (!line || far)) {
                    break;
                }
            }
        }
        return found;
    }

    /** {@return the bits of the word or sign directly behind a number} */
    static int behind(CharSequence text, int end) {
        int i = end;
        while (i < end + 3
                && (Chars.isBlank(Digits.at(text, i)) || Digits.at(text, i) == '-' || Digits.at(text, i) == '(')) {
            i++;
        }
        char c = Digits.at(text, i);
        if ((c == '%' && !(i + 3 <= text.length() && Ascii.endsEscape(text, i + 3)))
                || c == '€'
                || c == '$'
                || c == '£') {
            return UNIT;
        }
        int to = i;
        while (to < i + LONGEST && Digits.isLetter(Digits.at(text, to))) {
            to++;
        }
        char behind = Digits.at(text, to);
        boolean goesOn = Digits.inWord(behind) || (Chars.isBlank(behind) && Digits.goesOnAt(text, to + 1));
        return bits(text, i, to) | (goesOn ? 0 : LAST);
    }

    private static boolean isId(CharSequence text, int from, int to) {
        return to - from == 2 && (Chars.matches(text, from, "id") || Chars.matches(text, from, "no"));
    }

    private static boolean isPhone(CharSequence text, int end) {
        for (int i = 0; i < IDEOGRAPHS.length(); i += 2) {
            if (text.charAt(end - 1) == IDEOGRAPHS.charAt(i + 1) && Digits.at(text, end - 2) == IDEOGRAPHS.charAt(i)) {
                return true;
            }
        }
        return false;
    }

    // One word of a camelCase name is a word; the letter of an escape is none of it.
    private static int wordStart(CharSequence text, int end) {
        int i = end - 1;
        while (i > 0 && end - i < LONGEST) {
            char left = text.charAt(i - 1);
            boolean camel = text.charAt(i) <= 'Z' && text.charAt(i) >= 'A' && left >= 'a' && left <= 'z';
            if (!Digits.isLetter(left) || camel || Ascii.endsEscape(text, i)) {
                break;
            }
            i--;
        }
        return i;
    }

    private static int bits(CharSequence text, int from, int to) {
        return WORDS.meaning(WordTable.hash(0, text, from, to), text, from, to);
    }
}
