package dev.vitals.scrubbing;

/**
 * Scrubs one line after the other, and knows when they are those of a PEM block (RFC 7468): from its beginning to its
 * end each becomes {@code [pem]}. A block whose end never comes ends at the first line that cannot be part of one.
 */
final class PemLines {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final Scrubber scrubber;
    private boolean inside;
    private boolean headers;
    private int indent;

    PemLines(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    String scrub(String line) {
        if (inside) {
            int end = line.indexOf(END);
            if (end >= 0) {
                inside = false;
                int rest = line.indexOf(DASHES, end + END.length());
                String after = rest < 0 ? "" : line.substring(rest + DASHES.length());
                return Kind.PEM.label() + (after.isEmpty() ? "" : outside(after));
            }
            if (isBody(line)) {
                return Kind.PEM.label();
            }
            inside = false;
        }
        return outside(line);
    }

    private String outside(String line) {
        int begin = line.lastIndexOf(BEGIN);
        if (begin < 0 || !scrubber.finds(Kind.PEM) || line.indexOf(END, begin) >= 0 || !isBegin(line, begin)) {
            return scrubber.scrub(line);
        }
        inside = true;
        headers = true;
        indent = begin;
        return (begin == 0 ? "" : scrubber.scrub(line.substring(0, begin))) + Kind.PEM.label();
    }

    // "-----BEGIN and so on" opens nothing, and a block with "\n" in it is one line.
    private static boolean isBegin(String line, int begin) {
        int end = line.indexOf(DASHES, begin + BEGIN.length());
        return end > 0 && line.substring(end + DASHES.length()).isBlank();
    }

    // A log's prefix stands before each line alike, and is as long as the one before the first.
    private boolean isBody(String line) {
        String whole = line.strip();
        String rest = line.length() > indent ? line.substring(indent).strip() : whole;
        if (isBase64(whole) || isBase64(rest)) {
            headers &= whole.isEmpty() || rest.isEmpty();
            return true;
        }
        return headers && (isHeader(whole) || isHeader(rest));
    }

    private static boolean isBase64(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean base64 = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || c == '+'
                    || c == '/'
                    || c == '=';
            if (!base64) {
                return false;
            }
        }
        return true;
    }

    // RFC 1421 and OpenPGP: "Proc-Type: 4,ENCRYPTED".
    private static boolean isHeader(String line) {
        int colon = line.indexOf(": ");
        if (colon <= 0) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = line.charAt(i);
            if (!Character.isLetter(c) && c != '-') {
                return false;
            }
        }
        return true;
    }
}
