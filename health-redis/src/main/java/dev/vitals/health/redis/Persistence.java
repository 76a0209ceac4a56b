package dev.vitals.health.redis;

import java.util.Map;
import java.util.TreeMap;

/** Whether the last save of each kind went well, as INFO tells it. */
final class Persistence {
    private static final Map<String, String> WHAT = new TreeMap<>(Map.of(
            "rdb_last_bgsave_status", "the last RDB save failed",
            "aof_last_write_status", "the last AOF write failed",
            "aof_last_bgrewrite_status", "the last AOF rewrite failed"));

    private Persistence() {}

    static void judge(Info info, Findings findings) {
        long failures = 0;
        for (var kind : WHAT.entrySet()) {
            String status = info.text(kind.getKey());
            if (status != null && !status.equals("ok")) {
                findings.degraded(kind.getValue());
                failures++;
            }
        }
        findings.measure("saves.failed", "{save}", failures);
    }
}
