package dev.vitals.health;

import java.util.Objects;

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
                        .allMatch(c ->
                                c < 128 && (Character.isLowerCase(c) || Character.isDigit(c) || c == '.' || c == '_'));
    }
}
