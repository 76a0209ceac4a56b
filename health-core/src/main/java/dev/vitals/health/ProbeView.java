package dev.vitals.health;

import dev.vitals.health.HealthReport.Change;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Point;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one body shows of a report.
 *
 * @param report the report
 * @param probe whose body it is
 * @param checks the checks that count for the probe, so many at the most
 * @param leftOut how many more there are
 * @param changes the last changes of the probe's checks, oldest first
 * @param history the last results of a check, oldest first
 * @param root the way from the page's own path to that of {@code /health}'s parent, for links
 */
record ProbeView(
        HealthReport report,
        Probe probe,
        List<Check> checks,
        int leftOut,
        List<Change> changes,
        Function<String, List<Point>> history,
        String root) {
    static final int MOST_CHECKS = 1_000;
    static final int MOST_CHANGES = 50;

    static ProbeView of(HealthReport report, Probe probe, Function<String, List<Point>> history, String root) {
        List<Check> all = report.checks().stream()
                .filter(check -> check.probes().contains(probe))
                .toList();
        List<Check> checks = all.size() <= MOST_CHECKS ? all : worstFirst(all).subList(0, MOST_CHECKS);
        Set<String> names = new HashSet<>();
        all.forEach(check -> names.add(check.name()));
        List<Change> changes = report.changes().stream()
                .filter(change -> names.contains(change.check()))
                .toList();
        return new ProbeView(
                report,
                probe,
                checks,
                all.size() - checks.size(),
                changes.subList(Math.max(0, changes.size() - MOST_CHANGES), changes.size()),
                history,
                root);
    }

    Status status() {
        return report.status(probe);
    }

    static List<Check> worstFirst(List<Check> checks) {
        return checks.stream()
                .sorted(Comparator.comparing(Check::status).reversed())
                .toList();
    }
}
