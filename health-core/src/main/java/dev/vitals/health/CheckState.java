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
 * @param late how many results came after their deadline
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
        long late) {
    private static final HealthResult NOT_CHECKED_YET = HealthResult.down("not checked yet");

    static CheckState notCheckedYet(Instant now, long nanos) {
        return new CheckState(Status.DOWN, NOT_CHECKED_YET, now, null, nanos, null, 0, 0, null, false, 0);
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
                late);
    }

    CheckState failingOpen(boolean open) {
        return new CheckState(
                status, result, since, checkedAt, checkedNanos, duration, failures, successes, cause, open, late);
    }

    CheckState knownAt(long nanos) {
        return new CheckState(
                status, result, since, checkedAt, nanos, duration, failures, successes, cause, failsOpen, late);
    }

    CheckState lateResult() {
        return new CheckState(
                status,
                result,
                since,
                checkedAt,
                checkedNanos,
                duration,
                failures,
                successes,
                cause,
                failsOpen,
                late + 1);
    }
}
