package dev.vitals.health;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check as it was registered: everything about it that never changes. One that counts for no probe is the monitor's
 * own upkeep, run like any other and shown to nobody.
 *
 * @param initialDelayNanos from the start to the first run
 * @param downIntervalNanos the interval while it is DOWN
 * @param jitter the share by which each interval is shortened at the most
 * @param dependsOn the names of the checks that it cannot work without
 * @param decidesFor the name of the check that fails open while this one is UP; null where there is none
 */
record CheckDefinition(
        String name,
        HealthCheck check,
        Set<Probe> probes,
        boolean critical,
        long initialDelayNanos,
        long intervalNanos,
        long downIntervalNanos,
        double jitter,
        long timeoutNanos,
        long longestAgeNanos,
        int failuresToDown,
        int successesToUp,
        List<String> dependsOn,
        @Nullable String decidesFor) {
    private static final Set<String> TAKEN = Set.of("liveness", "readiness", "startup", "live", "ready", "started");
    private static final int LONGEST_NAME = 64;

    static CheckDefinition of(String name, HealthCheck check, Set<Probe> probes, CheckOptions options) {
        if (options.optional && options.mayStopTraffic) {
            throw contradiction(name, "optional() and mayStopTraffic()");
        }
        boolean critical = !options.optional && (options.mayStopTraffic || !check.advisory());
        if (!critical && options.wholeFleetAffected != null) {
            throw contradiction(name, "failOpenWhen(…) and being optional or advisory");
        }
        return of(name, check, Collections.unmodifiableSet(EnumSet.copyOf(probes)), critical, options, null);
    }

    /** The monitor's own upkeep. */
    static CheckDefinition upkeep(String name, HealthCheck check, CheckOptions options, @Nullable String decidesFor) {
        return of(name, check, Set.of(), false, options, decidesFor);
    }

    private static CheckDefinition of(
            String name,
            HealthCheck check,
            Set<Probe> probes,
            boolean critical,
            CheckOptions options,
            @Nullable String decidesFor) {
        return new CheckDefinition(
                name,
                check,
                probes,
                critical,
                options.initialDelay.toNanos(),
                options.every.toNanos(),
                options.everyWhileDown().toNanos(),
                options.jitter,
                options.timeout.toNanos(),
                options.longestAge().toNanos(),
                options.failuresToDown,
                options.successesToUp,
                List.copyOf(options.dependsOn),
                decidesFor);
    }

    private static IllegalArgumentException contradiction(String name, String what) {
        return new IllegalArgumentException(
                "check \"" + name + "\": " + what + " contradict each other: leave one of them out");
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

    /** Whether nobody but the monitor itself sees it. */
    boolean isUpkeep() {
        return probes.isEmpty();
    }

    /** A startup flag is work that, once done, is done: it neither runs again nor grows stale. */
    boolean isStartup() {
        return countsFor(Probe.STARTUP);
    }

    /** How long there must have been for a new result after the process was away. */
    long graceNanos() {
        return intervalNanos + timeoutNanos;
    }
}
