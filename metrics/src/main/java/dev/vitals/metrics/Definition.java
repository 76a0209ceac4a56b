package dev.vitals.metrics;

import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.HISTOGRAM;

import dev.vitals.metrics.MetricCatalogue.Metric;
import java.util.List;

/**
 * A meter of Vitals, defined once: what registers it and what lists it both read this.
 *
 * @param meter its name in Micrometer
 * @param type its type
 * @param unit its base unit, empty where it has none
 * @param tags its tag keys
 * @param description what it says, for people
 */
record Definition(String meter, MetricCatalogue.Type type, String unit, List<String> tags, String description) {
    static final String METHOD = "http.request.method";
    static final String ROUTE = "http.route";
    static final String STATUS_CODE = "http.response.status_code";
    static final String SCHEME = "url.scheme";
    static final String ERROR_TYPE = "error.type";

    static final Definition REQUEST_DURATION = new Definition(
            "http.server.request.duration",
            HISTOGRAM,
            "seconds",
            List.of(METHOD, ROUTE, STATUS_CODE, SCHEME, ERROR_TYPE),
            "Duration of HTTP requests served");
    static final Definition ACTIVE_REQUESTS = new Definition(
            "http.server.active_requests", GAUGE, "", List.of(), "HTTP requests under way at this moment");
    static final Definition LABELS_FOLDED = new Definition(
            "vitals.labels.folded",
            COUNTER,
            "",
            List.of("meter", "label"),
            "How often a label value was folded into _OTHER, or left out, because its label or its meter had reached its bound");
    static final Definition CHECK_STATUS = new Definition(
            "vitals.health.check.status",
            GAUGE,
            "",
            List.of("check", "status"),
            "1 for the status that a check has, 0 for the others: up, degraded, down");
    static final Definition PROBE_STATUS = new Definition(
            "vitals.health.probe.status",
            GAUGE,
            "",
            List.of("probe", "status"),
            "1 for the status that a probe has, 0 for the others: starting, up, degraded, down, maintenance, draining");
    static final Definition CHECK_DURATION = new Definition(
            "vitals.health.check.duration",
            GAUGE,
            "seconds",
            List.of("check"),
            "How long the last run of a check took; NaN before the first");
    static final Definition CHECK_AGE = new Definition(
            "vitals.health.check.age",
            GAUGE,
            "seconds",
            List.of("check"),
            "How long ago the last run of a check began; NaN before the first");
    static final Definition CHECK_STALE = new Definition(
            "vitals.health.check.stale",
            GAUGE,
            "",
            List.of("check"),
            "1 while a check is DOWN because its result is older than it may be, else 0");
    static final Definition CHECK_CAUSED = new Definition(
            "vitals.health.check.caused",
            GAUGE,
            "",
            List.of("check"),
            "1 while a check is DOWN because of another that it depends on, else 0: who counts failures leaves it out");
    static final Definition CHECK_HANG = new Definition(
            "vitals.health.check.hang",
            GAUGE,
            "seconds",
            List.of("check"),
            "How long ago the run of a check began that goes on past its deadline; 0 while none does");
    static final Definition CHECK_LATE = new Definition(
            "vitals.health.check.late",
            COUNTER,
            "",
            List.of("check"),
            "Results of a check that came after its deadline and were dropped");
    static final Definition CHECK_MEASUREMENT = new Definition(
            "vitals.health.check.measurement",
            GAUGE,
            "",
            List.of("check", "name", "unit"),
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
    static final Definition BUILD_INFO = new Definition(
            "vitals.build.info", GAUGE, "", List.of("version"), "1, labelled with the version of Vitals");

    static final List<Definition> ALL = List.of(
            REQUEST_DURATION,
            ACTIVE_REQUESTS,
            LABELS_FOLDED,
            CHECK_STATUS,
            PROBE_STATUS,
            CHECK_DURATION,
            CHECK_AGE,
            CHECK_STALE,
            CHECK_CAUSED,
            CHECK_HANG,
            CHECK_LATE,
            CHECK_MEASUREMENT,
            ENGINE_STALLED,
            ENGINE_RUNS,
            ENGINE_RUNS_HUNG,
            ENGINE_EVENTS_DROPPED,
            BUILD_INFO);

    /** What Prometheus sees of this meter: for a histogram, Micrometer adds a gauge of the recent maximum. */
    List<Metric> metrics() {
        List<String> labels = tags.stream().map(Definition::underscored).toList();
        String name = underscored(meter) + (unit.isEmpty() ? "" : "_" + unit);
        return switch (type) {
            case GAUGE -> List.of(new Metric(name, type, unit, labels, description));
            case COUNTER -> List.of(new Metric(name + "_total", type, unit, labels, description));
            case HISTOGRAM ->
                List.of(
                        new Metric(name, type, unit, labels, description),
                        new Metric(name + "_max", GAUGE, unit, labels, description));
        };
    }

    private static String underscored(String dotted) {
        return dotted.replace('.', '_');
    }
}
