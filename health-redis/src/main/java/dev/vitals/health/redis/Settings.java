package dev.vitals.health.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From when on something is DEGRADED.
 *
 * @param memory a share of the limit
 * @param lag how long a replica heard nothing
 * @param behind bytes of a replica's arrears
 * @param evictions keys a second
 * @param role what the server should be; null where either will do
 * @param replicas how many a primary should have
 * @param replicationAsked whether anything of the above was said about replication
 */
record Settings(
        double memory,
        Duration lag,
        long behind,
        double evictions,
        @Nullable Role role,
        int replicas,
        boolean replicationAsked) {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    static final Settings DEFAULT =
            new Settings(0.9, Duration.ofSeconds(30), Long.MAX_VALUE, Double.POSITIVE_INFINITY, null, 0, false);

    enum Role {
        PRIMARY,
        REPLICA
    }

    Settings expecting(Role wanted, int replicasWanted) {
        if (replicasWanted < 0) {
            throw new IllegalArgumentException(
                    "expectingPrimary(" + replicasWanted + "): say how many replicas it should have, 0 or more");
        }
        return new Settings(memory, lag, behind, evictions, wanted, replicasWanted, true);
    }

    Settings withMemory(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "degradedFromMemory(" + share + "): give a share of maxmemory above 0 and at most 1, 0.9 for 90 %");
        }
        return new Settings(share, lag, behind, evictions, role, replicas, replicationAsked);
    }

    Settings withLag(@Nullable Duration longest) {
        if (longest == null || longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("degradedFromLag(" + longest
                    + "): give a time above 0 and up to ten years, Duration.ofSeconds(30) for instance");
        }
        return new Settings(memory, longest, behind, evictions, role, replicas, true);
    }

    Settings withBehind(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("degradedFromBehind(" + bytes + "): give at least 1 byte");
        }
        return new Settings(memory, lag, bytes, evictions, role, replicas, true);
    }

    Settings withEvictions(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException(
                    "degradedFromEvictions(" + perSecond + "): give a number of keys a second above 0");
        }
        return new Settings(memory, lag, behind, perSecond, role, replicas, replicationAsked);
    }
}
