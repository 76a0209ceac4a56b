package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From what is known of one check to what people may read of it at one moment. Pure. */
final class Reports {
    private static final Set<Probe> LIFE = Collections.unmodifiableSet(EnumSet.of(Probe.HEALTH, Probe.LIVENESS));

    private Reports() {}

    /** A sign of life, given what is broken, or null. */
    static HealthReport.Check of(LiveSign sign, @Nullable String failure, Instant now) {
        return new HealthReport.Check(
                sign.name(),
                failure == null ? Status.UP : Status.DOWN,
                true,
                LIFE,
                failure,
                null,
                false,
                null,
                now,
                null,
                Map.of(),
                List.of(),
                0,
                0,
                0,
                null);
    }

    /**
     * A check.
     *
     * @param run its run under way, or null
     * @param nanos now
     * @param resumedNanos when the process last went on after it had been away
     */
    static HealthReport.Check of(
            CheckDefinition definition, CheckState state, @Nullable Run run, long nanos, long resumedNanos) {
        boolean stale = Aggregation.isStale(definition, state, nanos, resumedNanos);
        HealthReport.Hang hang = run != null && run.hangs()
                ? new HealthReport.Hang(Duration.ofNanos(nanos - run.startedNanos()), run.stack())
                : null;
        return new HealthReport.Check(
                definition.name(),
                stale ? Status.DOWN : state.status(),
                definition.critical(),
                definition.probes(),
                reason(definition, state, stale, hang, nanos),
                state.cause(),
                stale,
                state.since(),
                state.checkedAt(),
                state.duration(),
                state.result().details(),
                state.result().measurements(),
                state.counts().transitions(),
                state.counts().missed(),
                state.counts().late(),
                hang);
    }

    /** Where a threshold is not reached yet, status and last result differ: the count explains it. */
    private static @Nullable String withCount(CheckDefinition definition, CheckState state) {
        String reason = state.result().reason();
        boolean failed = state.result().status() == Status.DOWN;
        if (failed == (state.status() == Status.DOWN)) {
            return reason;
        }
        String count = failed
                ? state.failures() + " of " + definition.failuresToDown() + " failures"
                : state.successes() + " of " + definition.successesToUp() + " successes";
        return reason == null ? count : count + ": " + reason;
    }

    private static @Nullable String reason(
            CheckDefinition definition, CheckState state, boolean stale, HealthReport.@Nullable Hang hang, long nanos) {
        String reason = withCount(definition, state);
        if (hang != null) {
            String where = hang.stack().isEmpty() ? "" : " at " + hang.stack().get(0);
            String hangs = "hangs since " + hang.age().toSeconds() + " s" + where;
            reason = reason == null ? hangs : reason + ", " + hangs;
        } else if (stale) {
            return "stale: last looked at " + (nanos - state.checkedNanos()) / 1_000_000_000L + " s ago";
        }
        if (state.cause() != null) {
            reason = "because of " + state.cause() + (reason == null ? "" : ": " + reason);
        }
        return state.failsOpen()
                ? (reason == null ? "" : reason + "; ") + "the whole fleet is affected, so traffic stays"
                : reason;
    }
}
