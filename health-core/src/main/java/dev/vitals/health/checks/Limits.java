package dev.vitals.health.checks;

import dev.vitals.health.Status;

/**
 * From which figure on something is DEGRADED, and from which DOWN.
 *
 * @param degraded from here on DEGRADED
 * @param down from here on DOWN; infinite where nothing is
 */
record Limits(double degraded, double down) {
    Limits {
        if (degraded > down) {
            throw new IllegalArgumentException(
                    "DEGRADED from " + degraded + " on would never be seen, since DOWN begins at " + down
                            + ": DEGRADED must begin first. Where both are raised, say DOWN's first");
        }
    }

    Status of(double figure) {
        return figure >= down ? Status.DOWN : figure >= degraded ? Status.DEGRADED : Status.UP;
    }
}
