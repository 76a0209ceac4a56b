package dev.vitals.health.redis;

import dev.vitals.health.HealthResult;
import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as one of its nodes sees it.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-info/">CLUSTER INFO</a>
 * @see <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>
 */
final class ClusterState {
    static final Ask INFO = Ask.of(CommandType.CLUSTER, "INFO").orWithout();
    static final Ask NODES = Ask.of(CommandType.CLUSTER, "NODES").orWithout();

    private static final int SLOTS = 16_384;
    private static final int FLAGS = 2;
    private static final int LINK = 7;

    private final @Nullable String state;
    private final long uncovered;
    private final Nodes nodes;

    private ClusterState(@Nullable String state, long uncovered, Nodes nodes) {
        this.state = state;
        this.uncovered = uncovered;
        this.nodes = nodes;
    }

    static ClusterState of(Exchange.Answers answers) {
        Info info = Info.parse(answers.to(INFO).text());
        long assigned = info.number("cluster_slots_assigned");
        long uncovered = assigned < 0 ? -1 : SLOTS - assigned + Math.max(0, info.number("cluster_slots_fail"));
        return new ClusterState(
                info.text("cluster_state"),
                uncovered,
                Nodes.parse(answers.to(NODES).text()));
    }

    /** Perhaps as this node alone sees it, cut off from the others or newly started. */
    boolean isDown() {
        return state != null && !state.equals("ok");
    }

    /** Whether it was taken out of its cluster, or never part of one. */
    boolean isAlone() {
        return isDown() && nodes.all() == 1;
    }

    HealthResult result(Exchange.Answers answers) {
        var findings = new Findings();
        findings.detail("latencyMs", Findings.tenths(answers.millis()));
        if (answers.to(INFO).refused() || answers.to(NODES).refused()) {
            findings.detail("cluster", "not permitted");
        }
        judgeSlots(findings);
        nodes.judge(findings);
        return findings.result();
    }

    private void judgeSlots(Findings findings) {
        if (state == null) {
            return;
        }
        findings.detail("state", state);
        if (uncovered >= 0) {
            findings.detail("slotsNotCovered", uncovered);
            findings.measure("cluster.slots.uncovered", "{slot}", uncovered);
        }
        String gap = Findings.count(uncovered) + " of " + Findings.count(SLOTS) + " slots not covered";
        if (!state.equals("ok")) {
            findings.down(uncovered > 0 ? "the cluster is down: " + gap : "the cluster is down as this node sees it");
        } else if (uncovered > 0) {
            findings.degraded(gap);
        }
    }

    /**
     * The nodes that one node knows.
     *
     * @param all those that are part of the cluster
     * @param unreachable those of them that it cannot reach
     * @param greeting those that are not yet part of it
     */
    record Nodes(int all, int unreachable, int greeting) {
        static Nodes parse(String text) {
            int all = 0;
            int unreachable = 0;
            int greeting = 0;
            for (String line : text.split("\n", -1)) {
                String[] fields = line.strip().split(" ", -1);
                if (fields.length <= LINK) {
                    continue;
                }
                Set<String> flags = Set.copyOf(Arrays.asList(fields[FLAGS].split(",", -1)));
                if (flags.contains("handshake")) {
                    greeting++;
                    continue;
                }
                all++;
                if (!flags.contains("myself")
                        && (flags.contains("fail")
                                || flags.contains("fail?")
                                || flags.contains("noaddr")
                                || fields[LINK].equals("disconnected"))) {
                    unreachable++;
                }
            }
            return new Nodes(all, unreachable, greeting);
        }

        private void judge(Findings findings) {
            if (all == 0) {
                return;
            }
            findings.detail("nodes", all);
            findings.detail("nodesOutOfReach", unreachable);
            findings.measure("cluster.nodes.unreachable", "{node}", unreachable);
            if (greeting > 0) {
                findings.detail("nodesJoining", greeting);
            }
            if (unreachable > 0) {
                findings.degraded(unreachable + " of " + all + (all == 1 ? " node" : " nodes") + " out of reach");
            }
        }
    }
}
