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

    /**
     * The absences so far.
     *
     * @param resumedNanos when the process went on after the last one; long ago where there was none
     * @param totalNanos how long all of them were together
     * @param lastNanos how long the last one was
     * @param beatNanos the last beat before the last one
     */
    record Absences(long resumedNanos, long totalNanos, long lastNanos, long beatNanos) {
        /** How long all were together that had been when something happened, if that is not long ago. */
        long beforeNanos(long nanos) {
            return nanos - resumedNanos < 0 ? totalNanos - lastNanos : totalNanos;
        }
    }

    private volatile Absences absences;
    private volatile long beatNanos;
    private volatile long readNanos;

    Pulse(long nanos) {
        beatNanos = nanos;
        readNanos = nanos;
        absences = new Absences(nanos - Long.MAX_VALUE / 4, 0, 0, nanos - 1);
    }

    /** The scheduler is at work. */
    Absences beat(long nanos) {
        long beat = beatNanos;
        Absences known = absences;
        // A reader may be about to say so: it has told when, and not yet that it read.
        boolean told = known.beatNanos() == beat && nanos - known.resumedNanos() < AWAY_NANOS;
        if (!told && wasAway(nanos, beat)) {
            note(known, nanos, beat);
        }
        beatNanos = nanos;
        return absences;
    }

    /** Somebody reads. */
    Absences read(long nanos) {
        long beat = beatNanos;
        Absences known = absences;
        if (known.beatNanos() != beat && wasAway(nanos, beat)) {
            note(known, nanos, beat);
        }
        if (nanos - readNanos > NOTED_EVERY_NANOS) {
            readNanos = nanos;
        }
        return absences;
    }

    /** Several may notice the same absence at once. They say the same, so it is counted once. */
    private void note(Absences known, long nanos, long beat) {
        long read = readNanos;
        long seen = beat - read > 0 ? beat : read;
        long away = Math.max(0, nanos - seen);
        absences = new Absences(nanos, known.totalNanos() + away, away, beat);
    }

    boolean stalled(long nanos) {
        return nanos - beatNanos > STALLED_NANOS;
    }

    private boolean wasAway(long nanos, long beat) {
        return nanos - beat > AWAY_NANOS && nanos - readNanos > AWAY_NANOS;
    }
}
