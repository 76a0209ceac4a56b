package dev.vitals.health.redis;

import dev.vitals.health.redis.Settings.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What INFO says of replication: of a replica its own arrears, of a primary those of its worst replica.
 *
 * @param linked whether a replica hears its primary
 * @param downSeconds for how long it does not, or -1
 * @param copying whether it takes its first, full copy
 * @param replicas how many a primary has on line, or -1
 * @param lagSeconds since when nothing was heard, or -1
 * @param behindBytes of the primary's stream, or -1
 */
record Replication(
        Role role, boolean linked, long downSeconds, boolean copying, int replicas, long lagSeconds, long behindBytes) {

    static @Nullable Replication of(Info info) {
        if (info.has("role", "master")) {
            return primary(info);
        }
        return info.has("role", "slave") ? replica(info) : null;
    }

    private static Replication primary(Info info) {
        long written = info.number("master_repl_offset");
        List<Long> lags = new ArrayList<>();
        List<Long> arrears = new ArrayList<>();
        info.each("slave", line -> {
            if ("online".equals(line.get("state"))) {
                lags.add(Info.whole(line.getOrDefault("lag", ""), -1));
                long offset = Info.whole(line.getOrDefault("offset", ""), -1);
                arrears.add(offset < 0 || written < 0 ? -1 : Math.max(0, written - offset));
            }
        });
        return new Replication(Role.PRIMARY, true, -1, false, lags.size(), worst(lags), worst(arrears));
    }

    private static long worst(List<Long> figures) {
        return figures.stream().mapToLong(Long::longValue).max().orElse(-1);
    }

    /** What it has read and not yet worked through, where it tells that, is newer than its own stream's end. */
    private static Replication replica(Info info) {
        boolean linked = info.has("master_link_status", "up");
        long done = info.number("slave_repl_offset");
        long seen = Math.max(info.number("master_repl_offset"), info.number("slave_read_repl_offset"));
        return new Replication(
                Role.REPLICA,
                linked,
                info.number("master_link_down_since_seconds"),
                info.has("master_sync_in_progress", "1"),
                -1,
                linked ? info.number("master_last_io_seconds_ago") : -1,
                linked && done >= 0 && seen >= 0 ? Math.max(0, seen - done) : -1);
    }

    void judge(Settings settings, Findings findings) {
        findings.detail("role", role == Role.PRIMARY ? "primary" : "replica");
        judgeRole(settings, findings);
        if (role == Role.REPLICA) {
            findings.measure("replication.linked", "1", linked ? 1 : 0);
        }
        if (role == Role.PRIMARY) {
            findings.detail("connectedReplicas", replicas);
            findings.measure("replication.replicas", "{replica}", replicas);
        } else if (!linked) {
            findings.degraded(linkDown());
        }
        if (lagSeconds >= 0) {
            findings.detail("lagSeconds", lagSeconds);
            findings.measure("replication.lag", "s", lagSeconds);
        }
        if (behindBytes >= 0) {
            findings.detail("behindBytes", behindBytes);
            findings.measure("replication.behind", "By", behindBytes);
        }
        judgeLag(settings, findings);
    }

    private void judgeRole(Settings settings, Findings findings) {
        Role expected = settings.role();
        if (expected == null) {
            return;
        }
        if (expected != role) {
            findings.degraded(
                    expected == Role.PRIMARY
                            ? "this is a replica, a primary is expected"
                            : "this is a primary, a replica is expected");
        } else if (expected == Role.PRIMARY && replicas < settings.replicas()) {
            findings.degraded(replicas + " of " + settings.replicas() + " replicas connected");
        }
    }

    private String linkDown() {
        if (copying) {
            return "the primary's data is still being copied";
        }
        return "no link to the primary" + (downSeconds >= 0 ? " for " + Findings.count(downSeconds) + " s" : "");
    }

    private void judgeLag(Settings settings, Findings findings) {
        String who = role == Role.PRIMARY ? "a replica" : "this replica";
        if (lagSeconds >= 0 && lagSeconds >= settings.lag().toNanos() / 1e9) {
            findings.degraded(
                    role == Role.PRIMARY
                            ? "a replica has not answered for " + Findings.count(lagSeconds) + " s"
                            : "nothing heard from the primary for " + Findings.count(lagSeconds) + " s");
        }
        if (behindBytes >= settings.behind()) {
            findings.degraded(who + " is " + Findings.count(behindBytes) + " bytes behind");
        }
    }
}
