package dev.vitals.health.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a replica had received at earlier looks. The time of the last transaction that it replayed says how far it is behind
 * only where the primary commits all the time: after a quiet hour the first row would be an hour late. So a second bound
 * is kept: what had been received by an earlier look and is replayed now makes the data at most as old as that look. The
 * smaller one holds. Safe for use by many threads.
 */
final class ReplayHistory {
    private static final int LONGEST = 128;

    private final Deque<Look> looks = new ArrayDeque<>();

    /** At a time by the server's clock, in seconds, this much was there, in bytes since the beginning. */
    private record Look(double at, long received) {}

    /**
     * How far the replica's data are behind, in seconds; null where nothing tells.
     *
     * @param now by the server's clock
     * @param receives whether it is connected to its primary
     * @param received up to which byte it received; null where it never did
     * @param replayed up to which byte it replayed
     * @param lastCommit when the last transaction that it replayed was committed; null where there was none
     */
    synchronized @Nullable Double lag(
            double now, boolean receives, @Nullable Long received, long replayed, @Nullable Double lastCommit) {
        if (receives && received != null && received <= replayed) {
            looks.clear();
            looks.add(new Look(now, received));
            return 0.0;
        }
        double bound = lastCommit == null ? Double.POSITIVE_INFINITY : now - lastCommit;
        Look replayedAll = lastReplayed(replayed);
        if (replayedAll != null) {
            bound = Math.min(bound, now - replayedAll.at());
        }
        if (receives && received != null && looks.size() < LONGEST) {
            looks.addLast(new Look(now, received));
        }
        return bound == Double.POSITIVE_INFINITY ? null : Math.max(0, bound);
    }

    private @Nullable Look lastReplayed(long replayed) {
        Look last = null;
        while (!looks.isEmpty() && looks.getFirst().received() <= replayed) {
            last = looks.removeFirst();
        }
        if (last != null) {
            looks.addFirst(last);
        }
        return last;
    }
}
