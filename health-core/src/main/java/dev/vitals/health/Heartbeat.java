package dev.vitals.health;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop that must keep turning calls {@link #beat()} each time round; when it has not for too long, liveness fails.
 * Before the first beat nothing is known, and liveness holds. Safe for use by many threads.
 *
 * <pre>{@code
 * Heartbeat heartbeat = Heartbeat.within(Duration.ofMinutes(1));
 * while (running) {
 *     heartbeat.beat();
 *     work();
 * }
 * }</pre>
 */
public final class Heartbeat implements LivenessCheck {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long SECOND = 1_000_000_000L;

    private final long longestNanos;
    private final LongSupplier nanoTime;
    private volatile boolean beaten;
    private volatile long lastNanos;

    Heartbeat(Duration longest, LongSupplier nanoTime) {
        if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a heartbeat needs a longest gap above zero and up to " + LONGEST + ", not " + longest);
        }
        this.longestNanos = longest.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * {@return a heartbeat that fails when it was not beaten for too long}
     *
     * @param longest the longest time between two beats; a generous multiple of what is usual
     * @throws IllegalArgumentException if the time is not above zero, or above a year
     */
    public static Heartbeat within(Duration longest) {
        return new Heartbeat(longest, System::nanoTime);
    }

    /** The loop has come round once more. */
    public void beat() {
        lastNanos = nanoTime.getAsLong();
        beaten = true;
    }

    @Override
    public @Nullable String failure() {
        return beaten ? failure(nanoTime.getAsLong() - lastNanos) : null;
    }

    /** The same at a moment, for a process that was away meanwhile: that time does not count. */
    @Nullable
    String failureAt(long nanos, long awayNanos) {
        return beaten ? failure(nanos - lastNanos - awayNanos) : null;
    }

    long lastNanos() {
        return lastNanos;
    }

    private @Nullable String failure(long age) {
        return age <= longestNanos
                ? null
                : "no heartbeat for " + age / SECOND + " s, " + longestNanos / SECOND + " s at the most";
    }
}
