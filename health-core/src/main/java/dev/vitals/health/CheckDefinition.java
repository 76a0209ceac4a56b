package dev.vitals.health;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A check as it was registered: everything about it that never changes. */
record CheckDefinition(
        String name,
        HealthCheck check,
        Set<Probe> probes,
        boolean critical,
        long intervalNanos,
        long timeoutNanos,
        long longestAgeNanos,
        int failuresToDown,
        int successesToUp) {
    private static final Set<String> TAKEN = Set.of("liveness", "readiness", "startup", "live", "ready", "started");
    private static final int LONGEST_NAME = 64;

    static CheckDefinition of(String name, HealthCheck check, Set<Probe> probes, CheckOptions options) {
        return new CheckDefinition(
                name,
                check,
                Collections.unmodifiableSet(EnumSet.copyOf(probes)),
                options.critical,
                options.every.toNanos(),
                options.timeout.toNanos(),
                options.longestAge().toNanos(),
                options.failuresToDown,
                options.successesToUp);
    }

    /** Names stand in paths, thread names and metric labels. */
    static void requireName(String name) {
        boolean fit = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
        if (!fit) {
            throw new IllegalArgumentException("a check's name is 1 to " + LONGEST_NAME
                    + " letters, digits, '-', '_' and '.', like \"orders-db\"; not \"" + name + "\"");
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is the path of a probe: name the check after what it looks at");
        }
    }

    boolean countsFor(Probe probe) {
        return probes.contains(probe);
    }

    /** A startup flag is work that, once done, is done: it neither runs again nor grows stale. */
    boolean isStartup() {
        return countsFor(Probe.STARTUP);
    }

    /** What DOWN of this check makes of its probe. */
    Status impact(Status status) {
        return critical || status != Status.DOWN ? status : Status.DEGRADED;
    }
}
