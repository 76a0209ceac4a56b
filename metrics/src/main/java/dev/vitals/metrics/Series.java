package dev.vitals.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What is there already; null where there is nothing. */
    @Nullable
    Series find(String value) {
        return below.get(value);
    }

    /** The timer at this leaf, null until one is kept. */
    @Nullable
    Timer timer() {
        return timer;
    }

    /** Two threads may both make and keep one: a registry gives both the same. */
    Timer keep(Timer made) {
        timer = made;
        return made;
    }
}
