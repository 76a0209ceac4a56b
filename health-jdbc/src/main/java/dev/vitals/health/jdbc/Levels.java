package dev.vitals.health.jdbc;

import dev.vitals.health.Status;

/**
 * From which figure on something is DEGRADED, and from which DOWN.
 *
 * @param degraded from here on DEGRADED
 * @param down from here on DOWN; infinite where nothing is
 */
record Levels(double degraded, double down) {
    Levels {
        if (degraded > down) {
            throw new IllegalArgumentException(
                    "DEGRADED from " + degraded + " on would never be seen, since DOWN begins at " + down
                            + ": DEGRADED must begin first. Where both are raised, say DOWN's first");
        }
    }

    Status of(double figure) {
        return figure >= down ? Status.DOWN : figure >= degraded ? Status.DEGRADED : Status.UP;
    }

    /** The level that a figure has reached: the one to be named beside it. */
    double reachedBy(double figure) {
        return figure >= down ? down : degraded;
    }
}
