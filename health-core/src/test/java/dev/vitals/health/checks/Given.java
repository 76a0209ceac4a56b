package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.time.Duration;

/** What the tests of all checks ask. */
final class Given {
    private Given() {}

    static HealthResult run(HealthCheck check) throws Exception {
        return check.check(Deadline.after(Duration.ofSeconds(10)));
    }

    static HealthResult run(HealthCheck check, long millis) throws Exception {
        return check.check(Deadline.after(Duration.ofMillis(millis)));
    }

    static double measured(HealthResult result, String name) {
        return result.measurements().stream()
                .filter(measurement -> measurement.name().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + result))
                .value();
    }
}
