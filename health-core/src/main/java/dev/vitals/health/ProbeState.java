package dev.vitals.health;

/**
 * The status of one probe and when it will go bad by itself, all on the monotonic clock: a snapshot that nobody
 * renews cannot keep a healthy face.
 *
 * @param status the status while nothing is stale
 * @param degradedAtNanos when the first optional result turns stale
 * @param downAtNanos when the first critical result turns stale
 * @param ages whether there is anything that can turn stale
 */
record ProbeState(Status status, long degradedAtNanos, long downAtNanos, boolean ages) {
    static final ProbeState ALWAYS_DOWN = new ProbeState(Status.DOWN, 0, 0, false);

    /** The status at a moment. */
    Status at(long nanos) {
        if (ages && nanos - downAtNanos >= 0) {
            return Status.DOWN;
        }
        return ages && nanos - degradedAtNanos >= 0 ? status.worse(Status.DEGRADED) : status;
    }
}
