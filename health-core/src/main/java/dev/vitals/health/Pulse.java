package dev.vitals.health;

/**
 * Tells a scheduler that is dead from a process that was stopped for a while and goes on. Both look the same on the
 * clock: nothing was done for long. But in a stopped process nobody read either; so where neither the scheduler nor a
 * reader was seen for two seconds, the process is taken to have been away, and what it knows gets one interval's grace
 * from now on, once for each beat of the scheduler. Takes the time as an argument. Safe for use by many threads.
 */
final class Pulse {
    static final long BEAT_NANOS = 500_000_000L;
    private static final long AWAY_NANOS = 2_000_000_000L;
    private static final long STALLED_NANOS = 10_000_000_000L;
    private static final long NOTED_EVERY_NANOS = 100_000_000L;

    private volatile long beatNanos;
    private volatile long readNanos;
    private volatile long resumedNanos;
    private volatile long gracedBeat;

    Pulse(long nanos) {
        beatNanos = nanos;
        readNanos = nanos;
        resumedNanos = nanos - Long.MAX_VALUE / 4;
        gracedBeat = nanos - 1;
    }

    /** The scheduler is at work. Returns when the process was last seen to go on after it had been away. */
    long beat(long nanos) {
        if (wasAway(nanos, beatNanos)) {
            resumedNanos = nanos;
        }
        beatNanos = nanos;
        return resumedNanos;
    }

    /** Somebody reads. Returns the same. */
    long read(long nanos) {
        long beat = beatNanos;
        if (gracedBeat != beat && wasAway(nanos, beat)) {
            // In this order: who finds the grace given finds since when, too.
            resumedNanos = nanos;
            gracedBeat = beat;
        }
        if (nanos - readNanos > NOTED_EVERY_NANOS) {
            readNanos = nanos;
        }
        return resumedNanos;
    }

    boolean stalled(long nanos) {
        return nanos - beatNanos > STALLED_NANOS;
    }

    private boolean wasAway(long nanos, long beat) {
        return nanos - beat > AWAY_NANOS && nanos - readNanos > AWAY_NANOS;
    }
}
