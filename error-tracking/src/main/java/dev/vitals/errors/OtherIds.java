package dev.vitals.errors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Ids for those that read as somebody's number: of 60,000 random span ids one is also the number of a card. Where one
 * stands, the same other one does throughout this process, so that spans keep their parents. Safe for use by many
 * threads.
 */
final class OtherIds {
    private final byte[] salt = new byte[32];

    OtherIds() {
        new SecureRandom().nextBytes(salt);
    }

    /** {@return another id of the same form, or what is given where it has not the form of one} */
    String insteadOf(String id, String otherwise) {
        if (id.length() != 16 && id.length() != 32) {
            return otherwise;
        }
        if (!id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return otherwise;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            byte[] other = digest.digest(id.getBytes(StandardCharsets.US_ASCII));
            // A letter first: it reads as nobody's number.
            return ("c" + HexFormat.of().formatHex(other)).substring(0, id.length());
        } catch (NoSuchAlgorithmException impossible) { // every Java has it
            return otherwise;
        }
    }
}
