package dev.vitals.health;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.HealthReport.Lifecycle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one moment. Immutable once made; the engine publishes a new one at every change.
 *
 * @param blocks the checks and what is known of them, in order, {@link Block#SIZE} in each but the last
 * @param probes what they make of each probe; liveness stands there as UP, the signs of life are asked at reading time
 * @param starting whether some check of readiness or startup has still to speak
 * @param draining whether readiness is DOWN for good
 * @param maintenance why readiness is DOWN for a while; null where it is not
 */
record Snapshot(
        List<Block> blocks,
        Map<Probe, ProbeState> probes,
        boolean starting,
        boolean draining,
        @Nullable String maintenance) {
    static Snapshot notCheckedYet(List<CheckDefinition> definitions, Time time) {
        CheckState unknown = CheckState.notCheckedYet(time.now(), time.nanos());
        var blocks = new ArrayList<Block>();
        for (int from = 0; from < definitions.size(); from += Block.SIZE) {
            List<CheckDefinition> some = definitions.subList(from, Math.min(definitions.size(), from + Block.SIZE));
            blocks.add(Block.of(some, Collections.nCopies(some.size(), unknown), time.nanos()));
        }
        return of(blocks, false, null, time.nanos());
    }

    private static Snapshot of(List<Block> blocks, boolean draining, @Nullable String maintenance, long nanos) {
        var probes = new EnumMap<Probe, ProbeState>(Probe.class);
        boolean starting = false;
        for (Probe probe : Probe.values()) {
            probes.put(probe, Aggregation.aggregate(probe, List.of(), List.of(), nanos));
        }
        for (Block block : blocks) {
            starting |= block.starting();
            block.probes().forEach((probe, state) -> probes.merge(probe, state, ProbeState::and));
        }
        return new Snapshot(blocks, probes, starting, draining, maintenance);
    }

    CheckState state(int index) {
        return blocks.get(index / Block.SIZE).states().get(index % Block.SIZE);
    }

    Snapshot with(int index, CheckState state, long nanos) {
        var next = new ArrayList<>(blocks);
        int at = index / Block.SIZE;
        next.set(at, blocks.get(at).with(index % Block.SIZE, state, nanos));
        return of(next, draining, maintenance, nanos);
    }

    Snapshot drained() {
        return new Snapshot(blocks, probes, starting, true, maintenance);
    }

    Snapshot inMaintenance(@Nullable String reason) {
        return new Snapshot(blocks, probes, starting, draining, reason);
    }

    /**
     * The status of a probe at a moment.
     *
     * @param resumedNanos when the process last went on after it had been away
     * @param liveness what the signs of life say at that moment
     */
    Status status(Probe probe, long nanos, long resumedNanos, Status liveness) {
        return switch (probe) {
            case LIVENESS -> liveness;
            case READINESS -> draining || maintenance != null ? Status.DOWN : ofChecks(probe, nanos, resumedNanos);
            case STARTUP -> ofChecks(probe, nanos, resumedNanos);
            case HEALTH -> ofChecks(probe, nanos, resumedNanos).worse(liveness);
        };
    }

    private Status ofChecks(Probe probe, long nanos, long resumedNanos) {
        ProbeState state = requireNonNull(probes.get(probe));
        Status status = state.at(nanos);
        if (status == state.status()) {
            return status;
        }
        // Something is too old. That is rare, and may be excused.
        Status excused = Status.UP;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            excused = excused.worse(
                    Aggregation.afterAbsence(probe, block.definitions(), block.states(), nanos, resumedNanos));
        }
        return excused;
    }

    Lifecycle lifecycle() {
        if (draining) {
            return Lifecycle.DRAINING;
        }
        if (maintenance != null) {
            return Lifecycle.MAINTENANCE;
        }
        return starting ? Lifecycle.STARTING : Lifecycle.RUNNING;
    }
}
