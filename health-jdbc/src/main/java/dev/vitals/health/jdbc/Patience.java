package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;

/** How long to wait for an answer: a little less than there is, so that the reason says what did not answer. */
final class Patience {
    private static final int MARGIN_SHARE = 20;
    private static final long LONGEST_MARGIN_NANOS = 20_000_000L;

    private Patience() {}

    static long nanos(Deadline deadline) {
        long left = deadline.remainingNanos();
        return left - Math.min(left / MARGIN_SHARE, LONGEST_MARGIN_NANOS);
    }

    /** For sockets, to which 0 means for ever. */
    static int millis(Deadline deadline) {
        return (int) Math.max(1, Math.min(nanos(deadline) / 1_000_000, Integer.MAX_VALUE));
    }
}
