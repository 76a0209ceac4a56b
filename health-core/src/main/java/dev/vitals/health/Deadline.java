package dev.vitals.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a run of a check may take. Safe for use by many threads.
 *
 * <pre>{@code
 * deadline.onExpiry(() -> abort(connection));
 * boolean valid = connection.isValid(deadline.remainingSecondsRoundedUp());
 * }</pre>
 */
public final class Deadline {
    private final LongSupplier nanoTime;
    private final long atNanos;
    private final @Nullable Deadline whole;
    private final List<Runnable> actions = new ArrayList<>(1);
    private boolean expired;

    Deadline(LongSupplier nanoTime, Duration timeout) {
        this(nanoTime, timeout.toNanos(), null);
    }

    private Deadline(LongSupplier nanoTime, long timeoutNanos, @Nullable Deadline whole) {
        this.nanoTime = nanoTime;
        this.atNanos = nanoTime.getAsLong() + timeoutNanos;
        this.whole = whole;
    }

    /**
     * {@return a deadline that nobody enforces but its maker, with {@link #enforce}; for trying a check by hand}
     *
     * @param timeout how long from now
     */
    public static Deadline after(Duration timeout) {
        return new Deadline(System::nanoTime, timeout);
    }

    /**
     * {@return a deadline for a part of the work, never past this one} What is asked for on its expiry is done on this one's:
     * nobody enforces the part's own.
     *
     * @param limit how long from now at the most
     */
    public Deadline atMost(Duration limit) {
        long left = remainingNanos();
        boolean shorter = limit.compareTo(Duration.ofNanos(left)) < 0;
        return new Deadline(nanoTime, shorter ? Math.max(0, limit.toNanos()) : left, this);
    }

    /** {@return the time left, never negative} */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** {@return the time left in nanoseconds, never negative} */
    public long remainingNanos() {
        return Math.max(0, atNanos - nanoTime.getAsLong());
    }

    /**
     * The time left for an interface that counts in whole seconds and reads 0 as "for ever".
     *
     * @return the time left in seconds, rounded up, at least 1
     */
    public int remainingSecondsRoundedUp() {
        long seconds = (remainingNanos() + 999_999_999L) / 1_000_000_000L;
        return (int) Math.max(1, Math.min(seconds, Integer.MAX_VALUE));
    }

    /** {@return whether no time is left} */
    public boolean isExpired() {
        return remainingNanos() == 0;
    }

    /**
     * Asks for something to be done if the run is not over in time: closing a socket that ignores interruption, for
     * instance. It runs on a thread of its own. Where the deadline has passed already, it runs at once, on the
     * caller's thread.
     *
     * @param action what to do
     */
    public void onExpiry(Runnable action) {
        Objects.requireNonNull(action, "action");
        if (whole != null) {
            whole.onExpiry(action);
            return;
        }
        synchronized (actions) {
            if (!expired) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /**
     * Does what was asked for on expiry, on this thread: for whoever runs something by a deadline of its own, made with
     * {@link #after}, which has passed. What throws does not keep the rest from being done.
     */
    public void enforce() {
        Deadline enforced = whole == null ? this : whole;
        enforced.expire().forEach(Deadline::runQuietly);
    }

    /** It was to free what hangs; where it fails, the next may still. */
    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            return;
        }
    }

    /** The deadline has passed with the run under way: from now on nothing more is taken; returns what was asked for. */
    List<Runnable> expire() {
        synchronized (actions) {
            expired = true;
            var due = List.copyOf(actions);
            actions.clear();
            return due;
        }
    }
}
