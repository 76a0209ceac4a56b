package dev.vitals.health;

import org.jspecify.annotations.Nullable;

/** A registered sign of life. */
record LiveSign(String name, LivenessCheck check) {
    /**
     * What is known to be broken, or null.
     *
     * @param nanos now
     * @param awayNanos how long the process was away since the sign was last given: what could not beat is not blamed
     */
    @Nullable
    String failure(long nanos, long awayNanos) {
        return check instanceof Heartbeat heartbeat ? heartbeat.failureAt(nanos, awayNanos) : check.failure();
    }

    /** When it was last given, as far as that can be known; a number that changes with it. */
    long givenNanos() {
        return check instanceof Heartbeat heartbeat ? heartbeat.lastNanos() : 0;
    }
}
