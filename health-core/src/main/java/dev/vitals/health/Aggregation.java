package dev.vitals.health;

import java.util.List;

/** From the states of the checks to the status of a probe. Pure. */
final class Aggregation {
    /** Far enough ahead never to come, near enough for differences not to overflow. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private Aggregation() {}

    /**
     * The status of one probe.
     *
     * @param probe which
     * @param definitions the checks
     * @param states what is known of them, in the same order
     * @param nanos now, on the monotonic clock
     */
    static ProbeState aggregate(Probe probe, List<CheckDefinition> definitions, List<CheckState> states, long nanos) {
        Status status = Status.UP;
        long degradedAt = nanos + NEVER;
        long downAt = nanos + NEVER;
        boolean ages = false;
        for (int i = 0; i < states.size(); i++) {
            CheckDefinition definition = definitions.get(i);
            if (!definition.countsFor(probe)) {
                continue;
            }
            CheckState state = states.get(i);
            status = status.worse(impact(definition, state));
            if (definition.isStartup() || state.neverChecked()) {
                continue;
            }
            ages = true;
            long staleAt = staleAt(definition, state);
            if (definition.critical()) {
                downAt = ProbeState.earlier(downAt, staleAt);
            } else {
                degradedAt = ProbeState.earlier(degradedAt, staleAt);
            }
        }
        return new ProbeState(status, degradedAt, downAt, ages);
    }

    /**
     * The status of one probe in a process that was away and goes on: a result that has grown too old meanwhile is not
     * stale before there was time for a new one.
     *
     * @param resumedNanos when the process went on
     */
    static Status afterAbsence(
            Probe probe, List<CheckDefinition> definitions, List<CheckState> states, long nanos, long resumedNanos) {
        Status status = Status.UP;
        for (int i = 0; i < states.size(); i++) {
            CheckDefinition definition = definitions.get(i);
            if (!definition.countsFor(probe)) {
                continue;
            }
            CheckState state = states.get(i);
            status = status.worse(impact(definition, state));
            if (isStale(definition, state, nanos, resumedNanos)) {
                status = status.worse(definition.critical() ? Status.DOWN : Status.DEGRADED);
            }
        }
        return status;
    }

    /** Whether a result is older than it may be, one interval's grace after an absence left out. */
    static boolean isStale(CheckDefinition definition, CheckState state, long nanos, long resumedNanos) {
        return !definition.isStartup()
                && !state.neverChecked()
                && nanos - staleAt(definition, state) >= 0
                && nanos - resumedNanos >= definition.graceNanos();
    }

    /** When a state turns stale, on the monotonic clock. */
    static long staleAt(CheckDefinition definition, CheckState state) {
        return state.checkedNanos() + definition.longestAgeNanos();
    }

    /** What a check's state makes of its probe: DOWN stops traffic only where it is critical and not the whole fleet's. */
    private static Status impact(CheckDefinition definition, CheckState state) {
        boolean stops = definition.critical() && !state.failsOpen();
        return stops || state.status() != Status.DOWN ? state.status() : Status.DEGRADED;
    }
}
