package dev.vitals.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is known at one moment, for those who may know everything.
 *
 * @param underWay the run of each check, or null
 */
record Reporter(
        List<CheckDefinition> definitions,
        Signs signs,
        Board board,
        Journal journal,
        Listeners listeners,
        Pulse pulse,
        Ground ground,
        IntFunction<@Nullable Run> underWay) {
    HealthReport report() {
        Snapshot snapshot = board.snapshot();
        long nanos = ground.time().nanos();
        Pulse.Absences absences = pulse.read(nanos);
        var checks = new ArrayList<>(signs.entries(nanos, absences));
        for (int i = 0; i < definitions.size(); i++) {
            if (!definitions.get(i).isUpkeep()) {
                checks.add(Reports.of(
                        definitions.get(i), snapshot.state(i), underWay.apply(i), nanos, absences.resumedNanos()));
            }
        }
        Status liveness = signs.status(nanos, absences);
        var probes = new EnumMap<Probe, Status>(Probe.class);
        for (Probe probe : Probe.values()) {
            probes.put(probe, snapshot.status(probe, nanos, absences.resumedNanos(), liveness));
        }
        int hung = (int) checks.stream().filter(check -> check.hang() != null).count();
        return new HealthReport(
                ground.time().now(),
                snapshot.lifecycle(),
                snapshot.maintenance(),
                Collections.unmodifiableMap(probes),
                List.copyOf(checks),
                journal.changes(),
                new HealthReport.Engine(pulse.stalled(nanos), ground.runners().underWay(), hung, listeners.dropped()));
    }
}
