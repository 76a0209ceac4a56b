package dev.vitals.health;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Some checks of a snapshot and what they make of each probe, so that the result of one check among ten thousand does
 * not mean to look at all of them again. Immutable.
 */
record Block(
        List<CheckDefinition> definitions, List<CheckState> states, Map<Probe, ProbeState> probes, boolean starting) {
    static final int SIZE = 64;

    static Block of(List<CheckDefinition> definitions, List<CheckState> states, long nanos) {
        var probes = new EnumMap<Probe, ProbeState>(Probe.class);
        for (Probe probe : Probe.values()) {
            probes.put(probe, Aggregation.aggregate(probe, definitions, states, nanos));
        }
        return new Block(definitions, states, probes, anyStillToSpeak(definitions, states));
    }

    Block with(int index, CheckState state, long nanos) {
        CheckState[] next = states.toArray(CheckState[]::new);
        next[index] = state;
        return of(definitions, Arrays.asList(next), nanos);
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
