package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.util.List;

/**
 * What a history of migrations tells.
 *
 * @param failed how many failed and were not mended
 * @param pending what the application expects and is not there, in its own words
 * @param others what else is worth a look, in words for people
 */
record Migrations(int failed, List<String> pending, List<String> others) {
    private static final int MOST_SHOWN = 20;

    /** There is no such table. */
    static Migrations none(List<String> expected) {
        return new Migrations(0, expected, List.of("no history of migrations"));
    }

    HealthResult verdict(boolean downWhenPending) {
        var findings = new Findings();
        if (failed > 0) {
            findings.add(Status.DOWN, Figures.count(failed, "migration failed", "migrations failed"));
        }
        if (!pending.isEmpty()) {
            findings.add(
                    downWhenPending ? Status.DOWN : Status.DEGRADED,
                    Figures.count(pending.size(), "migration pending", "migrations pending"));
        }
        others.forEach(other -> findings.add(Status.DEGRADED, other));
        HealthResult result = findings.result()
                .withMeasurement("migrations.failed", "{migration}", failed)
                .withMeasurement("migrations.pending", "{migration}", pending.size());
        return pending.isEmpty()
                ? result
                : result.withDetail(
                        "pending", pending.stream().limit(MOST_SHOWN).toList());
    }
}
