package dev.vitals.health;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made on first read, and anew at most every 250 ms however many read it. Making it runs no foreign
 * code; whoever comes while that goes on gets the value before.
 */
final class Renewed<T> {
    private static final long AT_MOST_EVERY_NANOS = 250_000_000L;

    private record Made<T>(T value, long nanos) {}

    private final LongSupplier nanoTime;
    private final Supplier<T> make;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Made<T> last;

    Renewed(LongSupplier nanoTime, Supplier<T> make) {
        this.nanoTime = nanoTime;
        this.make = make;
    }

    T get() {
        Made<T> made = fresh();
        if (made != null) {
            return made.value();
        }
        Made<T> before = last;
        if (!making.tryLock()) {
            if (before != null) {
                return before.value();
            }
            making.lock();
        }
        try {
            made = fresh();
            if (made == null) {
                made = new Made<>(make.get(), nanoTime.getAsLong());
                last = made;
            }
            return made.value();
        } finally {
            making.unlock();
        }
    }

    private @Nullable Made<T> fresh() {
        Made<T> made = last;
        return made != null && nanoTime.getAsLong() - made.nanos() < AT_MOST_EVERY_NANOS ? made : null;
    }
}
