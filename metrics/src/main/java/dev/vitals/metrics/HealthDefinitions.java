package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.Definition.named;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.util.List;

/** The meters of health: of each check, of each probe, and of the monitor itself. */
final class HealthDefinitions {
    static final int MOST_MEASUREMENTS = 32;

    private static final Label CHECK = named("check", "the checks");

    static final Definition CHECK_STATUS = new Definition(
            "vitals.health.check.status",
            GAUGE,
            "",
            List.of(CHECK, bounded("status", 4, "`starting`, `up`, `degraded`, `down`")),
            "1 for the status that a check has, 0 for the others: starting (not looked at yet), up, degraded, down");
    static final Definition PROBE_STATUS = new Definition(
            "vitals.health.probe.status",
            GAUGE,
            "",
            List.of(
                    bounded("probe", 4, "`liveness`, `readiness`, `startup`, `health`"),
                    bounded("status", 6, "`starting`, `up`, `degraded`, `down`, `maintenance`, `draining`")),
            "1 for the status that a probe has, 0 for the others: starting, up, degraded, down, maintenance, draining");
    static final Definition CHECK_DURATION = new Definition(
            "vitals.health.check.duration",
            GAUGE,
            "seconds",
            List.of(CHECK),
            "How long the last run of a check took; NaN before the first");
    static final Definition CHECK_AGE = new Definition(
            "vitals.health.check.age",
            GAUGE,
            "seconds",
            List.of(CHECK),
            "How long ago the last run of a check began; NaN before the first");
    static final Definition CHECK_STALE = new Definition(
            "vitals.health.check.stale",
            GAUGE,
            "",
            List.of(CHECK),
            "1 while a check is DOWN because its result is older than it may be, else 0");
    static final Definition CHECK_CAUSED = new Definition(
            "vitals.health.check.caused",
            GAUGE,
            "",
            List.of(CHECK),
            "1 while a check is DOWN because of another that it depends on, else 0: who counts failures leaves it out");
    static final Definition CHECK_HANG = new Definition(
            "vitals.health.check.hang",
            GAUGE,
            "seconds",
            List.of(CHECK),
            "How long ago the run of a check began that goes on past its deadline; 0 while none does");
    static final Definition CHECK_LATE = new Definition(
            "vitals.health.check.late",
            COUNTER,
            "",
            List.of(CHECK),
            "Results of a check that came after its deadline and were dropped");
    static final Definition CHECK_HUNG = new Definition(
            "vitals.health.check.hung",
            COUNTER,
            "",
            List.of(CHECK),
            "Runs of a check that had no answer at their deadline");
    static final Definition CHECK_TRANSITIONS = new Definition(
            "vitals.health.check.transitions",
            COUNTER,
            "",
            List.of(CHECK),
            "How often the status of a check has changed, its first result left out");
    static final Definition CHECK_MEASUREMENT = new Definition(
            "vitals.health.check.measurement",
            GAUGE,
            "",
            List.of(
                    CHECK,
                    bounded("name", MOST_MEASUREMENTS, "what is measured; 32 a check"),
                    bounded("unit", MOST_MEASUREMENTS, "its unit in UCUM")),
            "What the last run of a check measured, in the unit that its label names");
    static final Definition ENGINE_STALLED = new Definition(
            "vitals.engine.stalled",
            GAUGE,
            "",
            List.of(),
            "1 while the thread that keeps the time of the checks is not seen at work, else 0");
    static final Definition ENGINE_RUNS = new Definition(
            "vitals.engine.runs", GAUGE, "", List.of(), "Runs of checks under way at this moment, of 64 at the most");
    static final Definition ENGINE_RUNS_HUNG = new Definition(
            "vitals.engine.runs.hung", GAUGE, "", List.of(), "Runs of checks that go on past their deadline");
    static final Definition ENGINE_EVENTS_DROPPED = new Definition(
            "vitals.engine.events.dropped",
            COUNTER,
            "",
            List.of(),
            "Calls of health listeners that were left out because a listener was too slow");
    static final List<Definition> ALL = List.of(
            CHECK_STATUS,
            PROBE_STATUS,
            CHECK_DURATION,
            CHECK_AGE,
            CHECK_STALE,
            CHECK_CAUSED,
            CHECK_HANG,
            CHECK_LATE,
            CHECK_HUNG,
            CHECK_TRANSITIONS,
            CHECK_MEASUREMENT,
            ENGINE_STALLED,
            ENGINE_RUNS,
            ENGINE_RUNS_HUNG,
            ENGINE_EVENTS_DROPPED);

    private HealthDefinitions() {}
}
