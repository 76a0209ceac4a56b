package dev.vitals.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a check found. Immutable.
 *
 * <pre>{@code
 * return HealthResult.degraded("queue 90 % full")
 *     .withDetail("waiting", 900)
 *     .withMeasurement("queue.depth", "{job}", 900);
 * }</pre>
 *
 * @param status how well the checked thing is
 * @param reason why, in a few words for people; null where there is nothing to explain. Scrubbed before it is shown
 * @param details more for people, in order; shown to the authorised alone, and scrubbed before
 * @param measurements numbers for machines
 */
public record HealthResult(
        Status status, @Nullable String reason, Map<String, Object> details, List<Measurement> measurements) {
    private static final HealthResult UP = new HealthResult(Status.UP, null, Map.of(), List.of());

    /**
     * Makes a result, copying what is given.
     *
     * @param status how well the checked thing is
     * @param reason why, or null
     * @param details more for people
     * @param measurements numbers for machines
     */
    public HealthResult {
        Objects.requireNonNull(status, "status");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        measurements = List.copyOf(measurements);
    }

    /** {@return all is well} */
    public static HealthResult up() {
        return UP;
    }

    /**
     * {@return it works, but somebody should look}
     *
     * @param reason why, in a few words
     */
    public static HealthResult degraded(String reason) {
        return new HealthResult(Status.DEGRADED, Objects.requireNonNull(reason, "reason"), Map.of(), List.of());
    }

    /**
     * {@return it does not work}
     *
     * @param reason why, in a few words
     */
    public static HealthResult down(String reason) {
        return new HealthResult(Status.DOWN, Objects.requireNonNull(reason, "reason"), Map.of(), List.of());
    }

    /**
     * {@return this result with one detail more}
     *
     * @param key the detail's name
     * @param value a string, number, boolean, map or collection; anything else is shown by its {@code toString}
     */
    public HealthResult withDetail(String key, Object value) {
        var more = new LinkedHashMap<>(details);
        more.put(key, value);
        return new HealthResult(status, reason, more, measurements);
    }

    /**
     * {@return this result with one measurement more}
     *
     * @param name what was measured, in dotted lower case
     * @param unit the unit in UCUM
     * @param value the number
     * @throws IllegalArgumentException if the name is not dotted lower case
     */
    public HealthResult withMeasurement(String name, String unit, double value) {
        var more = new ArrayList<>(measurements);
        more.add(new Measurement(name, unit, value));
        return new HealthResult(status, reason, details, more);
    }

    /**
     * A number that a check measured, published as a metric of its own.
     *
     * @param name what was measured, in dotted lower case, for example {@code connections.active}
     * @param unit the unit in UCUM as OpenTelemetry writes it, for example {@code s}, {@code By}, {@code 1}
     * @param value the number
     */
    public record Measurement(String name, String unit, double value) {
        /**
         * Makes a measurement.
         *
         * @param name what was measured
         * @param unit the unit
         * @param value the number
         * @throws IllegalArgumentException if the name is not dotted lower case
         */
        public Measurement {
            Objects.requireNonNull(unit, "unit");
            if (!isDottedLowerCase(name)) {
                throw new IllegalArgumentException("a measurement's name is lower-case letters, digits, '.' and '_',"
                        + " beginning with a letter, like \"connections.active\"; not \"" + name + "\"");
            }
        }

        private static boolean isDottedLowerCase(String name) {
            return !name.isEmpty()
                    && Character.isLowerCase(name.charAt(0))
                    && name.chars()
                            .allMatch(c -> c < 128
                                    && (Character.isLowerCase(c) || Character.isDigit(c) || c == '.' || c == '_'));
        }
    }
}
