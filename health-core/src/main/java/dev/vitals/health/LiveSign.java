package dev.vitals.health;

import org.jspecify.annotations.Nullable;

/** A registered sign of life. */
record LiveSign(String name, LivenessCheck check) {
    /**
     * What is known to be broken, or null.
     *
     * @param resumedNanos when the process last went on after it had been away: what could not beat is not blamed
     */
    @Nullable
    String failure(long resumedNanos) {
        return check instanceof Heartbeat heartbeat ? heartbeat.failureSince(resumedNanos) : check.failure();
    }
}
