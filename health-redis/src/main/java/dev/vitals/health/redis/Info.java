package dev.vitals.health.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What INFO or CLUSTER INFO says, as lines of {@code name:value}. Whatever cannot be read is not there. Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO</a>
 */
final class Info {
    private static final int LONGEST_TEXT = 40;

    private final Map<String, String> values;

    private Info(Map<String, String> values) {
        this.values = values;
    }

    static Info parse(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().map(String::strip).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                values.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return new Info(values);
    }

    @Nullable
    String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value.substring(0, Math.min(value.length(), LONGEST_TEXT));
    }

    boolean has(String name, String value) {
        return value.equals(values.get(name));
    }

    /** The number, or -1 where there is none or it is negative: no figure of INFO's that is read here is. */
    long number(String name) {
        return whole(values.getOrDefault(name, ""), -1);
    }

    /** The number, or -1 where there is none; {@code -nan} and {@code inf} were seen. */
    double decimal(String name) {
        try {
            double value = Double.parseDouble(values.getOrDefault(name, ""));
            return Double.isFinite(value) && value >= 0 ? value : -1;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    /** Each line {@code name0:key=value,key=value} whose name is the prefix and a number. */
    void each(String prefix, Consumer<Map<String, String>> line) {
        values.forEach((name, value) -> {
            if (name.startsWith(prefix) && whole(name.substring(prefix.length()), -1) >= 0) {
                line.accept(pairs(value));
            }
        });
    }

    private static Map<String, String> pairs(String value) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : value.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    static long whole(String digits, long otherwise) {
        try {
            long value = Long.parseLong(digits);
            return value < 0 ? otherwise : value;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }
}
