package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.Definition.named;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;

import java.util.List;

/** The meters of Vitals itself: what it folded, dropped and failed at. */
final class SelfDefinitions {
    static final Definition LABELS_FOLDED = new Definition(
            "vitals.labels.folded",
            COUNTER,
            "",
            List.of(named("meter", "the meters with bounds"), named("label", "their labels")),
            "How often a label value was folded into _OTHER, or left out, because its label or its meter had reached its bound");
    static final Definition OBSERVER_FAILURES = new Definition(
            "vitals.http.observer.failures",
            COUNTER,
            "",
            List.of(),
            "How often an observer of HTTP requests, served or made, has thrown, and was left out of that request");
    static final Definition ENDPOINT_FAILURES = new Definition(
            "vitals.http.endpoint.failures",
            COUNTER,
            "",
            List.of(),
            "How often an endpoint of the management server has thrown, and answered a bare 500");
    static final Definition REPORTS_DROPPED = new Definition(
            "vitals.errors.reports.dropped",
            COUNTER,
            "",
            List.of(),
            "Error reports that were not sent, or only as a skeleton");
    static final Definition EVENTS_SUPPRESSED = new Definition(
            "vitals.errors.events.suppressed",
            COUNTER,
            "",
            List.of(),
            "Errors that were not reported because too many like them came");
    static final Definition TEXTS_UNSCRUBBABLE = new Definition(
            "vitals.scrubbing.texts.unscrubbable",
            COUNTER,
            "",
            List.of(),
            "Texts that could not be scrubbed, and were left out");
    static final Definition BUILD_INFO = new Definition(
            "vitals.build.info",
            GAUGE,
            "",
            List.of(bounded("version", 1, "the version of Vitals")),
            "1, labelled with the version of Vitals");

    static final List<Definition> ALL = List.of(
            LABELS_FOLDED,
            OBSERVER_FAILURES,
            ENDPOINT_FAILURES,
            REPORTS_DROPPED,
            EVENTS_SUPPRESSED,
            TEXTS_UNSCRUBBABLE,
            BUILD_INFO);

    private SelfDefinitions() {}
}
