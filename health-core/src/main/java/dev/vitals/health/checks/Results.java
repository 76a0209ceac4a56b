package dev.vitals.health.checks;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;

/** A result whose status was computed. */
final class Results {
    private Results() {}

    static HealthResult of(Status status, String reason) {
        return switch (status) {
            case UP -> HealthResult.up();
            case DEGRADED -> HealthResult.degraded(reason);
            case DOWN -> HealthResult.down(reason);
        };
    }
}
