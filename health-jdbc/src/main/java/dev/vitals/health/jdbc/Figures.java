package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import dev.vitals.health.jdbc.ConnectionPool.Usage;

/** The figures of a pool, as people and rules read them. Pure. */
final class Figures {
    private Figures() {}

    /** Whether the next to come would have to wait. */
    static boolean isShort(Usage usage) {
        return usage.waiting() > 0 || isExhausted(usage);
    }

    private static boolean isExhausted(Usage usage) {
        return usage.max() > 0 && usage.active() >= usage.max() && usage.idle() <= 0;
    }

    /** A pool that still grows, or cannot, has callers waiting too: that is no exhausted one. */
    static String shortage(Usage usage) {
        String what = isExhausted(usage) ? "pool exhausted: " : "callers wait for the pool: ";
        return what + inUse(usage) + " in use, " + usage.waiting() + " waiting";
    }

    static String inUse(Usage usage) {
        return usage.max() > 0 ? usage.active() + " of " + usage.max() : Integer.toString(usage.active());
    }

    /** From 0 to 1; 0 where the pool has no end. */
    static double share(Usage usage) {
        return usage.max() > 0 ? Math.min(1, (double) usage.active() / usage.max()) : 0;
    }

    static HealthResult with(Usage usage, HealthResult result) {
        HealthResult more = result.withDetail("active", usage.active())
                .withDetail("idle", usage.idle())
                .withDetail("waiting", usage.waiting())
                .withMeasurement("connections.active", "{connection}", usage.active())
                .withMeasurement("connections.idle", "{connection}", usage.idle())
                .withMeasurement("connections.pending_requests", "{request}", usage.waiting());
        return usage.max() <= 0
                ? more
                : more.withDetail("max", usage.max())
                        .withMeasurement("connections.max", "{connection}", usage.max())
                        .withMeasurement("connections.used.ratio", "1", share(usage));
    }
}
