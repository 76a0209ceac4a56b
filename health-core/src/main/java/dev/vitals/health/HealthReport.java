package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known at one moment, for those who may know everything. Immutable, and of one moment as a whole.
 * Reasons and details have passed the scrubber.
 *
 * @param at when this was read
 * @param lifecycle whether the application starts, runs, is kept out of traffic or drains
 * @param maintenance why it is kept out of traffic; null while it is not
 * @param probes the status of each probe
 * @param checks one entry for each check: signs of life first, then the others in the order of registration
 * @param changes the last changes of any check, oldest first
 * @param engine how the monitor itself does
 */
public record HealthReport(
        Instant at,
        Lifecycle lifecycle,
        @Nullable String maintenance,
        Map<Probe, Status> probes,
        List<Check> checks,
        List<Change> changes,
        Engine engine) {
    /** What the application is about. */
    public enum Lifecycle {
        /** Some check of readiness or startup has not run yet. */
        STARTING,
        /** At work. */
        RUNNING,
        /** {@link HealthMonitor#maintenance} was called: readiness is DOWN until that is over. */
        MAINTENANCE,
        /** {@link HealthMonitor#drain} was called: readiness is DOWN for good. */
        DRAINING
    }

    /**
     * One check.
     *
     * @param name its name
     * @param status how well the checked thing is, thresholds and age counted in
     * @param critical whether its DOWN is the probe's DOWN, or only degrades it
     * @param probes the probes that it counts for, {@link Probe#HEALTH} always among them
     * @param reason why it is not UP, or why it soon may not be; null where there is nothing to explain
     * @param cause the name of the dependency that it is DOWN because of, or null; see {@link CheckOptions#dependsOn}
     * @param stale whether it is DOWN because its result is older than it may be
     * @param since since when it has had this status; null for a sign of life, which knows nothing but now
     * @param checkedAt when it was last looked at, or null if never
     * @param duration how long that took, or null if never
     * @param details what it said for people
     * @param measurements what it said for machines
     * @param transitions how often its status has changed since the start, its first result left out, and so what age
     *     alone makes of it; 0 for a sign of life
     * @param missedDeadlines how many of its runs had no answer at their deadline
     * @param lateResults how many results came after their deadline and were dropped
     * @param hang the run that goes on past its deadline, or null
     */
    public record Check(
            String name,
            Status status,
            boolean critical,
            Set<Probe> probes,
            @Nullable String reason,
            @Nullable String cause,
            boolean stale,
            @Nullable Instant since,
            @Nullable Instant checkedAt,
            @Nullable Duration duration,
            Map<String, Object> details,
            List<HealthResult.Measurement> measurements,
            long transitions,
            long missedDeadlines,
            long lateResults,
            @Nullable Hang hang) {}

    /**
     * A run that goes on past its deadline.
     *
     * @param age how long ago it began
     * @param stack where its thread was when last looked at, innermost first, for example {@code
     *     SocketDispatcher.read0}; empty if it was not looked at yet
     */
    public record Hang(Duration age, List<String> stack) {}

    /**
     * A change of a check.
     *
     * @param at when
     * @param check whose
     * @param from the status before; null where it had not been checked
     * @param to the status after
     * @param reason why, or null
     * @param cause the dependency that it is DOWN because of, or null
     */
    public record Change(
            Instant at,
            String check,
            @Nullable Status from,
            Status to,
            @Nullable String reason,
            @Nullable String cause) {}

    /**
     * One result of a check, kept for its history.
     *
     * @param at when the run began, to the millisecond
     * @param status what it said, thresholds left out
     * @param duration how long it took, to the microsecond
     */
    public record Point(Instant at, Status status, Duration duration) {}

    /**
     * The monitor itself.
     *
     * @param stalled whether its scheduler has not been seen at work for ten seconds; liveness holds all the same
     * @param underWay how many runs are under way, those that hang counted in
     * @param hung how many of them are past their deadline
     * @param droppedEvents how many calls of listeners were left out because a listener was too slow
     */
    public record Engine(boolean stalled, int underWay, int hung, long droppedEvents) {}

    /**
     * {@return the status of one probe}
     *
     * @param probe which
     */
    public Status status(Probe probe) {
        Status status = probes.get(probe);
        if (status == null) {
            throw new IllegalArgumentException("this report has no status for " + probe);
        }
        return status;
    }
}
