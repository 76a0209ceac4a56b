package dev.vitals.health;

/** How well something is, from best to worst: the order of the constants is the order of severity. */
public enum Status {
    /** Works as it should. */
    UP,
    /** Works, but somebody should look. */
    DEGRADED,
    /** Does not work. */
    DOWN;

    /**
     * {@return the worse of the two}
     *
     * @param other what to compare with
     */
    public Status worse(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** {@return 200 for {@link #UP} and {@link #DEGRADED}, 503 for {@link #DOWN}} */
    public int httpStatus() {
        return switch (this) {
            case UP, DEGRADED -> 200;
            case DOWN -> 503;
        };
    }
}
