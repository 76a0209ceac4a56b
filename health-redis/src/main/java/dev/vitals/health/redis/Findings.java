package dev.vitals.health.redis;

import dev.vitals.health.HealthResult;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.health.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one run finds, gathered. For one thread. */
final class Findings {
    private final List<String> reasons = new ArrayList<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private @Nullable String down;

    void down(String reason) {
        down = reason;
    }

    void degraded(String reason) {
        reasons.add(reason);
    }

    void detail(String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    void measure(String name, String unit, double value) {
        measurements.add(new Measurement(name, unit, value));
    }

    void measure(String name, String unit, long value) {
        measure(name, unit, (double) value);
    }

    HealthResult result() {
        if (down != null) {
            return new HealthResult(Status.DOWN, down, details, measurements);
        }
        return reasons.isEmpty()
                ? new HealthResult(Status.UP, null, details, measurements)
                : new HealthResult(Status.DEGRADED, String.join("; ", reasons), details, measurements);
    }

    /** Rounded down: 100 % is said of what is full, and of nothing else. */
    static String percent(double ratio) {
        return (long) Math.floor(ratio * 100 + 1e-9) + " %";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
