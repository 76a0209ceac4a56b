package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import dev.vitals.health.jdbc.ConnectionPool.Usage;
import java.util.Locale;

/** Figures as people and rules read them, in the manner of the other checks. Pure. */
final class Figures {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /** Whether the next to come would have to wait. */
    static boolean isShort(Usage usage) {
        return usage.waiting() > 0 || isExhausted(usage);
    }

    static boolean isExhausted(Usage usage) {
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

    static String bytes(double bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < UNITS.length - 1) {
            figure /= 1024;
            unit++;
        }
        return oneDecimal(figure) + " " + UNITS[unit];
    }

    static String percent(double share) {
        return oneDecimal(share * 100) + " %";
    }

    static String seconds(double time) {
        long seconds = (long) time;
        if (time < 1 && time > 0) {
            return (long) (time * 1_000) + " ms";
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** Cut, not rounded: 9.99 must not read as the 10 that it misses. */
    private static String oneDecimal(double figure) {
        double cut = Math.floor(figure * 10 + 1e-6) / 10;
        return cut >= 100 || cut == Math.rint(cut)
                ? String.format(Locale.ROOT, "%.0f", Math.floor(cut))
                : String.format(Locale.ROOT, "%.1f", cut);
    }
}
