package dev.vitals.health.redis;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What INFO says of memory, against its limit.
 *
 * @param used bytes in use
 * @param counted of these, what the server counts against its limit: buffers of replicas and of the AOF it does not
 * @param max maxmemory; 0 where it is not set
 * @param host the host's memory, or -1
 * @param policy what happens at the limit
 * @param expiring how many keys have an expiry, the only ones that a volatile policy evicts
 * @param fragmentation resident against used memory, or -1
 * @param replica a replica leaves its limit to its primary, unless it was told otherwise
 */
record Memory(
        long used,
        long counted,
        long max,
        long host,
        @Nullable String policy,
        long expiring,
        double fragmentation,
        boolean replica) {
    /** Below, the server's own ground load and what the allocator keeps in reserve make the ratio high without harm. */
    private static final long LARGE_BYTES = 256L << 20;

    private static final double FRAGMENTED = 1.5;

    static @Nullable Memory of(Info info) {
        long used = info.number("used_memory");
        if (used < 0) {
            return null;
        }
        var expiring = new AtomicLong();
        info.each("db", database -> expiring.addAndGet(Info.whole(database.getOrDefault("expires", ""), 0)));
        return new Memory(
                used,
                Math.max(0, used - Math.max(0, info.number("mem_not_counted_for_evict"))),
                info.number("maxmemory"),
                info.number("total_system_memory"),
                info.text("maxmemory_policy"),
                expiring.get(),
                info.decimal("mem_fragmentation_ratio"),
                info.has("role", "slave"));
    }

    void judge(Settings settings, Findings findings) {
        findings.detail("usedBytes", used);
        findings.measure("memory.used", "By", used);
        if (max > 0) {
            findings.detail("maxBytes", max);
            findings.measure("memory.max", "By", max);
            againstLimit((double) counted / max, settings, findings);
        } else if (max == 0) {
            findings.detail("maxmemory", "not set");
            againstHost(settings, findings);
        }
        findings.detail("policy", policy);
        if (fragmentation >= 0) {
            findings.detail("fragmentation", fragmentation);
            findings.measure("memory.fragmentation.ratio", "1", fragmentation);
        }
        if (fragmentation > FRAGMENTED && used >= LARGE_BYTES) {
            findings.degraded("memory is fragmented: " + fragmentation + " times what is used");
        }
    }

    private void againstHost(Settings settings, Findings findings) {
        if (host <= 0) {
            return;
        }
        double ratio = (double) used / host;
        findings.detail("hostBytes", host);
        findings.measure("memory.used.ratio", "1", ratio);
        if (ratio >= settings.memory()) {
            findings.degraded("memory at " + Findings.percent(ratio) + " of the host's, maxmemory not set");
        }
    }

    private void againstLimit(double ratio, Settings settings, Findings findings) {
        findings.measure("memory.used.ratio", "1", ratio);
        if (ratio < settings.memory()) {
            return;
        }
        String at = "at " + Findings.percent(ratio) + " of maxmemory";
        String refusing = replica ? null : refusing();
        if (refusing != null) {
            findings.degraded("memory " + at + ", " + refusing + ": "
                    + (ratio >= 1 ? "writes are refused" : "writes will be refused"));
        } else {
            // A cache near its limit works as it should.
            findings.detail("memory", replica ? at : at + ", evicting");
        }
    }

    /** Why nothing would be evicted, or null where something can be. */
    private @Nullable String refusing() {
        if (policy == null) {
            return null;
        }
        if (policy.equals("noeviction")) {
            return "policy noeviction";
        }
        return policy.startsWith("volatile-") && expiring == 0
                ? "policy " + policy + " and no key has an expiry"
                : null;
    }
}
