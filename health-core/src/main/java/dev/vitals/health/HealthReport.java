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
 * @param lifecycle whether the application starts, runs or drains
 * @param probes the status of each probe
 * @param checks one entry for each check, in the order of registration
 */
public record HealthReport(Instant at, Lifecycle lifecycle, Map<Probe, Status> probes, List<Check> checks) {
    /** What the application is about. */
    public enum Lifecycle {
        /** Some check of readiness or startup has not run yet. */
        STARTING,
        /** At work. */
        RUNNING,
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
     * @param reason why it is not UP, or null
     * @param stale whether it is DOWN because its result is older than it may be
     * @param since since when it has had this status; null for a sign of life, which knows nothing but now
     * @param checkedAt when it was last looked at, or null if never
     * @param duration how long that took, or null if never
     * @param details what it said for people
     * @param measurements what it said for machines
     * @param lateResults how many results came after their deadline and were dropped
     */
    public record Check(
            String name,
            Status status,
            boolean critical,
            Set<Probe> probes,
            @Nullable String reason,
            boolean stale,
            @Nullable Instant since,
            @Nullable Instant checkedAt,
            @Nullable Duration duration,
            Map<String, Object> details,
            List<Measurement> measurements,
            long lateResults) {}

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
