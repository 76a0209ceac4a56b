package dev.vitals.health;

import dev.vitals.health.HealthReport.Change;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Engine;
import dev.vitals.health.HealthReport.Hang;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports as they come from a monitor on a bad night; the bodies in {@code docs/health-formats.md} are theirs. */
final class SampleReports {
    static final Instant NOW = Instant.parse("2026-11-21T07:30:12Z");

    private SampleReports() {}

    static HealthReport night() {
        return report(Lifecycle.RUNNING, null, nightly());
    }

    static HealthReport maintenance() {
        return report(Lifecycle.MAINTENANCE, "moving to the new database, until 08:00", nightly());
    }

    static HealthReport report(Lifecycle lifecycle, String maintenance, List<Check> checks) {
        var probes = new EnumMap<Probe, Status>(Probe.class);
        for (Probe probe : Probe.values()) {
            Status status = Status.UP;
            for (Check check : checks) {
                if (check.probes().contains(probe)) {
                    boolean softened = !check.critical() && check.status() == Status.DOWN;
                    status = status.worse(softened ? Status.DEGRADED : check.status());
                }
            }
            probes.put(probe, status);
        }
        if (lifecycle == Lifecycle.MAINTENANCE || lifecycle == Lifecycle.DRAINING) {
            probes.put(Probe.READINESS, Status.DOWN);
        }
        return new HealthReport(
                NOW, lifecycle, maintenance, Map.copyOf(probes), checks, changes(), new Engine(false, 2, 1, 0));
    }

    private static List<Check> nightly() {
        var database = new LinkedHashMap<String, Object>();
        database.put("product", "PostgreSQL 18.6");
        database.put("pool", Map.of("active", 3, "idle", 7));
        return List.of(
                check("worker", Status.UP, true, Set.of(Probe.LIVENESS), null, null, null, Map.of(), List.of()),
                check(
                        "database",
                        Status.UP,
                        true,
                        Set.of(Probe.READINESS),
                        null,
                        null,
                        null,
                        database,
                        List.of(new HealthResult.Measurement("connections.active", "{connection}", 3))),
                check(
                        "redis",
                        Status.DEGRADED,
                        false,
                        Set.of(Probe.READINESS),
                        "memory at 91 % of maxmemory, policy noeviction",
                        null,
                        null,
                        Map.of("usedBytes", 954728448L),
                        List.of(new HealthResult.Measurement("memory.utilization", "1", 0.91))),
                check(
                        "pricing",
                        Status.DOWN,
                        true,
                        Set.of(),
                        "no answer in 2 s, hangs since 34 s at SocketDispatcher.read0",
                        null,
                        new Hang(
                                Duration.ofSeconds(34),
                                List.of(
                                        "SocketDispatcher.read0",
                                        "SocketDispatcher.read",
                                        "NioSocketImpl.tryRead",
                                        "PricingClient.quote",
                                        "PricingCheck.check")),
                        Map.of(),
                        List.of()),
                check(
                        "quotes",
                        Status.DOWN,
                        false,
                        Set.of(),
                        "because of pricing: no prices to quote from",
                        "pricing",
                        null,
                        Map.of(),
                        List.of()),
                check("migrations", Status.UP, true, Set.of(Probe.STARTUP), null, null, null, Map.of(), List.of()));
    }

    static Check check(
            String name,
            Status status,
            boolean critical,
            Set<Probe> counts,
            String reason,
            String cause,
            Hang hang,
            Map<String, Object> details,
            List<HealthResult.Measurement> measurements) {
        Set<Probe> probes = EnumSet.of(Probe.HEALTH);
        probes.addAll(counts);
        boolean isSign = counts.contains(Probe.LIVENESS);
        return new Check(
                name,
                status,
                critical,
                probes,
                reason,
                cause,
                false,
                isSign ? null : NOW.minusSeconds(status == Status.UP ? 51_900 : 41),
                NOW.minusSeconds(5),
                isSign ? null : Duration.ofNanos(1_834_000),
                details,
                measurements,
                hang == null ? 0 : 1,
                hang == null ? 0 : 4,
                hang == null ? 0 : 3,
                hang);
    }

    private static List<Change> changes() {
        return List.of(
                new Change(NOW.minusSeconds(51_900), "database", null, Status.UP, null, null),
                new Change(
                        NOW.minusSeconds(45),
                        "redis",
                        Status.UP,
                        Status.DEGRADED,
                        "memory at 91 % of maxmemory, policy noeviction",
                        null),
                new Change(NOW.minusSeconds(41), "pricing", Status.UP, Status.DOWN, "no answer in 2 s", null),
                new Change(
                        NOW.minusSeconds(41), "quotes", Status.UP, Status.DOWN, "no prices to quote from", "pricing"));
    }

    /** So many results, every fortieth of them bad, the last ones as the check is now. */
    static List<Point> history(String check, int count) {
        if (check.equals("worker")) {
            return List.of();
        }
        Status now = night().checks().stream()
                .filter(each -> each.name().equals(check))
                .map(Check::status)
                .findFirst()
                .orElse(Status.UP);
        var points = new ArrayList<Point>();
        for (int i = 0; i < count; i++) {
            Status status = i % 40 == 17 ? Status.DOWN : Status.UP;
            points.add(new Point(
                    NOW.minusSeconds(10L * (count - i)),
                    i >= count - 4 ? now : status,
                    Duration.ofNanos(1_700_000 + i * 31_000L)));
        }
        return points;
    }

    static ProbeView view(HealthReport report, Probe probe) {
        return ProbeView.of(report, probe, check -> history(check, 120), "");
    }
}
