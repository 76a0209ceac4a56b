package dev.vitals.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one meter as a tree, a level for each label: a known combination of values is found without making a
 * key, so without allocating. Safe for use by many threads.
 */
final class Series {
    private final ConcurrentHashMap<String, Series> below = new ConcurrentHashMap<>(4);
    private volatile @Nullable Timer timer;

    Series at(String value) {
        Series next = below.get(value);
        return next != null ? next : below.computeIfAbsent(value, unused -> new Series());
    }

    /** The timer at this leaf. Two threads may both make it: a registry gives both the same. */
    Timer timer(Supplier<Timer> make) {
        Timer known = timer;
        if (known == null) {
            known = make.get();
            timer = known;
        }
        return known;
    }
}
