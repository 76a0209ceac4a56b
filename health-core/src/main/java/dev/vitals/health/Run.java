package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of one check, from its start to its result or to its deadline, whichever comes first. */
final class Run {
    private enum Phase {
        UNDER_WAY,
        PAST_DEADLINE,
        OVER
    }

    final int index;
    final CheckDefinition definition;
    final Instant startedAt;
    final long startedNanos;
    final Deadline deadline;
    private Phase phase = Phase.UNDER_WAY;
    private boolean expired;
    private @Nullable Thread thread;
    /** The check itself, and what it asked for on expiry: the next run waits for both. */
    private int stillAtWork = 1;

    Run(int index, CheckDefinition definition, Time time) {
        this.index = index;
        this.definition = definition;
        this.startedAt = time.now();
        this.startedNanos = time.nanos();
        this.deadline = new Deadline(time.nanoTime(), Duration.ofNanos(definition.timeoutNanos()));
    }

    /** Runs the check on this thread. Whatever it throws, of any kind, is DOWN. */
    HealthResult call() {
        synchronized (this) {
            thread = Thread.currentThread();
            if (phase == Phase.PAST_DEADLINE) {
                return HealthResult.down("no answer in time");
            }
        }
        try {
            HealthResult result = definition.check().check(deadline);
            return result == null ? HealthResult.down("the check gave null") : Plain.copyOf(result);
        } catch (Throwable thrown) {
            return failure(thrown);
        }
    }

    /** The check has returned. True if that was in time. From here on nobody interrupts its thread. */
    synchronized boolean finish() {
        boolean inTime = phase == Phase.UNDER_WAY;
        phase = Phase.OVER;
        thread = null;
        return inTime;
    }

    /** Whether the check goes on past its deadline. */
    synchronized boolean hangs() {
        return phase == Phase.PAST_DEADLINE;
    }

    /** Whether the deadline passed before the check was over. */
    synchronized boolean hasExpired() {
        return expired;
    }

    /** The check, or what it asked for on expiry, is over. True where nothing is at work any more. */
    synchronized boolean leave() {
        stillAtWork--;
        return stillAtWork == 0;
    }

    /**
     * The deadline has passed. True if the check is still under way: its thread is interrupted then, and whoever does
     * what it asked for calls {@link #leave} at the end.
     */
    synchronized boolean expire() {
        if (phase != Phase.UNDER_WAY) {
            return false;
        }
        phase = Phase.PAST_DEADLINE;
        expired = true;
        stillAtWork++;
        if (thread != null) {
            thread.interrupt();
        }
        return true;
    }

    private static HealthResult failure(Throwable thrown) {
        HealthResult down = HealthResult.down(thrown.getClass().getSimpleName());
        try {
            String message = thrown.getMessage();
            return message == null ? down : Plain.copyOf(down.withDetail("message", message));
        } catch (Throwable hostile) {
            return down;
        }
    }
}
