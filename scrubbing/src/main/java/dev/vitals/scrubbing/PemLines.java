package dev.vitals.scrubbing;

/**
 * Scrubs one line after the other, and knows when they are those of a PEM block (RFC 7468): from its beginning to its
 * end each becomes {@code [pem]}. A block whose end never comes ends at the first line that cannot be part of one.
 */
final class PemLines {
    // No word of a log is as long; the lines of a block, but for its last one, are 64 or 76.
    private static final int LONG = 40;

    private final Scrubber scrubber;
    private boolean inside;
    private boolean headers;
    private int indent;

    PemLines(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    String scrub(String line) {
        if (inside) {
            int end = line.indexOf(Pems.END);
            if (end >= 0) {
                inside = false;
                int rest = line.indexOf(Pems.DASHES, end + Pems.END.length());
                String after = rest < 0 ? "" : line.substring(rest + Pems.DASHES.length());
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
        int begin = line.lastIndexOf(Pems.BEGIN);
        if (begin < 0 || !scrubber.finds(Kind.PEM) || line.indexOf(Pems.END, begin) >= 0 || !isBegin(line, begin)) {
            return scrubber.scrub(line);
        }
        inside = true;
        headers = true;
        indent = begin;
        return (begin == 0 ? "" : scrubber.scrub(line.substring(0, begin))) + Kind.PEM.label();
    }

    // "-----BEGIN and so on" opens nothing, and a block with "\n" in it is one line.
    private static boolean isBegin(String line, int begin) {
        int end = line.indexOf(Pems.DASHES, begin + Pems.BEGIN.length());
        return end > 0 && bare(line.substring(end + Pems.DASHES.length())).isEmpty();
    }

    // A log's prefix stands before each line alike, and is as long as the one before the first; if it is not, a long
    // line is still known.
    private boolean isBody(String line) {
        String whole = bare(line);
        String rest = line.length() > indent ? bare(line.substring(indent)) : whole;
        if (isBase64(whole) || isBase64(rest) || endsLong(whole)) {
            headers &= whole.isEmpty() || rest.isEmpty();
            return true;
        }
        return headers && (isHeader(whole) || isHeader(rest));
    }

    /** {@return a line without the quotes, commas, plus signs and escaped line ends of source code around it} */
    private static String bare(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isGlue(line.charAt(from))) {
            from++;
        }
        while (to > from) {
            char c = line.charAt(to - 1);
            if (isGlue(c)) {
                to--;
            } else if ((c == 'n' || c == 'r') && to - from > 1 && line.charAt(to - 2) == '\\') {
                to -= 2;
            } else {
                break;
            }
        }
        return line.substring(from, to);
    }

    private static boolean isGlue(char c) {
        return Chars.isSpace(c) || Chars.isQuote(c) || c == ',' || c == '+';
    }

    private static boolean endsLong(String line) {
        int from = line.length();
        while (from > 0 && Ascii.is(line.charAt(from - 1), Ascii.BASE64)) {
            from--;
        }
        return line.length() - from >= LONG;
    }

    private static boolean isBase64(String line) {
        return Ascii.runEnd(line, 0, Ascii.BASE64, line.length()) == line.length();
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
