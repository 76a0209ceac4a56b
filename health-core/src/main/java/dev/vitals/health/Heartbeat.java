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
    private final Duration longest;
    private final LongSupplier nanoTime;
    private volatile boolean beaten;
    private volatile long lastNanos;

    Heartbeat(Duration longest, LongSupplier nanoTime) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("a heartbeat needs a longest gap above zero, not " + longest);
        }
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /**
     * {@return a heartbeat that fails when it was not beaten for too long}
     *
     * @param longest the longest time between two beats; a generous multiple of what is usual
     * @throws IllegalArgumentException if the time is not above zero
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
        if (!beaten) {
            return null;
        }
        long age = nanoTime.getAsLong() - lastNanos;
        return age <= longest.toNanos()
                ? null
                : "no heartbeat for " + age / 1_000_000_000L + " s, " + longest.toSeconds() + " s at the most";
    }
}
