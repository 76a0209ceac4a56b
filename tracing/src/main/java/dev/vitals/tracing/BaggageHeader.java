package dev.vitals.tracing;

/**
 * Tells a {@code baggage} header by its grammar (W3C Baggage, 3.2.1), with at most as many members as must be passed on
 * (3.2.4). OpenTelemetry's propagator skips what is not one, but complains of each member in the application's log, with a
 * stack trace: a client could fill the log that way.
 */
final class BaggageHeader {
    static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int MOST_MEMBERS = 64;
    private static final String NO_OCTETS = "\",;\\";

    private final String text;
    private int at;

    private BaggageHeader(String text) {
        this.text = text;
    }

    static boolean isWellFormed(String text) {
        return new BaggageHeader(text).members();
    }

    private boolean members() {
        int members = 0;
        do {
            if (++members > MOST_MEMBERS || !member()) {
                return false;
            }
        } while (skip(','));
        return at == text.length();
    }

    private boolean member() {
        if (!token() || !skip('=') || !value()) {
            return false;
        }
        while (skip(';')) {
            if (!token() || (skip('=') && !value())) {
                return false;
            }
        }
        return true;
    }

    private boolean token() {
        skipWhitespace();
        int start = at;
        while (at < text.length() && isTokenPart(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private boolean value() {
        skipWhitespace();
        while (at < text.length() && isOctet(text.charAt(at))) {
            if (text.charAt(at) == '%' && !(isHex(at + 1) && isHex(at + 2))) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean skip(char wanted) {
        skipWhitespace();
        boolean found = at < text.length() && text.charAt(at) == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    private void skipWhitespace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** {@return whether a token may have it in it (RFC 9110, 5.6.2)} */
    static boolean isTokenPart(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isOctet(char c) {
        return c > ' ' && c < 127 && NO_OCTETS.indexOf(c) < 0;
    }

    private boolean isHex(int index) {
        return index < text.length() && text.charAt(index) < 128 && Character.digit(text.charAt(index), 16) >= 0;
    }
}
