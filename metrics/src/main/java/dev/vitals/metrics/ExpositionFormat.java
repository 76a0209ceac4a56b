package dev.vitals.metrics;

import java.util.List;

/** The formats that a scrape can have. */
enum ExpositionFormat {
    TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;
    private final String contentType;

    ExpositionFormat(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** By quality (RFC 9110, 12.5.1); wildcards mean text, the format that everybody reads. */
    static ExpositionFormat choose(List<String> accept) {
        double openMetrics = OPEN_METRICS.quality(accept);
        return openMetrics > 0 && openMetrics >= TEXT.quality(accept) ? OPEN_METRICS : TEXT;
    }

    private double quality(List<String> accept) {
        double best = 0;
        for (String header : accept) {
            for (int start = 0; start <= header.length(); ) {
                int comma = header.indexOf(',', start);
                int end = comma < 0 ? header.length() : comma;
                best = Math.max(best, qualityIn(header.substring(start, end)));
                start = end + 1;
            }
        }
        return best;
    }

    private double qualityIn(String range) {
        int semicolon = range.indexOf(';');
        String type = semicolon < 0 ? range : range.substring(0, semicolon);
        return type.strip().equalsIgnoreCase(mediaType) ? weight(range) : 0;
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
