package dev.vitals.health;

import dev.vitals.health.HealthReport.Lifecycle;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is known at one moment. Immutable once made; the engine publishes a new one at every change.
 *
 * @param definitions the checks
 * @param states what is known of them, in the same order; never written to
 * @param health comprehensive health, liveness left out
 * @param readiness readiness
 * @param startup startup
 * @param draining whether readiness is DOWN for good
 * @param starting whether some check of readiness or startup has still to speak
 */
record Snapshot(
        List<CheckDefinition> definitions,
        List<CheckState> states,
        ProbeState health,
        ProbeState readiness,
        ProbeState startup,
        boolean draining,
        boolean starting) {
    static Snapshot of(List<CheckDefinition> definitions, List<CheckState> states, boolean draining, long nanos) {
        return new Snapshot(
                definitions,
                states,
                Aggregation.aggregate(Probe.HEALTH, definitions, states, nanos),
                draining ? ProbeState.ALWAYS_DOWN : Aggregation.aggregate(Probe.READINESS, definitions, states, nanos),
                Aggregation.aggregate(Probe.STARTUP, definitions, states, nanos),
                draining,
                anyStillToSpeak(definitions, states));
    }

    Snapshot with(int index, CheckState state, long nanos) {
        var next = new ArrayList<>(states);
        next.set(index, state);
        return of(definitions, next, draining, nanos);
    }

    Snapshot drained(long nanos) {
        return of(definitions, states, true, nanos);
    }

    /** The status of a probe at a moment, given what the signs of life say at that moment. */
    Status status(Probe probe, long nanos, Status liveness) {
        return switch (probe) {
            case LIVENESS -> liveness;
            case READINESS -> readiness.at(nanos);
            case STARTUP -> startup.at(nanos);
            case HEALTH -> health.at(nanos).worse(liveness);
        };
    }

    Lifecycle lifecycle() {
        if (draining) {
            return Lifecycle.DRAINING;
        }
        return starting ? Lifecycle.STARTING : Lifecycle.RUNNING;
    }

    private static boolean anyStillToSpeak(List<CheckDefinition> definitions, List<CheckState> states) {
        for (int i = 0; i < states.size(); i++) {
            CheckDefinition definition = definitions.get(i);
            boolean unfinishedStart = definition.isStartup() && states.get(i).status() != Status.UP;
            boolean unseen =
                    definition.countsFor(Probe.READINESS) && states.get(i).neverChecked();
            if (unfinishedStart || unseen) {
                return true;
            }
        }
        return false;
    }
}
