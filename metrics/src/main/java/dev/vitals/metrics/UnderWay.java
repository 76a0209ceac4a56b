package dev.vitals.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How much is under way, by name; the names are bounded by whoever asks. Safe for use by many threads. */
final class UnderWay {
    private final MeterRegistry registry;
    private final Definition definition;
    private final ConcurrentMap<String, LongAdder> names = new ConcurrentHashMap<>();

    UnderWay(MeterRegistry registry, Definition definition) {
        this.registry = registry;
        this.definition = definition;
    }

    /** The number of a name, the same for the same. */
    LongAdder of(String name) {
        var fresh = new LongAdder();
        LongAdder earlier = names.putIfAbsent(name, fresh);
        if (earlier != null) {
            return earlier;
        }
        // Outside of the map's lock: a registry runs the application's own filters.
        WorkMeters.gauge(
                registry,
                definition,
                () -> number(fresh),
                definition.tags().get(0).name(),
                name);
        return fresh;
    }

    /** A sum that is taken while others count may miss a beginning and see its end. */
    static long number(LongAdder underWay) {
        return Math.max(0, underWay.sum());
    }
}
