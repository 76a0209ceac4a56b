package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.util.List;

/** What service level objectives say of themselves. */
final class SloDefinitions {
    static final int MOST = 20;

    private static final Label SLO = bounded("slo", MOST, "the objective's name");

    static final Definition OBJECTIVE = new Definition(
            "vitals.slo.objective", GAUGE, "", List.of(SLO), "The share of good events that is promised, 0 to 1");
    static final Definition THRESHOLD = new Definition(
            "vitals.slo.threshold",
            GAUGE,
            "seconds",
            List.of(SLO),
            "Up to which duration an event is good, for objectives on latency");
    static final Definition WINDOW =
            new Definition("vitals.slo.window", GAUGE, "seconds", List.of(SLO), "Over which time the objective holds");
    static final Definition EVENTS = new Definition(
            "vitals.slo.events", COUNTER, "", List.of(SLO), "Events that an objective is about, good and bad");
    static final Definition EVENTS_BAD = new Definition(
            "vitals.slo.events.bad", COUNTER, "", List.of(SLO), "Events that were not as an objective promises");

    static final List<Definition> ALL = List.of(OBJECTIVE, THRESHOLD, WINDOW, EVENTS, EVENTS_BAD);

    private SloDefinitions() {}
}
