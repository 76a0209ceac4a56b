package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a {@link HealthMonitor} knows: the status of each check and probe, how long checks take, how old
 * their results are, which of them hang, what they measured, and how the monitor itself does. No check runs for it; a
 * scrape reads one report.
 *
 * <p>It reads the monitor's report rather than listening to it: a {@link dev.vitals.health.HealthListener} that is too
 * slow loses events, and one that comes late has missed some. What is counted here (transitions, missed deadlines, late
 * results) the monitor itself counts, so nothing is lost, and no counter falls.
 *
 * <p>A status is one series for each value it can have, 1 for the one that holds and 0 for the others. A check that was
 * not looked at yet is {@code starting}, and neither up nor down. A probe can also be {@code starting}, {@code maintenance} or {@code draining}, so that what is meant looks like it: while the
 * application starts, health, readiness and startup are {@code starting} rather than {@code down}; while it is kept out
 * of traffic, readiness is {@code maintenance}; while it drains, {@code draining}.
 */
public final class HealthMetrics {
    private static final List<String> PROBE_STATUSES =
            List.of("starting", "up", "degraded", "down", "maintenance", "draining");
    private static final List<String> CHECK_STATUSES = List.of("starting", "up", "degraded", "down");

    private final RecentReport recent;
    private final MeterRegistry registry;

    private HealthMetrics(RecentReport recent, MeterRegistry registry) {
        this.recent = recent;
        this.registry = registry;
    }

    /**
     * Registers the gauges of a monitor's health, and {@code vitals.build.info}, for the registry's lifetime.
     *
     * @param monitor whose health is published
     * @param registry where the meters go
     * @throws IllegalArgumentException if the registry has a monitor's health already
     */
    public static void bind(HealthMonitor monitor, MeterRegistry registry) {
        requireNonNull(monitor, "monitor");
        bind(monitor::report, requireNonNull(registry, "registry"), System::nanoTime);
    }

    static void bind(Supplier<HealthReport> reports, MeterRegistry registry, LongSupplier nanoTime) {
        if (registry.find(HealthDefinitions.PROBE_STATUS.meter()).meter() != null) {
            throw new IllegalArgumentException("this registry has " + HealthDefinitions.PROBE_STATUS.meter()
                    + " already: put all checks into one HealthMonitor");
        }
        var measurements = new MeasurementGauges(registry, Scrubber.standard());
        var recent = new RecentReport(reports, measurements::follow, nanoTime);
        new HealthMetrics(recent, registry).register();
    }

    private void register() {
        for (Probe probe : Probe.values()) {
            for (String status : PROBE_STATUSES) {
                gauge(
                        HealthDefinitions.PROBE_STATUS,
                        () -> oneIf(status.equals(status(recent.get(), probe))),
                        "probe",
                        lower(probe),
                        "status",
                        status);
            }
        }
        for (HealthReport.Check check : recent.get().checks()) {
            register(check);
        }
        registerEngine();
        SelfMetrics.buildInfo(registry);
    }

    private void registerEngine() {
        gauge(
                HealthDefinitions.ENGINE_STALLED,
                () -> oneIf(recent.get().engine().stalled()));
        gauge(HealthDefinitions.ENGINE_RUNS, () -> recent.get().engine().underWay());
        gauge(HealthDefinitions.ENGINE_RUNS_HUNG, () -> recent.get().engine().hung());
        counter(
                HealthDefinitions.ENGINE_EVENTS_DROPPED,
                () -> recent.get().engine().droppedEvents());
    }

    private void register(HealthReport.Check check) {
        String name = check.name();
        for (String status : CHECK_STATUSES) {
            gauge(
                    HealthDefinitions.CHECK_STATUS,
                    () -> oneIf(status.equals(status(recent.check(name)))),
                    "check",
                    name,
                    "status",
                    status);
        }
        // A sign of life is asked at reading time: it has no run, so no duration, no age, no lateness.
        if (!check.probes().contains(Probe.LIVENESS)) {
            gauge(
                    HealthDefinitions.CHECK_DURATION,
                    () -> seconds(recent.check(name).duration()),
                    "check",
                    name);
            gauge(HealthDefinitions.CHECK_AGE, () -> seconds(age(recent.get(), recent.check(name))), "check", name);
            gauge(HealthDefinitions.CHECK_STALE, () -> oneIf(recent.check(name).stale()), "check", name);
            gauge(HealthDefinitions.CHECK_CAUSED, () -> oneIf(recent.check(name).cause() != null), "check", name);
            gauge(HealthDefinitions.CHECK_HANG, () -> hang(recent.check(name)), "check", name);
            counter(
                    HealthDefinitions.CHECK_TRANSITIONS,
                    () -> recent.check(name).transitions(),
                    "check",
                    name);
            counter(HealthDefinitions.CHECK_HUNG, () -> recent.check(name).missedDeadlines(), "check", name);
            counter(HealthDefinitions.CHECK_LATE, () -> recent.check(name).lateResults(), "check", name);
        }
    }

    private void counter(Definition definition, LongSupplier value, String... tags) {
        WorkMeters.counted(registry, definition, value, tags);
    }

    private void gauge(Definition definition, Supplier<Number> value, String... tags) {
        Gauge.builder(definition.meter(), value)
                .description(definition.description())
                .baseUnit(definition.unit().isEmpty() ? null : definition.unit())
                .tags(tags)
                .register(registry);
    }

    private static String status(HealthReport report, Probe probe) {
        Status status = report.status(probe);
        Lifecycle lifecycle = report.lifecycle();
        boolean outOfTraffic = lifecycle == Lifecycle.MAINTENANCE || lifecycle == Lifecycle.DRAINING;
        if (probe == Probe.READINESS && outOfTraffic) {
            return lower(lifecycle);
        }
        boolean notUpYet = lifecycle == Lifecycle.STARTING && status == Status.DOWN && probe != Probe.LIVENESS;
        return lower(notUpYet ? lifecycle : status);
    }

    private static String status(HealthReport.Check check) {
        return lower(check.checkedAt() == null ? Lifecycle.STARTING : check.status());
    }

    private static double hang(HealthReport.Check check) {
        return check.hang() == null ? 0 : seconds(check.hang().age());
    }

    private static @Nullable Duration age(HealthReport report, HealthReport.Check check) {
        return check.checkedAt() == null ? null : Duration.between(check.checkedAt(), report.at());
    }

    /** Never negative, and never too long for a long: the wall's clock may have been put anywhere. */
    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : Math.max(0, duration.getSeconds() + duration.getNano() / 1e9);
    }

    private static int oneIf(boolean holds) {
        return holds ? 1 : 0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
