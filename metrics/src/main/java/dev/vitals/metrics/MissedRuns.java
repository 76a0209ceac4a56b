package dev.vitals.metrics;

import java.time.Duration;

/**
 * How many runs of a job were due and did not begin, by the time between beginnings: a run may be late by half an
 * interval, since no scheduler is exact; one that did not begin until then is missed. Between one beginning and the next
 * what is missing counts up, so what was counted stays right when the next begins, and the count never falls. Safe for
 * use by many threads.
 *
 * <p>Times are of a clock that nobody sets, in nanoseconds; one that goes back stands still here.
 */
final class MissedRuns {
    private final long every;
    private final long origin;
    private long now;
    private long lastBegan;
    private long settled;
    private long counted;

    MissedRuns(Duration every, long now) {
        this.every = every.toNanos();
        this.origin = now;
    }

    synchronized void began(long at, long time) {
        advance(time);
        long since = at - origin;
        if (since > lastBegan) {
            settled += missing(since - lastBegan);
            lastBegan = since;
        }
    }

    synchronized long count(long time) {
        advance(time);
        // A run that is told of only when it has ended may turn out to have begun before it was missed.
        counted = Math.max(counted, settled + missing(now - lastBegan));
        return counted;
    }

    /** Differences alone mean something: the clock may begin anywhere, and run over. */
    private void advance(long time) {
        now = Math.max(now, time - origin);
    }

    private long missing(long gap) {
        return gap < every ? 0 : (gap - every / 2) / every;
    }
}
