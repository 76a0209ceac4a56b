package dev.vitals.health.redis;

import org.jspecify.annotations.Nullable;

/**
 * What the server has counted since its start.
 *
 * @param runId another one after each start
 * @param nanos when it was read, by this process
 * @param evicted keys evicted for memory
 * @param rejected connections refused for maxclients
 */
record Counters(@Nullable String runId, long nanos, long evicted, long rejected) {
    static Counters of(Info info, long nanos) {
        return new Counters(
                info.text("run_id"), nanos, info.number("evicted_keys"), info.number("rejected_connections"));
    }

    /** What was counted in between; null for the first look, and for the first after a restart or a reset. */
    @Nullable
    Rates since(@Nullable Counters before) {
        if (before == null
                || runId == null
                || !runId.equals(before.runId)
                || nanos <= before.nanos
                || before.evicted < 0
                || before.rejected < 0
                || evicted < before.evicted
                || rejected < before.rejected) {
            return null;
        }
        double seconds = (nanos - before.nanos) / 1e9;
        long refused = rejected - before.rejected;
        return new Rates((evicted - before.evicted) / seconds, refused / seconds, refused);
    }

    /**
     * Between two looks.
     *
     * @param evicted keys a second
     * @param rejected connections a second
     * @param rejections connections in all
     */
    record Rates(double evicted, double rejected, long rejections) {
        void judge(Settings settings, Findings findings) {
            findings.measure("keys.evicted.rate", "{key}/s", evicted);
            findings.measure("connections.rejected.rate", "{connection}/s", rejected);
            if (evicted > 0) {
                findings.detail("evictedPerSecond", Findings.tenths(evicted));
            }
            if (evicted >= settings.evictions()) {
                findings.degraded(Findings.count(Math.round(evicted)) + " keys a second evicted");
            }
            if (rejections > 0) {
                findings.degraded(Findings.count(rejections)
                        + (rejections == 1 ? " connection" : " connections")
                        + " rejected since the last look: maxclients reached");
            }
        }
    }
}
