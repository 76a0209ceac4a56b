package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.util.ArrayList;
import java.util.List;

/** What one run finds wrong: the worst of it is the status, all of it the reason. Used by one thread. */
final class Findings {
    private Status status = Status.UP;
    private final List<String> reasons = new ArrayList<>();

    void add(Status found, String reason) {
        if (found != Status.UP) {
            status = status.worse(found);
            reasons.add(reason);
        }
    }

    HealthResult result() {
        String reason = String.join("; ", reasons);
        return switch (status) {
            case UP -> HealthResult.up();
            case DEGRADED -> HealthResult.degraded(reason);
            case DOWN -> HealthResult.down(reason);
        };
    }
}
