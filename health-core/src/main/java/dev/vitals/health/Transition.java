package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;

/** From one state of a check to the next. Pure. */
final class Transition {
    private Transition() {}

    /**
     * A run has given its result, or its deadline has passed. What is to blame for it stands in other checks' states, so
     * it is not said here.
     *
     * @param before what was known
     * @param definition the check
     * @param result what the run said
     * @param startedAt when the run began
     * @param startedNanos the same on the monotonic clock
     * @param duration how long it took
     * @param now the time of the change, should there be one
     */
    static CheckState onResult(
            CheckState before,
            CheckDefinition definition,
            HealthResult result,
            Instant startedAt,
            long startedNanos,
            Duration duration,
            Instant now) {
        boolean failed = result.status() == Status.DOWN;
        int failures = failed ? saturatedIncrement(before.failures()) : 0;
        int successes = failed ? 0 : saturatedIncrement(before.successes());
        Status status = next(before, definition, result.status(), failures, successes);
        boolean changed = status != before.status() && !before.neverChecked();
        return new CheckState(
                status,
                result,
                status == before.status() && !before.neverChecked() ? before.since() : now,
                startedAt,
                startedNanos,
                duration,
                failures,
                successes,
                null,
                status == Status.DOWN && before.failsOpen(),
                changed ? before.counts().andTransition() : before.counts());
    }

    /** Whether listeners are to be told: a status, or the first one; or a failure that now stands on its own. */
    static boolean isChange(CheckState before, CheckState after) {
        boolean onItsOwnNow = after.status() == Status.DOWN && before.cause() != null && after.cause() == null;
        return before.neverChecked() || before.status() != after.status() || onItsOwnNow;
    }

    /** The first result counts at once, whatever it says; after it the thresholds hold. */
    private static Status next(
            CheckState before, CheckDefinition definition, Status given, int failures, int successes) {
        if (before.neverChecked()) {
            return given;
        }
        if (given == Status.DOWN) {
            return failures >= definition.failuresToDown() ? Status.DOWN : before.status();
        }
        boolean recovering = before.status() == Status.DOWN && successes < definition.successesToUp();
        return recovering ? Status.DOWN : given;
    }

    private static int saturatedIncrement(int count) {
        return count == Integer.MAX_VALUE ? count : count + 1;
    }
}
