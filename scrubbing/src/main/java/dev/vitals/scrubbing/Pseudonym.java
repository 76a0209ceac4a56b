package dev.vitals.scrubbing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The same token for the same value, by a keyed hash. */
final class Pseudonym implements Replacement {
    static final int CHARACTERS = 16;

    private static final int SHORTEST_KEY = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private static final Set<Kind> DIGITS =
            Set.of(Kind.CARD, Kind.PHONE, Kind.US_SSN, Kind.CA_SIN, Kind.BR_CPF, Kind.IN_AADHAAR);
    private static final Set<Kind> LETTERS_AND_DIGITS =
            Set.of(Kind.IBAN, Kind.UK_NINO, Kind.ES_DNI, Kind.IT_CODICE_FISCALE, Kind.CN_RESIDENT_ID, Kind.MAC);
    private static final Set<Kind> ANY_CASE = Set.of(Kind.EMAIL, Kind.IPV6);

    private final SecretKey key;

    Pseudonym(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key for pseudonyms has at least " + SHORTEST_KEY
                    + " bytes, this one has " + key.length + ": make one with `openssl rand -hex 32`");
        }
        this.key = new SecretKeySpec(key, ALGORITHM); // copies it
    }

    @Override
    public String replace(Kind kind, CharSequence found) {
        byte[] hash;
        try {
            // One a call: a Mac is not for several threads, and one kept for each thread would outlive the application.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(kind.name().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            hash = mac.doFinal(normalised(kind, found).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no " + ALGORITHM, missing); // every Java platform has it
        }
        StringBuilder out = new StringBuilder(CHARACTERS + 16)
                .append('[')
                .append(kind.name())
                .append(':');
        for (int i = 0; i < CHARACTERS; i++) {
            int bit = i * 5;
            int pair = ((hash[bit >> 3] & 0xff) << 8) | (hash[(bit >> 3) + 1] & 0xff);
            out.append(BASE32.charAt(pair >> (11 - (bit & 7)) & 31));
        }
        return out.append(']').toString();
    }

    private static String normalised(Kind kind, CharSequence found) {
        if (ANY_CASE.contains(kind)) {
            return found.toString().toLowerCase(Locale.ROOT);
        }
        boolean digits = DIGITS.contains(kind);
        if (!digits && !LETTERS_AND_DIGITS.contains(kind)) {
            return found.toString();
        }
        StringBuilder out = new StringBuilder(found.length());
        for (int i = 0; i < found.length(); i++) {
            char c = found.charAt(i);
            if (Character.isDigit(c)) {
                out.append(Character.digit(c, 10));
            } else if (!digits && Character.isLetter(c)) {
                out.append(Character.toUpperCase(c));
            }
        }
        return out.toString();
    }
}
