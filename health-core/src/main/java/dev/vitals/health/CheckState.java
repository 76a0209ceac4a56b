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
 * @param checkedNanos the same on the monotonic clock
 * @param duration how long the last run took; null before the first
 * @param failures how many results in a row were DOWN
 * @param successes how many results in a row were not
 * @param hangsSinceNanos when the run began that is past its deadline and still under way; null where there is none
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
        @Nullable Long hangsSinceNanos,
        long late) {
    static CheckState notCheckedYet(Instant now, long nanos) {
        return new CheckState(Status.DOWN, HealthResult.down("not checked yet"), now, null, nanos, null, 0, 0, null, 0);
    }

    boolean neverChecked() {
        return checkedAt == null;
    }

    CheckState hangingSince(long nanos) {
        return new CheckState(
                status, result, since, checkedAt, checkedNanos, duration, failures, successes, nanos, late);
    }

    CheckState lateResult() {
        return new CheckState(
                status, result, since, checkedAt, checkedNanos, duration, failures, successes, null, late + 1);
    }
}
