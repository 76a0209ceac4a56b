package dev.vitals.health;

import dev.vitals.health.HealthEndpoint.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a format by the {@code Accept} header (RFC 9110, section 12.5.1). The header is what anybody sent: so much of
 * it is read and no more, and what is malformed in it is passed over.
 */
final class Accept {
    private static final String ANYTHING = "*/*";
    private static final int MOST_CHARS = 2048;
    private static final int MOST_RANGES = 32;

    private record Range(String type, double quality, int order) {
        /** 3 for a type that is named, 2 for {@code text/*}, 1 for anything, 0 for no match. */
        int specificity(String mediaType) {
            if (type.equals(mediaType)) {
                return 3;
            }
            if (type.equals(ANYTHING)) {
                return 1;
            }
            return type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)) ? 2 : 0;
        }
    }

    private Accept() {}

    /**
     * The format that the client likes best, or null where none is acceptable.
     *
     * @param values the header's values, empty where there was none
     * @param fallback what is served where the client has no wish
     */
    static @Nullable Format choose(List<String> values, Format fallback) {
        if (values.isEmpty() || (values.size() == 1 && values.get(0).equals(ANYTHING))) {
            return fallback;
        }
        String header = values.size() == 1 ? values.get(0) : String.join(",", values);
        boolean whole = header.length() <= MOST_CHARS;
        List<Range> ranges = parse(whole ? header : header.substring(0, MOST_CHARS));
        if (ranges.isEmpty()) {
            return fallback;
        }
        Format best = best(ranges, fallback);
        // What was not read may have had something for us.
        return best != null || (whole && ranges.size() < MOST_RANGES) ? best : fallback;
    }

    private static @Nullable Format best(List<Range> ranges, Format fallback) {
        Format best = null;
        Range bestRange = null;
        for (Format format : candidates(fallback)) {
            Range range = mostSpecific(ranges, format.type());
            if (range != null && range.quality() > 0 && (bestRange == null || isBetter(range, bestRange))) {
                best = format;
                bestRange = range;
            }
        }
        return best;
    }

    /** The fallback first, so that it wins where the client is indifferent. */
    private static List<Format> candidates(Format fallback) {
        var candidates = new ArrayList<Format>();
        candidates.add(fallback);
        for (Format format : Format.values()) {
            if (candidates.stream().noneMatch(taken -> taken.type().equals(format.type()))) {
                candidates.add(format);
            }
        }
        return candidates;
    }

    private static @Nullable Range mostSpecific(List<Range> ranges, String mediaType) {
        Range found = null;
        for (Range range : ranges) {
            int specificity = range.specificity(mediaType);
            if (specificity > 0 && (found == null || specificity > found.specificity(mediaType))) {
                found = range;
            }
        }
        return found;
    }

    /** Between types that are liked equally the one named first goes before the one that is only let pass. */
    private static boolean isBetter(Range one, Range other) {
        if (one.quality() != other.quality()) {
            return one.quality() > other.quality();
        }
        boolean named = !one.type().endsWith("*");
        boolean otherNamed = !other.type().endsWith("*");
        return named == otherNamed ? named && one.order() < other.order() : named;
    }

    private static List<Range> parse(String header) {
        var ranges = new ArrayList<Range>();
        for (int start = 0; start < header.length() && ranges.size() < MOST_RANGES; ) {
            int comma = header.indexOf(',', start);
            int end = comma < 0 ? header.length() : comma;
            Range range = range(header.substring(start, end), ranges.size());
            if (range != null) {
                ranges.add(range);
            }
            start = end + 1;
        }
        return ranges;
    }

    private static @Nullable Range range(String text, int order) {
        int semicolon = text.indexOf(';');
        String type =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        double quality = semicolon < 0 ? 1 : quality(text, semicolon + 1);
        return slash <= 0 || slash == type.length() - 1 || quality < 0 ? null : new Range(type, quality, order);
    }

    /** The weight among a range's parameters, 1 where there is none, negative where it is malformed. */
    private static double quality(String text, int start) {
        for (int at = start; at < text.length(); ) {
            int semicolon = text.indexOf(';', at);
            int end = semicolon < 0 ? text.length() : semicolon;
            String parameter = text.substring(at, end).strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                return weight(parameter.substring(2));
            }
            at = end + 1;
        }
        return 1;
    }

    private static double weight(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= 5
                && !digits.equals(".")
                && digits.indexOf('.') == digits.lastIndexOf('.')
                && digits.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        double weight = isNumber ? Double.parseDouble(digits) : -1;
        return weight > 1 ? -1 : weight;
    }
}
