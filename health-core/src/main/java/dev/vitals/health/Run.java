package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of one check: it waits for a thread, and ends with its result or at its deadline, whichever comes first. */
final class Run {
    private enum Phase {
        WAITING,
        UNDER_WAY,
        PAST_DEADLINE,
        OVER
    }

    private static final int DEEPEST_STACK = 32;

    final int index;
    final CheckDefinition definition;
    private final Time time;
    private Phase phase = Phase.WAITING;
    private boolean expired;
    private Instant startedAt;
    private long startedNanos;
    private Deadline deadline;
    private @Nullable Thread thread;
    private List<String> stack = List.of();
    /** The check itself, and what it asked for on expiry: the next run waits for both. */
    private int stillAtWork = 1;

    Run(int index, CheckDefinition definition, Time time) {
        this.index = index;
        this.definition = definition;
        this.time = time;
        this.startedAt = time.now();
        this.startedNanos = time.nanos();
        this.deadline = new Deadline(time.nanoTime(), Duration.ofNanos(definition.timeoutNanos()));
    }

    /** It has a thread, this one, and its time begins. False if it was given up before. */
    synchronized boolean start() {
        if (phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.UNDER_WAY;
        thread = Thread.currentThread();
        startedAt = time.now();
        startedNanos = time.nanos();
        deadline = new Deadline(time.nanoTime(), Duration.ofNanos(definition.timeoutNanos()));
        return true;
    }

    /** There was no thread for it in time. True if that is so. */
    synchronized boolean giveUp() {
        if (phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.OVER;
        return true;
    }

    /** Runs the check on this thread. Whatever it throws, of any kind, is DOWN. */
    HealthResult call() {
        try {
            HealthResult result = definition.check().check(deadline());
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

    /** The check, or what it asked for on expiry, is over. True where nothing is at work any more. */
    synchronized boolean leave() {
        stillAtWork--;
        return stillAtWork == 0;
    }

    /** Whether the check goes on past its deadline. */
    synchronized boolean hangs() {
        return phase == Phase.PAST_DEADLINE;
    }

    /** Whether the deadline passed before the check was over. */
    synchronized boolean hasExpired() {
        return expired;
    }

    /** Looks where the check hangs. May have to wait for its thread, so it has a thread of its own for that. */
    void lookAtStack() {
        Thread hung;
        synchronized (this) {
            hung = thread;
        }
        if (hung == null) {
            return;
        }
        List<String> seen = Stream.of(hung.getStackTrace())
                .limit(DEEPEST_STACK)
                .map(Run::frame)
                .toList();
        synchronized (this) {
            // Unless it has gone on to another check meanwhile.
            if (hangs()) {
                stack = seen;
            }
        }
    }

    private static String frame(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    synchronized List<String> stack() {
        return stack;
    }

    synchronized Deadline deadline() {
        return deadline;
    }

    synchronized Instant startedAt() {
        return startedAt;
    }

    synchronized long startedNanos() {
        return startedNanos;
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
