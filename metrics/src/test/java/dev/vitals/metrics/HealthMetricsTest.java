package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthResult;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:30:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private boolean broken;
    private HealthReport report = report(Lifecycle.RUNNING, Status.UP, check("database"));

    @ParameterizedTest
    @CsvSource({
        "RUNNING, UP, up up up up",
        "RUNNING, DEGRADED, degraded degraded degraded degraded",
        "RUNNING, DOWN, down down down down",
        "STARTING, DOWN, starting down starting starting",
        "STARTING, DEGRADED, degraded degraded degraded degraded",
        "STARTING, UP, up up up up",
        "MAINTENANCE, UP, up up maintenance up",
        "MAINTENANCE, DOWN, down down maintenance down",
        "DRAINING, UP, up up draining up",
        "DRAINING, DOWN, down down draining down",
    })
    void aRolloutLooksLikeOne(Lifecycle lifecycle, Status all, String expected) {
        bind(report(lifecycle, all, check("database")));

        var held = new ArrayList<String>();
        for (String probe : List.of("health", "liveness", "readiness", "startup")) {
            held.addAll(holding("vitals.health.probe.status", "probe", probe));
        }
        assertThat(String.join(" ", held)).isEqualTo(expected);
    }

    @Test
    void aStartThatNeverEndsHidesNoReadiness() {
        var report = report(Lifecycle.STARTING, Status.UP, check("database"));
        report.probes().put(Probe.STARTUP, Status.DOWN);
        bind(report);

        assertThat(holding("vitals.health.probe.status", "probe", "readiness")).containsExactly("up");
        assertThat(holding("vitals.health.probe.status", "probe", "startup")).containsExactly("starting");
    }

    @Test
    void aCheckIsOneSeriesForEachStatus() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("database")));
        assertThat(registry.get("vitals.health.check.status").gauges()).hasSize(4);
        assertThat(holding("vitals.health.check.status", "check", "database")).containsExactly("up");

        later(report(Lifecycle.RUNNING, Status.DOWN, check("database", Status.DOWN, NOW, Duration.ofMillis(5), 0)));
        assertThat(holding("vitals.health.check.status", "check", "database")).containsExactly("down");
    }

    @Test
    void aCheckThatWasNotLookedAtYetIsNeitherDownNorUp() {
        bind(report(Lifecycle.STARTING, Status.DOWN, check("database", Status.DOWN, null, null, 0)));
        assertThat(holding("vitals.health.check.status", "check", "database")).containsExactly("starting");

        later(report(Lifecycle.STARTING, Status.DOWN, check("database", Status.DOWN, NOW, Duration.ZERO, 0)));
        assertThat(holding("vitals.health.check.status", "check", "database")).containsExactly("down");
    }

    @Test
    void theMonitorsOwnCountsArePublished() {
        bind(report(Lifecycle.RUNNING, Status.UP, counting("database", 0, 0)));
        assertThat(registry.scrape())
                .contains(
                        "vitals_health_check_transitions_total{check=\"database\"} 0.0",
                        "vitals_health_check_hung_total{check=\"database\"} 0.0");

        later(report(Lifecycle.RUNNING, Status.UP, counting("database", 5, 3)));
        System.gc();
        assertThat(registry.scrape())
                .contains(
                        "vitals_health_check_transitions_total{check=\"database\"} 5.0",
                        "vitals_health_check_hung_total{check=\"database\"} 3.0");
    }

    @Test
    void aReportThatThrowsLeavesTheScrapeWhole() {
        bind(report(Lifecycle.RUNNING, Status.UP, counting("database", 5, 3)));
        registry.counter("orders.accepted").increment();
        long whole = series();
        nanos.addAndGet(1_000_000_000L);
        broken = true;

        assertThat(series()).isEqualTo(whole);
        assertThat(registry.scrape())
                .contains(
                        "vitals_health_check_transitions_total{check=\"database\"} 5.0",
                        "vitals_health_check_hung_total{check=\"database\"} 3.0",
                        "vitals_health_check_age_seconds{check=\"database\"} NaN",
                        "orders_accepted_total 1.0");
        broken = false;
        later(report(Lifecycle.RUNNING, Status.UP, counting("database", 6, 3)));
        assertThat(registry.scrape()).contains("vitals_health_check_transitions_total{check=\"database\"} 6.0");
    }

    @Test
    void aCheckIsFewSeries() {
        bind(report(Lifecycle.RUNNING, Status.UP));
        long without = series();
        registry.clear();
        bind(report(Lifecycle.RUNNING, Status.UP, check("database")));

        assertThat(series() - without).isEqualTo(12);
    }

    @Test
    void aClockThatJumpsOverCenturiesBreaksNothing() {
        var longAgo = Instant.parse("-9999-01-01T00:00:00Z");
        bind(report(Lifecycle.RUNNING, Status.UP, check("database", Status.UP, longAgo, Duration.ZERO, 0)));

        assertThat(gauge("vitals.health.check.age").value()).isBetween(3.7e11, 3.9e11);
    }

    @Test
    void durationAndAgeAreInSecondsAndUnknownBeforeTheFirstRun() {
        bind(report(Lifecycle.STARTING, Status.DOWN, check("database", Status.DOWN, null, null, 0)));
        assertThat(gauge("vitals.health.check.duration").value()).isNaN();
        assertThat(gauge("vitals.health.check.age").value()).isNaN();

        later(report(
                Lifecycle.RUNNING,
                Status.UP,
                check("database", Status.UP, NOW.minusMillis(2_500), Duration.ofMillis(20), 0)));
        assertThat(gauge("vitals.health.check.duration").value()).isEqualTo(0.02);
        assertThat(gauge("vitals.health.check.age").value()).isEqualTo(2.5);

        later(report(
                Lifecycle.RUNNING, Status.UP, check("database", Status.UP, NOW.plusSeconds(60), Duration.ZERO, 0)));
        assertThat(gauge("vitals.health.check.age").value())
                .as("the clock was put back")
                .isZero();
    }

    @Test
    void aResultThatIsTooOldIsToldFromOneThatIsBad() {
        bind(report(Lifecycle.RUNNING, Status.DOWN, check("database", Status.DOWN, NOW, Duration.ofMillis(5), 0)));
        assertThat(gauge("vitals.health.check.stale").value()).isZero();

        later(report(Lifecycle.RUNNING, Status.DOWN, stale("database")));
        assertThat(gauge("vitals.health.check.stale").value()).isOne();

        later(report(Lifecycle.RUNNING, Status.UP, check("database")));
        assertThat(gauge("vitals.health.check.stale").value()).isZero();
    }

    @Test
    void lateResultsAreCounted() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("database", Status.UP, NOW, Duration.ZERO, 3)));

        assertThat(registry.get("vitals.health.check.late")
                        .tag("check", "database")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
        System.gc();
        assertThat(registry.scrape()).contains("vitals_health_check_late_total{check=\"database\"} 3.0");
    }

    @Test
    void whatIsDownBecauseOfAnotherIsToldFromTheCause() {
        bind(report(Lifecycle.RUNNING, Status.DOWN, check("database", Status.DOWN, NOW, Duration.ZERO, 0)));
        assertThat(gauge("vitals.health.check.caused").value()).isZero();

        later(report(Lifecycle.RUNNING, Status.DOWN, down("database", "network", null)));
        assertThat(gauge("vitals.health.check.caused").value()).isOne();
        assertThat(holding("vitals.health.check.status", "check", "database")).containsExactly("down");
    }

    @Test
    void aHangHasAnAgeAndNoneIsZero() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("database")));
        assertThat(gauge("vitals.health.check.hang").value()).isZero();

        var hang = new HealthReport.Hang(Duration.ofMillis(34_500), List.of("SocketDispatcher.read0"));
        later(report(Lifecycle.RUNNING, Status.DOWN, down("database", null, hang)));
        assertThat(gauge("vitals.health.check.hang").value()).isEqualTo(34.5);

        later(report(Lifecycle.RUNNING, Status.UP, check("database")));
        assertThat(gauge("vitals.health.check.hang").value()).isZero();
    }

    @Test
    void howTheEngineDoesIsPublished() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("database")));
        assertThat(registry.scrape()).contains("vitals_engine_stalled 0.0", "vitals_engine_events_dropped_total 0.0");

        later(withEngine(report, new HealthReport.Engine(true, 5, 2, 7)));
        nanos.addAndGet(1_000_000_000L);
        assertThat(registry.scrape())
                .contains(
                        "vitals_engine_stalled 1.0",
                        "vitals_engine_runs 5.0",
                        "vitals_engine_runs_hung 2.0",
                        "vitals_engine_events_dropped_total 7.0");
    }

    @Test
    void aSignOfLifeHasNoRunsToMeasure() {
        var sign = new HealthReport.Check(
                "worker",
                Status.UP,
                true,
                Set.of(Probe.HEALTH, Probe.LIVENESS),
                null,
                null,
                false,
                null,
                NOW,
                null,
                Map.of(),
                List.of(),
                0,
                0,
                0,
                null);
        bind(report(Lifecycle.RUNNING, Status.UP, sign));

        assertThat(holding("vitals.health.check.status", "check", "worker")).containsExactly("up");
        assertThat(registry.find("vitals.health.check.duration").gauges()).isEmpty();
        assertThat(registry.find("vitals.health.check.age").gauges()).isEmpty();
        assertThat(registry.find("vitals.health.check.stale").gauges()).isEmpty();
        assertThat(registry.find("vitals.health.check.late").functionCounters()).isEmpty();
        assertThat(registry.find("vitals.health.check.caused").gauges()).isEmpty();
        assertThat(registry.find("vitals.health.check.hang").gauges()).isEmpty();
        assertThat(registry.find("vitals.health.check.hung").functionCounters()).isEmpty();
        assertThat(registry.find("vitals.health.check.transitions").functionCounters())
                .isEmpty();
    }

    @Test
    void oneScrapeReadsOneReport() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("database"), check("redis"), check("queue")));
        nanos.addAndGet(250_000_000L);
        long before = reads.get();

        registry.scrape();
        registry.scrape();
        assertThat(reads.get() - before).isOne();

        nanos.addAndGet(250_000_000L);
        registry.scrape();
        assertThat(reads.get() - before).isEqualTo(2);
    }

    @Test
    void measurementsComeChangeAndGoWithTheReports() {
        bind(report(Lifecycle.RUNNING, Status.UP, check("pool")));
        assertThat(measurements()).isEmpty();

        later(report(
                Lifecycle.RUNNING,
                Status.UP,
                measuring("pool", new Measurement("connections.active", "{connection}", 7))));
        assertThat(measurements()).containsExactly("pool connections.active {connection} 7.0");

        later(report(
                Lifecycle.RUNNING,
                Status.UP,
                measuring(
                        "pool",
                        new Measurement("connections.active", "{connection}", 9),
                        new Measurement("wait", "s", 0.5))));
        assertThat(measurements()).containsExactly("pool connections.active {connection} 9.0", "pool wait s 0.5");

        later(report(Lifecycle.RUNNING, Status.UP, measuring("pool", new Measurement("wait", "s", 0.25))));
        assertThat(measurements()).containsExactly("pool wait s 0.25");
    }

    @Test
    void aCheckCannotMakeSeriesWithoutBound() {
        for (int round = 0; round < 10; round++) {
            int start = round * 1_000;
            var many = IntStream.range(start, start + 1_000)
                    .mapToObj(i -> new Measurement("m" + i, "1", i))
                    .toArray(Measurement[]::new);
            HealthReport next = report(Lifecycle.RUNNING, Status.UP, measuring("pool", many));
            if (round == 0) {
                bind(next);
            } else {
                later(next);
            }
        }

        assertThat(measurements()).hasSize(32);
        assertThat(registry.get("vitals.labels.folded")
                        .tag("label", "name")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(10 * (1_000 - 32));
    }

    @Test
    void theBuildsVersionIsALabel() {
        bind(report);

        String version = gauge("vitals.build.info").getId().getTag("version");
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void aSecondMonitorOnOneRegistryIsRefused() {
        bind(report);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bind(report))
                .withMessageContaining("put all checks into one HealthMonitor");
    }

    private void bind(HealthReport first) {
        report = first;
        HealthMetrics.bind(
                () -> {
                    reads.incrementAndGet();
                    if (broken) {
                        throw new IllegalStateException("no report");
                    }
                    return report;
                },
                registry,
                nanos::get);
    }

    private void later(HealthReport next) {
        report = next;
        nanos.addAndGet(1_000_000_000L);
        // As a first scrape does: gauges follow what it has read.
        registry.scrape();
    }

    private long series() {
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).count();
    }

    private List<String> measurements() {
        return registry.find("vitals.health.check.measurement").gauges().stream()
                .map(gauge -> gauge.getId().getTag("check") + " "
                        + gauge.getId().getTag("name") + " " + gauge.getId().getTag("unit") + " " + gauge.value())
                .sorted()
                .toList();
    }

    private Gauge gauge(String name) {
        return registry.get(name).gauge();
    }

    /** The statuses that hold: one, if all is well. */
    private List<String> holding(String meter, String key, String value) {
        return registry.get(meter).tag(key, value).gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> String.valueOf(gauge.getId().getTag("status")))
                .toList();
    }

    private static HealthReport report(Lifecycle lifecycle, Status all, HealthReport.Check... checks) {
        var probes = new EnumMap<Probe, Status>(Probe.class);
        for (Probe probe : Probe.values()) {
            probes.put(probe, all);
        }
        return new HealthReport(
                NOW, lifecycle, null, probes, List.of(checks), List.of(), new HealthReport.Engine(false, 0, 0, 0));
    }

    private static HealthReport.Check check(String name) {
        return check(name, Status.UP, NOW, Duration.ofMillis(1), 0);
    }

    private static HealthReport.Check check(
            String name, Status status, @Nullable Instant checkedAt, @Nullable Duration duration, long late) {
        return new HealthReport.Check(
                name,
                status,
                true,
                Set.of(Probe.HEALTH, Probe.READINESS),
                null,
                null,
                false,
                NOW,
                checkedAt,
                duration,
                Map.of(),
                List.of(),
                0,
                0,
                late,
                null);
    }

    private static HealthReport.Check counting(String name, long transitions, long missed) {
        return new HealthReport.Check(
                name,
                Status.UP,
                true,
                Set.of(Probe.HEALTH, Probe.READINESS),
                null,
                null,
                false,
                NOW,
                NOW,
                Duration.ZERO,
                Map.of(),
                List.of(),
                transitions,
                missed,
                0,
                null);
    }

    private static HealthReport.Check stale(String name) {
        return new HealthReport.Check(
                name,
                Status.DOWN,
                true,
                Set.of(Probe.HEALTH, Probe.READINESS),
                "stale: last looked at 60 s ago",
                null,
                true,
                NOW,
                NOW.minusSeconds(60),
                Duration.ofMillis(5),
                Map.of(),
                List.of(),
                0,
                0,
                0,
                null);
    }

    private static HealthReport.Check down(String name, @Nullable String cause, HealthReport.@Nullable Hang hang) {
        return new HealthReport.Check(
                name,
                Status.DOWN,
                true,
                Set.of(Probe.HEALTH, Probe.READINESS),
                "no answer in 2 s",
                cause,
                false,
                NOW,
                NOW,
                Duration.ofMillis(5),
                Map.of(),
                List.of(),
                0,
                0,
                0,
                hang);
    }

    private static HealthReport withEngine(HealthReport report, HealthReport.Engine engine) {
        return new HealthReport(
                report.at(),
                report.lifecycle(),
                report.maintenance(),
                report.probes(),
                report.checks(),
                report.changes(),
                engine);
    }

    private static HealthReport.Check measuring(String name, Measurement... measurements) {
        HealthResult result = HealthResult.up();
        for (Measurement measurement : measurements) {
            result = result.withMeasurement(measurement.name(), measurement.unit(), measurement.value());
        }
        return new HealthReport.Check(
                name,
                result.status(),
                true,
                Set.of(Probe.HEALTH),
                null,
                null,
                false,
                NOW,
                NOW,
                Duration.ZERO,
                Map.of(),
                result.measurements(),
                0,
                0,
                0,
                null);
    }
}
