package dev.vitals.scrubbing;

/** A finding in one number, so that looking for one allocates nothing: its start, its length, its kind. */
final class Found {
    /** Nothing was found. */
    static final long NONE = -1;

    /** The longest text whose findings fit. */
    static final int LONGEST_TEXT = (1 << 25) - 1;

    private Found() {}

    static long of(Kind kind, int start, int end) {
        return of(kind.id(), start, end);
    }

    /** {@return a finding; none where it is empty} */
    static long of(int kind, int start, int end) {
        return end <= start ? NONE : ((long) kind << 50) | ((long) start << 25) | end;
    }

    static int kind(long found) {
        return (int) (found >>> 50);
    }

    static int start(long found) {
        return (int) (found >>> 25) & LONGEST_TEXT;
    }

    static int end(long found) {
        return (int) found & LONGEST_TEXT;
    }
}
