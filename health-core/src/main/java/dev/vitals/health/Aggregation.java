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
            status = status.worse(definition.impact(state.status()));
            if (definition.isStartup() || state.neverChecked()) {
                continue;
            }
            ages = true;
            long staleAt = staleAt(definition, state);
            if (definition.critical()) {
                downAt = earlier(downAt, staleAt);
            } else {
                degradedAt = earlier(degradedAt, staleAt);
            }
        }
        return new ProbeState(status, degradedAt, downAt, ages);
    }

    /** When a state turns stale, on the monotonic clock. */
    static long staleAt(CheckDefinition definition, CheckState state) {
        return state.checkedNanos() + definition.longestAgeNanos();
    }

    private static long earlier(long one, long other) {
        return one - other <= 0 ? one : other;
    }
}
