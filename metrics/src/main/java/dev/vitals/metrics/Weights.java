package dev.vitals.metrics;

import java.util.List;

/** Reads the weights of a header that lists what a client likes (RFC 9110, section 12.4.2). */
final class Weights {
    static final double NOT_NAMED = -1;

    // Nothing that an honest client sends is longer; the rest is not looked at.
    private static final int MOST_CHARS = 2048;

    private Weights() {}

    /** The best weight that the header gives this name, 0 where it is malformed, {@link #NOT_NAMED} where there is none. */
    static double of(List<String> header, String name) {
        double best = NOT_NAMED;
        int left = MOST_CHARS;
        for (String value : header) {
            String read = value.length() > left ? value.substring(0, left) : value;
            left -= read.length();
            for (int start = 0; start <= read.length(); ) {
                int comma = read.indexOf(',', start);
                int end = comma < 0 ? read.length() : comma;
                best = Math.max(best, weightIn(read.substring(start, end), name));
                start = end + 1;
            }
        }
        return best;
    }

    private static double weightIn(String range, String name) {
        int semicolon = range.indexOf(';');
        String named = semicolon < 0 ? range : range.substring(0, semicolon);
        return named.strip().equalsIgnoreCase(name) ? weight(range) : NOT_NAMED;
    }

    private static double weight(String range) {
        for (int at = range.indexOf(';'); at >= 0; at = range.indexOf(';', at + 1)) {
            int end = range.indexOf(';', at + 1);
            String parameter =
                    range.substring(at + 1, end < 0 ? range.length() : end).strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                return number(parameter.substring(2));
            }
        }
        return 1;
    }

    private static double number(String text) {
        try {
            double quality = Double.parseDouble(text);
            return quality >= 0 && quality <= 1 ? quality : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
