package dev.vitals.health;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life that has to be looked for now and then, on a thread of a check. A probe reads what was found last; what
 * is older than a few rounds is no longer known, and what is not known is no failure.
 */
abstract sealed class Scan implements LivenessCheck permits DeadlockScan, AcceptorScan {
    static final Duration EVERY = Duration.ofSeconds(10);
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long LONGEST_AGE_NANOS =
            EVERY.multipliedBy(3).plus(TIMEOUT).toNanos();

    private final LongSupplier nanoTime;
    private volatile @Nullable String found;
    private volatile long foundNanos;

    Scan(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Looks once. Returns what is broken, or null. */
    abstract @Nullable String look(Deadline deadline) throws Exception;

    /** Looks once, and keeps what was found. */
    final HealthResult scan(Deadline deadline) throws Exception {
        String failure = look(deadline);
        foundNanos = nanoTime.getAsLong();
        found = failure == null ? null : Plain.text(failure);
        return HealthResult.up();
    }

    /** Nobody else looks, so each run does. */
    @Override
    public final HealthCheck asCheck() {
        return deadline -> {
            HealthResult looked = scan(deadline);
            String failure = failure();
            return failure == null ? looked : HealthResult.down(failure);
        };
    }

    @Override
    public final @Nullable String failure() {
        String failure = found;
        return failure == null || nanoTime.getAsLong() - foundNanos > LONGEST_AGE_NANOS ? null : failure;
    }

    final CheckDefinition upkeep(String name) {
        return CheckDefinition.upkeep(
                name, this::scan, new CheckOptions().every(EVERY).timeout(TIMEOUT), null);
    }
}
