package dev.vitals.health;

import dev.vitals.scrubbing.Scrubber;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes plain data of what a check gave: scrubbed text, numbers, and copies of trees, bounded. It asks the check's own
 * objects what they are, so it runs on the check's thread, within its deadline; whoever reads later runs no foreign code.
 */
final class Plain {
    private static final Scrubber SCRUBBER = Scrubber.standard();

    private Plain() {}

    static String text(String text) {
        return SCRUBBER.scrub(text);
    }

    static HealthResult copyOf(HealthResult result) {
        String reason = result.reason() == null ? null : text(result.reason());
        return new HealthResult(result.status(), reason, copyOf(result.details()), result.measurements());
    }

    private static Map<String, Object> copyOf(Map<String, Object> details) {
        if (details.isEmpty()) {
            return details;
        }
        var copy = new LinkedHashMap<String, Object>();
        Object plain = SCRUBBER.scrubValue("details", details);
        if (plain instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        } else {
            copy.put("details", String.valueOf(plain));
        }
        return copy;
    }
}
