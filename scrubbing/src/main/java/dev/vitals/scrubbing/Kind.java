package dev.vitals.scrubbing;

import java.util.List;
import java.util.Objects;

/**
 * What a finding is: the unit in which detectors are switched on and off and replacements are chosen. The built-in ones
 * are the constants of this class; an application's own detector brings its own. Immutable.
 */
public final class Kind {
    private static final String SECRET_LABEL = "[redacted]";

    /** An email address (RFC 5321, RFC 6531). */
    public static final Kind EMAIL = new Kind("email", 0);

    /** A payment card's number (ISO/IEC 7812): 12 to 19 digits, an issuer's range, Luhn's check digit. */
    public static final Kind CARD = new Kind("card", 1);

    /** An international bank account number (ISO 13616). */
    public static final Kind IBAN = new Kind("iban", 2);

    /** A social security number of the United States. */
    public static final Kind US_SSN = new Kind("us-ssn", 3);

    /** A National Insurance number of the United Kingdom. */
    public static final Kind UK_NINO = new Kind("uk-nino", 4);

    /** A Social Insurance Number of Canada. */
    public static final Kind CA_SIN = new Kind("ca-sin", 5);

    /** A national identity number of Spain, DNI or NIE. */
    public static final Kind ES_DNI = new Kind("es-dni", 6);

    /** Italy's codice fiscale. */
    public static final Kind IT_CODICE_FISCALE = new Kind("it-codice-fiscale", 7);

    /** Brazil's CPF. */
    public static final Kind BR_CPF = new Kind("br-cpf", 8);

    /** India's Aadhaar number. */
    public static final Kind IN_AADHAAR = new Kind("in-aadhaar", 9);

    /** China's resident identity number (GB 11643). */
    public static final Kind CN_RESIDENT_ID = new Kind("cn-resident-id", 10);

    /** A telephone number: E.164, or a national writing where the text says that it is one. */
    public static final Kind PHONE = new Kind("phone", 11);

    /** An IPv4 address, loopback and documentation ranges (RFC 5737) apart. */
    public static final Kind IPV4 = new Kind("ipv4", 12);

    /** An IPv6 address (RFC 4291), loopback and the documentation range (RFC 3849) apart. */
    public static final Kind IPV6 = new Kind("ipv6", 13);

    /** A MAC address (IEEE 802), EUI-48. */
    public static final Kind MAC = new Kind("mac", 14);

    /** A JSON web token (RFC 7519). */
    public static final Kind JWT = new Kind("jwt", 15);

    /** A PEM block (RFC 7468): a private key, a certificate. */
    public static final Kind PEM = new Kind("pem", 16);

    /** What follows {@code Bearer} and {@code Basic}, and the user info of a URL. */
    public static final Kind CREDENTIALS = new Kind("credentials", 17, SECRET_LABEL);

    /** The value of a sensitive name, in text, in a URL's query and in a tree. */
    public static final Kind SECRET = new Kind("secret", 18, SECRET_LABEL);

    /** A vendor's token, known by its fixed prefix. */
    public static final Kind TOKEN = new Kind("token", 19);

    /** A random-looking value beside a word such as {@code password} or {@code token}. */
    public static final Kind HIGH_ENTROPY = new Kind("high-entropy", 20, SECRET_LABEL);

    /** The name of a user in the path of a home directory. */
    public static final Kind USER_NAME = new Kind("user-name", 21);

    /** All that the standard scrubber looks for, in the order of their numbers. */
    static final List<Kind> BUILT_IN = List.of(
            EMAIL,
            CARD,
            IBAN,
            US_SSN,
            UK_NINO,
            CA_SIN,
            ES_DNI,
            IT_CODICE_FISCALE,
            BR_CPF,
            IN_AADHAAR,
            CN_RESIDENT_ID,
            PHONE,
            IPV4,
            IPV6,
            MAC,
            JWT,
            PEM,
            CREDENTIALS,
            SECRET,
            TOKEN,
            HIGH_ENTROPY,
            USER_NAME);

    /** The bits of all that is built in. */
    static final long ALL = (1L << 22) - 1;

    private static final int OWN = -1;

    private final String name;
    private final String label;
    private final int id;

    private Kind(String name, int id) {
        this(name, id, "[" + name + "]");
    }

    private Kind(String name, int id, String label) {
        this.name = name;
        this.id = id;
        this.label = label;
    }

    /**
     * {@return the kind of this name, a built-in one or an application's own}
     *
     * @param name lower-case letters, digits and hyphens, 2 to 32 of them, a letter first: {@code employee-number}
     * @throws IllegalArgumentException if the name has another form
     */
    public static Kind of(String name) {
        for (Kind kind : BUILT_IN) {
            if (kind.name.equals(name)) {
                return kind;
            }
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a kind's name is 2 to 32 lower-case letters, digits and hyphens, a letter"
                            + " first, such as employee-number, and not \"" + name + "\"");
        }
        return new Kind(name, OWN);
    }

    private static boolean isName(String name) {
        if (name.length() < 2 || name.length() > 32 || name.charAt(0) < 'a' || name.charAt(0) > 'z') {
            return false;
        }
        return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** {@return its name, such as {@code email}} */
    public String name() {
        return name;
    }

    /** {@return what stands in its place by default: {@code [email]}, and {@code [redacted]} for a secret} */
    public String label() {
        return label;
    }

    /** {@return its number, negative for an application's own} */
    int id() {
        return id;
    }

    /** {@return whether a set of bits has this built-in kind in it} */
    boolean in(long kinds) {
        return (kinds >>> id & 1) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kind kind && kind.name.equals(name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
