package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node of a cluster for the whole of it: the one that answered last, and where that does not answer, the next
 * within the same run. Safe for use by many threads.
 */
final class ClusterProbe implements Probe {
    /** So many nodes a run: each gets half of the time that is left, the last one all of it. */
    private static final int MOST_TRIES = 3;

    private final Source<? extends StatefulRedisClusterConnection<?, ?>> source;
    private final Map<String, Node> conversations = new LinkedHashMap<>();
    private @Nullable String current;
    private boolean doubted;

    ClusterProbe(Source<? extends StatefulRedisClusterConnection<?, ?>> source) {
        this.source = source;
    }

    @Override
    public HealthResult run(Deadline deadline, ServerReport report) throws InterruptedException, UnavailableException {
        List<Node> order = order(connected(deadline));
        int tries = Math.min(MOST_TRIES, order.size());
        String last = "the client knows no node";
        boolean silent = tries > 1;
        for (int i = 0; i < tries; i++) {
            Node node = order.get(i);
            boolean next = i + 1 < tries;
            Deadline part = next ? deadline.atMost(deadline.remaining().dividedBy(2)) : deadline;
            try {
                Exchange.Answers answers = node.conversation().ask(part, ClusterState.INFO, ClusterState.NODES);
                String error = unusable(answers);
                if (error == null) {
                    return settle(node, order, answers);
                }
                last = error;
                silent = false;
            } catch (UnavailableException gone) {
                last = String.valueOf(gone.getMessage());
                silent &= last.equals(Conversation.NO_ANSWER) || last.equals(Conversation.NO_CONNECTION);
            }
        }
        if (tries > 0) {
            startNextTimeFrom(order.get(tries % order.size()));
        }
        // Which of the two the last one was silent by says nothing.
        throw new UnavailableException(silent ? "no node answers in time" : last);
    }

    private StatefulRedisClusterConnection<?, ?> connected(Deadline deadline)
            throws InterruptedException, UnavailableException {
        try {
            return source.get().get(Conversation.patience(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new UnavailableException(Conversation.NO_CONNECTION);
        } catch (ExecutionException | CancellationException failure) {
            throw new UnavailableException(RedisFailures.why("cannot connect", failure));
        }
    }

    /** A node that is loading, or not part of the cluster, answers and knows nothing. */
    private static @Nullable String unusable(Exchange.Answers answers) {
        for (Answer answer : answers.byAsk().values()) {
            if (answer.error() == null || answer.refused()) {
                return ClusterState.of(answers).isAlone() ? "the node is in no cluster" : null;
            }
        }
        return RedisFailures.ofError(answers.byAsk().values().iterator().next().error());
    }

    /** The node that answered last comes first, then those after it, round. */
    private synchronized List<Node> order(StatefulRedisClusterConnection<?, ?> connection) {
        Set<String> known = new LinkedHashSet<>();
        for (RedisClusterNode node : connection.getPartitions()) {
            if (!node.is(RedisClusterNode.NodeFlag.NOADDR)) {
                known.add(node.getNodeId());
            }
        }
        conversations.keySet().retainAll(known);
        known.forEach(id -> conversations.computeIfAbsent(
                id, key -> new Node(key, new Conversation<>(new ClusterNode(connection, key)))));
        var order = new ArrayList<>(conversations.values());
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).id().equals(current)) {
                Collections.rotate(order, -i);
                break;
            }
        }
        return order;
    }

    private synchronized HealthResult settle(Node node, List<Node> order, Exchange.Answers answers) {
        current = node.id();
        var state = ClusterState.of(answers);
        boolean doubt = state.isDown();
        if (doubt && !doubted) {
            // A node may be cut off alone: the next run asks another one, once, and stays with that.
            current = order.get((order.indexOf(node) + 1) % order.size()).id();
        }
        doubted = doubt;
        return state.result(answers);
    }

    private synchronized void startNextTimeFrom(Node node) {
        current = node.id();
    }

    @Override
    public boolean ofOneServer() {
        return false;
    }

    @Override
    public void close() {
        source.close();
    }

    /** One node and the talk with it. */
    private record Node(String id, Conversation<StatefulConnection<?, ?>> conversation) {}
}
