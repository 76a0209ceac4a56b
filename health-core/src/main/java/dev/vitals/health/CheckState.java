package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check. Immutable; {@link Transition} makes the next one.
 *
 * @param status the status, thresholds counted in
 * @param result what the last run said
 * @param since since when the status has held
 * @param checkedAt when the last run began; null before the first
 * @param checkedNanos the same on the monotonic clock; for a run that hangs, when that was last seen
 * @param duration how long the last run took; null before the first
 * @param failures how many results in a row were DOWN
 * @param successes how many results in a row were not
 * @param cause the dependency that it is DOWN because of; null where there is none
 * @param failsOpen whether the whole fleet is affected, so that DOWN only degrades
 * @param counts what has been counted since the start
 */
record CheckState(
        Status status,
        HealthResult result,
        Instant since,
        @Nullable Instant checkedAt,
        long checkedNanos,
        @Nullable Duration duration,
        int failures,
        int successes,
        @Nullable String cause,
        boolean failsOpen,
        Counts counts) {
    private static final HealthResult NOT_CHECKED_YET = HealthResult.down("not checked yet");

    static CheckState notCheckedYet(Instant now, long nanos) {
        return new CheckState(Status.DOWN, NOT_CHECKED_YET, now, null, nanos, null, 0, 0, null, false, Counts.NONE);
    }

    boolean neverChecked() {
        return checkedAt == null;
    }

    /** DOWN as the result of a run, rather than for want of one. */
    boolean isKnownDown() {
        return status == Status.DOWN && !neverChecked();
    }

    CheckState because(@Nullable String dependency) {
        return new CheckState(
                status,
                result,
                since,
                checkedAt,
                checkedNanos,
                duration,
                failures,
                successes,
                dependency,
                failsOpen,
                counts);
    }

    CheckState failingOpen(boolean open) {
        return new CheckState(
                status, result, since, checkedAt, checkedNanos, duration, failures, successes, cause, open, counts);
    }

    CheckState knownAt(long nanos) {
        return new CheckState(
                status, result, since, checkedAt, nanos, duration, failures, successes, cause, failsOpen, counts);
    }

    CheckState lateResult() {
        return counting(counts.andLate());
    }

    CheckState missedDeadline() {
        return counting(counts.andMissed());
    }

    private CheckState counting(Counts next) {
        return new CheckState(
                status, result, since, checkedAt, checkedNanos, duration, failures, successes, cause, failsOpen, next);
    }

    /**
     * What only ever grows.
     *
     * @param transitions how often the status has changed after the first result
     * @param missed how many runs had no answer at their deadline
     * @param late how many results came after it
     */
    record Counts(long transitions, long missed, long late) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts andTransition() {
            return new Counts(transitions + 1, missed, late);
        }

        Counts andMissed() {
            return new Counts(transitions, missed + 1, late);
        }

        Counts andLate() {
            return new Counts(transitions, missed, late + 1);
        }
    }
}
