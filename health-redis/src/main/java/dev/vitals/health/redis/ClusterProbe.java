package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

    private final ClusterNodes nodes;
    private final Map<String, Node> conversations = new LinkedHashMap<>();
    private @Nullable String current;
    private boolean doubted;
    private boolean closed;

    ClusterProbe(ClusterNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public HealthResult run(Deadline deadline, ServerReport report)
            throws InterruptedException, RedisUnreachableException {
        List<Node> order = order(partitions(deadline));
        int tries = Math.min(MOST_TRIES, order.size());
        String last = "the client knows no node";
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
            } catch (RedisUnreachableException gone) {
                last = String.valueOf(gone.getMessage());
            }
        }
        startNextTimeFrom(order.get(tries % order.size()));
        throw new RedisUnreachableException(last);
    }

    private Partitions partitions(Deadline deadline) throws InterruptedException, RedisUnreachableException {
        try {
            CompletableFuture<Partitions> known = nodes.known().get();
            return known.get(deadline.remainingNanos() / 20 * 19, TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new RedisUnreachableException("no connection in time");
        } catch (ExecutionException | CancellationException failure) {
            throw new RedisUnreachableException(RedisFailures.why("cannot connect", failure));
        }
    }

    /** A node that is loading, or not part of the cluster, answers and knows nothing. */
    private static @Nullable String unusable(Exchange.Answers answers) {
        for (Answer answer : answers.byAsk().values()) {
            if (answer.error() == null || answer.refused()) {
                return null;
            }
        }
        return RedisFailures.ofError(answers.byAsk().values().iterator().next().error());
    }

    /** The node that answered last comes first, then those after it, round. */
    private synchronized List<Node> order(Partitions partitions) {
        if (closed) {
            throw new IllegalStateException("this check is closed: close the monitor first");
        }
        Map<String, RedisClusterNode> known = new LinkedHashMap<>();
        partitions.forEach(
                node -> known.put(node.getUri().getHost() + ':' + node.getUri().getPort(), node));
        conversations.entrySet().removeIf(entry -> {
            boolean gone = !known.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().source().rest();
            }
            return gone;
        });
        known.forEach((name, node) -> conversations.computeIfAbsent(name, key -> Node.of(key, nodes.to(node))));
        var order = new ArrayList<>(conversations.values());
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).name().equals(current)) {
                Collections.rotate(order, -i);
                break;
            }
        }
        return order;
    }

    private synchronized HealthResult settle(Node node, List<Node> order, Exchange.Answers answers) {
        current = node.name();
        var state = ClusterState.of(answers);
        boolean doubt = state.isDownForThisNodePerhaps();
        Node kept = node;
        if (doubt && !doubted) {
            // A node may be cut off alone: the next run asks another one, once, and stays with that.
            kept = order.get((order.indexOf(node) + 1) % order.size());
            current = kept.name();
        }
        doubted = doubt;
        for (Node other : order) {
            if (!other.name().equals(kept.name())) {
                other.source().rest();
            }
        }
        return state.result(answers);
    }

    private synchronized void startNextTimeFrom(Node node) {
        current = node.name();
    }

    @Override
    public boolean ofOneServer() {
        return false;
    }

    @Override
    public void close() {
        List<Node> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(conversations.values());
        }
        nodes.known().close();
        all.forEach(node -> node.conversation().close());
    }

    /** One node and the way to it. */
    private record Node(
            String name, Source<StatefulConnection<?, ?>> source, Conversation<StatefulConnection<?, ?>> conversation) {
        static Node of(String name, Source<StatefulConnection<?, ?>> source) {
            return new Node(name, source, new Conversation<>(source));
        }
    }
}
