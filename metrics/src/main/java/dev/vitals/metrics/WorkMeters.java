package dev.vitals.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Registers gauges and counters as they are defined; what they read may throw, and harms nobody. */
final class WorkMeters {
    private WorkMeters() {}

    static void gauge(MeterRegistry registry, Definition definition, DoubleSupplier value, String... tags) {
        gauge(registry, definition.meter(), definition.description(), definition.unit(), value, tags);
    }

    static void gauge(
            MeterRegistry registry,
            String meter,
            String description,
            String unit,
            DoubleSupplier value,
            String... tags) {
        Gauge.builder(meter, () -> read(value))
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(registry);
    }

    static Counter counter(MeterRegistry registry, Definition definition, String... tags) {
        return Counter.builder(definition.meter())
                .description(definition.description())
                .tags(tags)
                .register(registry);
    }

    /** A counter of what somebody else counts; where that throws, the greatest that was seen stands. */
    static void counted(MeterRegistry registry, Definition definition, LongSupplier value, String... tags) {
        // Micrometer guards gauges alone: a counter's function that throws would cost the whole scrape.
        var guarded = new Greatest(value);
        // Micrometer holds the object weakly; the registry lives as long as the counter.
        FunctionCounter.builder(definition.meter(), registry, unused -> guarded.getAsLong())
                .description(definition.description())
                .tags(tags)
                .register(registry);
    }

    /** NaN where it throws: one bad gauge must not cost the whole scrape. */
    static double read(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (Throwable thrown) {
            return Double.NaN;
        }
    }
}
