package dev.vitals.metrics;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;

/** Two clocks that a test sets, each by itself; used by one thread. */
final class TwoClocks implements Clock {
    private long wallMillis = 1_800_000_000_000L;
    private long nanos = Long.MAX_VALUE - 5;

    @Override
    public long wallTime() {
        return wallMillis;
    }

    @Override
    public long monotonicTime() {
        return nanos;
    }

    void pass(Duration time) {
        wall(time);
        monotonic(time);
    }

    void wall(Duration time) {
        wallMillis += time.toMillis();
    }

    void monotonic(Duration time) {
        nanos += time.toNanos();
    }
}
