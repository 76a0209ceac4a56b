package dev.vitals.scrubbing;

/**
 * What stands in the place of a finding. An implementation is called by many threads at once; where it throws, the whole
 * text becomes {@code [unscrubbable]}. What the factories of this interface give is immutable, and scrubbing what they
 * put in changes nothing.
 */
@FunctionalInterface
public interface Replacement {
    /**
     * {@return what to put in the place of a finding, empty to remove it}
     *
     * @param kind what was found
     * @param found the text that was found
     */
    String replace(Kind kind, CharSequence found);

    /** {@return the kind's label: {@code [email]}; the default} */
    static Replacement label() {
        return (kind, found) -> kind.label();
    }

    /** {@return nothing at all in the place of a finding} */
    static Replacement remove() {
        return (kind, found) -> "";
    }

    /**
     * {@return stars in the place of a finding, as many as it has characters, but for a few at its ends} {@code mask(4,
     * 4)} makes {@code 4111********1111}. Separators are characters like any other. Where more than half of a finding
     * would be kept, none of it is.
     *
     * @param first how many characters stay at its beginning
     * @param last how many stay at its end
     * @throws IllegalArgumentException if one of them is negative
     */
    static Replacement mask(int first, int last) {
        return new Mask(first, last);
    }

    /**
     * {@return a pseudonym in the place of a finding, such as {@code [email:k3x7q2m7abdfhjln]}: the same for the same
     * value wherever this key is used, and no way back without the key}
     *
     * <p>It is the first 80 bits of HMAC-SHA-256 (RFC 2104) over the kind's name, a zero byte and the value, in 16
     * characters of base32 (RFC 4648, lower case). Emails are compared without regard to case; cards, phones and the
     * US, Canadian, Brazilian and Indian numbers by their digits alone; IBANs and the other national numbers by their
     * letters and digits. Among a million different values of a kind the chance that any two share a pseudonym is below
     * 1 in 10<sup>12</sup>, among a thousand million below 1 in 10<sup>6</sup>.
     *
     * @param key the application's secret, at least 32 bytes from a random source; copied. Who has it can try values
     * @throws IllegalArgumentException if the key is shorter
     */
    static Replacement pseudonym(byte[] key) {
        return new Pseudonym(key);
    }
}
