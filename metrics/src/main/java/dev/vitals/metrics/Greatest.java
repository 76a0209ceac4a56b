package dev.vitals.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A count that never falls: where its source throws, or is less than it was, the greatest that was seen stands. To
 * Prometheus a counter that falls has begun anew, and all of it would be counted a second time.
 */
final class Greatest implements LongSupplier {
    private final LongSupplier source;
    private final AtomicLong seen = new AtomicLong();

    Greatest(LongSupplier source) {
        this.source = source;
    }

    @Override
    public long getAsLong() {
        try {
            return seen.accumulateAndGet(source.getAsLong(), Math::max);
        } catch (Throwable thrown) {
            return seen.get();
        }
    }
}
