package dev.vitals.health;

import dev.vitals.scrubbing.Scrubber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain data of what a check gave: scrubbed text, numbers, and copies of trees, bounded. It asks the check's own
 * objects what they are, so it runs on the check's thread, within its deadline; whoever reads later runs no foreign code.
 */
final class Plain {
    private static final Scrubber SCRUBBER = Scrubber.standard();
    /** Results are kept, in snapshots, journals and queues: what is kept of each is bounded. */
    private static final int LONGEST_TEXT = 2_048;

    private static final int MOST_MEASUREMENTS = 256;
    private static final int MOST_ENTRIES = 256;
    private static final int DEEPEST = 16;
    private static final String CUT = "…";

    private Plain() {}

    static String text(String text) {
        return cut(SCRUBBER.scrub(text));
    }

    static HealthResult copyOf(HealthResult result) {
        String reason = result.reason() == null ? null : text(result.reason());
        List<HealthResult.Measurement> measured = result.measurements();
        return new HealthResult(
                result.status(),
                reason,
                copyOf(result.details()),
                measured.subList(0, Math.min(measured.size(), MOST_MEASUREMENTS)));
    }

    private static Map<String, Object> copyOf(Map<String, Object> details) {
        if (details.isEmpty()) {
            return details;
        }
        var copy = new LinkedHashMap<String, Object>();
        Object plain = SCRUBBER.scrubValue("details", details);
        if (plain instanceof Map<?, ?> map) {
            map.entrySet().stream()
                    .limit(MOST_ENTRIES)
                    .forEach(entry -> copy.put(cut(String.valueOf(entry.getKey())), bounded(entry.getValue(), 0)));
        } else {
            copy.put("details", cut(String.valueOf(plain)));
        }
        return copy;
    }

    /** What the scrubber made is a tree without circles, of maps, collections and plain values. */
    private static @Nullable Object bounded(@Nullable Object plain, int depth) {
        if (plain instanceof String text) {
            return cut(text);
        }
        if (depth == DEEPEST && (plain instanceof Map<?, ?> || plain instanceof Collection<?>)) {
            return CUT;
        }
        if (plain instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.entrySet().stream()
                    .limit(MOST_ENTRIES)
                    .forEach(entry ->
                            copy.put(cut(String.valueOf(entry.getKey())), bounded(entry.getValue(), depth + 1)));
            return copy;
        }
        if (plain instanceof Collection<?> items) {
            var copy = new ArrayList<@Nullable Object>();
            items.stream().limit(MOST_ENTRIES).forEach(item -> copy.add(bounded(item, depth + 1)));
            return copy;
        }
        return plain;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + CUT;
    }
}
