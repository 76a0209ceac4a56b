package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server told of its replication.
 *
 * @param role what it is
 * @param broken what does not work, in words for people
 * @param lagSeconds how far its data are behind in time; null where that is not known
 * @param behindBytes how much is received and not replayed; null where that is not known
 * @param replicas how many stream from it; null where that was not asked, or the user may not know
 * @param replicasHidden whether the user may not know
 * @param paused whether somebody stopped the replay
 */
record Replication(
        Role role,
        List<String> broken,
        @Nullable Double lagSeconds,
        @Nullable Long behindBytes,
        @Nullable Integer replicas,
        boolean replicasHidden,
        boolean paused) {
    enum Role {
        PRIMARY("a primary"),
        REPLICA("a replica"),
        /** MySQL's and MariaDB's mark of a server that takes no writes. */
        READ_ONLY("read only");

        private final String words;

        Role(String words) {
            this.words = words;
        }
    }

    static Replication primary(@Nullable Integer replicas, boolean hidden) {
        return new Replication(Role.PRIMARY, List.of(), null, null, replicas, hidden, false);
    }

    /** What is expected of a server. */
    record Expected(@Nullable Role role, int replicas) {}

    HealthResult verdict(Expected expected, Levels lag, Levels behind) {
        var findings = new Findings();
        Role wanted = expected.role();
        if (wanted != null && wanted != role) {
            findings.add(Status.DOWN, role.words + ", where " + wanted.words + " is expected");
        }
        broken.forEach(fault -> findings.add(Status.DEGRADED, fault));
        if (lagSeconds != null) {
            findings.add(
                    lag.of(lagSeconds),
                    "replay lag " + Figures.seconds(lagSeconds) + ", " + Figures.seconds(lag.reachedBy(lagSeconds))
                            + " is much");
        }
        if (behindBytes != null) {
            double bytes = (double) behindBytes;
            findings.add(
                    behind.of(bytes),
                    Figures.bytes(bytes) + " not replayed, " + Figures.bytes(behind.reachedBy(bytes)) + " is much");
        }
        if (replicas != null && wanted == Role.PRIMARY && role == Role.PRIMARY && replicas < expected.replicas()) {
            findings.add(
                    Status.DEGRADED,
                    replicas + " of " + Figures.count(expected.replicas(), "replica streams", "replicas stream"));
        }
        return told(findings.result());
    }

    private HealthResult told(HealthResult verdict) {
        HealthResult result =
                verdict.withDetail("role", role == Role.READ_ONLY ? "read only" : role.words.substring("a ".length()));
        if (lagSeconds != null) {
            result = result.withDetail("lagSeconds", Math.floor(lagSeconds * 1_000) / 1_000)
                    .withMeasurement("replication.lag", "s", lagSeconds);
        }
        if (behindBytes != null) {
            result = result.withDetail("behindBytes", behindBytes)
                    .withMeasurement("replication.behind", "By", (double) behindBytes);
        }
        if (paused) {
            result = result.withDetail("replay", "paused");
        }
        if (replicas != null) {
            return result.withDetail("replicas", replicas)
                    .withMeasurement("replication.replicas", "{replica}", replicas);
        }
        return replicasHidden ? result.withDetail("replicas", Ask.NOT_PERMITTED) : result;
    }
}
