package dev.vitals.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a snapshot to what people may read of it at one moment. Pure, but for the signs of life that it asks. */
final class Reports {
    private Reports() {}

    static HealthReport of(Snapshot snapshot, List<LiveSign> signs, Time time) {
        long nanos = time.nanos();
        Instant now = time.now();
        var checks = new ArrayList<HealthReport.Check>(
                signs.size() + snapshot.states().size());
        Status liveness = Status.UP;
        for (LiveSign sign : signs) {
            HealthReport.Check check = of(sign, now);
            liveness = liveness.worse(check.status());
            checks.add(check);
        }
        for (int i = 0; i < snapshot.states().size(); i++) {
            checks.add(of(snapshot.definitions().get(i), snapshot.states().get(i), nanos));
        }
        var probes = new EnumMap<Probe, Status>(Probe.class);
        for (Probe probe : Probe.values()) {
            probes.put(probe, snapshot.status(probe, nanos, liveness));
        }
        return new HealthReport(
                now,
                snapshot.lifecycle(),
                null,
                Map.copyOf(probes),
                List.copyOf(checks),
                List.of(),
                new HealthReport.Engine(false, 0, 0, 0));
    }

    private static HealthReport.Check of(LiveSign sign, Instant now) {
        String failure = sign.check().failure();
        return new HealthReport.Check(
                sign.name(),
                failure == null ? Status.UP : Status.DOWN,
                true,
                EnumSet.of(Probe.HEALTH, Probe.LIVENESS),
                failure,
                null,
                false,
                null,
                now,
                null,
                Map.of(),
                List.of(),
                0,
                null);
    }

    private static HealthReport.Check of(CheckDefinition definition, CheckState state, long nanos) {
        boolean stale =
                !definition.isStartup() && !state.neverChecked() && nanos - Aggregation.staleAt(definition, state) >= 0;
        return new HealthReport.Check(
                definition.name(),
                stale ? Status.DOWN : state.status(),
                definition.critical(),
                definition.probes(),
                reason(state, stale, nanos),
                null,
                stale,
                state.since(),
                state.checkedAt(),
                state.duration(),
                state.result().details(),
                state.result().measurements(),
                state.late(),
                null);
    }

    private static @Nullable String reason(CheckState state, boolean stale, long nanos) {
        Long hangsSince = state.hangsSinceNanos();
        if (hangsSince != null) {
            return state.result().reason() + ", hangs since " + (nanos - hangsSince) / 1_000_000_000L + " s";
        }
        if (stale) {
            return "stale: last looked at " + (nanos - state.checkedNanos()) / 1_000_000_000L + " s ago";
        }
        return state.result().reason();
    }
}
