package dev.vitals.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One route: its label, the objectives that cover it, and its timers in a flat table, by the {@link RequestCode} of the
 * rest. Looked into by many threads without a lock; who adds holds one of its own.
 */
final class ServedRoute {
    /** A timer that was given its place; made by whoever needs it first. */
    static final class Place {
        private final int code;
        private volatile @Nullable Timer timer;

        private Place(int code) {
            this.code = code;
        }

        @Nullable
        Timer timer() {
            return timer;
        }

        /** Two threads may both make one: a registry gives both the same. */
        Timer keep(Timer made) {
            timer = made;
            return made;
        }
    }

    private static final int FIRST_SIZE = 16;
    /** Spreads numbers that differ in their high bits alone. */
    private static final int SPREAD = 0x9E3779B9;

    private final String label;
    private final boolean streaming;
    private final Indicator[] indicators;
    private volatile AtomicReferenceArray<@Nullable Place> places = new AtomicReferenceArray<>(FIRST_SIZE);
    private int taken;

    ServedRoute(String label, boolean streaming, Indicator[] indicators) {
        this.label = label;
        this.streaming = streaming;
        this.indicators = indicators;
    }

    String label() {
        return label;
    }

    boolean isStreaming() {
        return streaming;
    }

    void recordEvent(boolean failed, long nanos) {
        for (Indicator indicator : indicators) {
            indicator.record(failed, nanos);
        }
    }

    @Nullable
    Place find(int code) {
        AtomicReferenceArray<@Nullable Place> all = places;
        for (int at = start(code, all); ; at = next(at, all)) {
            Place place = all.get(at);
            if (place == null || place.code == code) {
                return place;
            }
        }
    }

    /** To be called by one thread at a time. */
    Place add(int code) {
        if (2 * (taken + 1) > places.length()) {
            places = grown(places);
        }
        var place = new Place(code);
        put(place, places);
        taken++;
        return place;
    }

    private static AtomicReferenceArray<@Nullable Place> grown(AtomicReferenceArray<@Nullable Place> from) {
        var to = new AtomicReferenceArray<@Nullable Place>(2 * from.length());
        for (int i = 0; i < from.length(); i++) {
            Place place = from.get(i);
            if (place != null) {
                put(place, to);
            }
        }
        return to;
    }

    private static void put(Place place, AtomicReferenceArray<@Nullable Place> into) {
        int at = start(place.code, into);
        while (into.get(at) != null) {
            at = next(at, into);
        }
        into.set(at, place);
    }

    private static int start(int code, AtomicReferenceArray<@Nullable Place> in) {
        int spread = code * SPREAD;
        return (spread ^ spread >>> 16) & in.length() - 1;
    }

    private static int next(int at, AtomicReferenceArray<@Nullable Place> in) {
        return at + 1 & in.length() - 1;
    }
}
