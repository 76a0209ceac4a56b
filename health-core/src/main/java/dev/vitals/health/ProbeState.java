package dev.vitals.health;

/**
 * The status of one probe and when it will go bad by itself, all on the monotonic clock: a snapshot that nobody
 * renews cannot keep a healthy face.
 *
 * @param status the status while nothing is stale
 * @param degradedAtNanos when the first result turns stale whose DOWN only degrades
 * @param downAtNanos when the first critical result turns stale
 * @param ages whether there is anything that can turn stale
 */
record ProbeState(Status status, long degradedAtNanos, long downAtNanos, boolean ages) {
    /** The status at a moment. */
    Status at(long nanos) {
        if (ages && nanos - downAtNanos >= 0) {
            return Status.DOWN;
        }
        return ages && nanos - degradedAtNanos >= 0 ? status.worse(Status.DEGRADED) : status;
    }

    /** Both together, as one probe. */
    ProbeState and(ProbeState other) {
        return new ProbeState(
                status.worse(other.status),
                earlier(degradedAtNanos, other.degradedAtNanos),
                earlier(downAtNanos, other.downAtNanos),
                ages || other.ages);
    }

    static long earlier(long one, long other) {
        return one - other <= 0 ? one : other;
    }
}
