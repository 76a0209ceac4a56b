package dev.vitals.testkit;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis cluster of three masters on 127.0.0.1, each with a replica or none. A node is gone after 1 s. */
public final class RedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<Redis> masters = new ArrayList<>();
    private final List<Redis> replicas = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Starts it, and waits until every node says that the cluster is well.
     *
     * @param replicated whether each master has a replica
     */
    public static RedisCluster start(boolean replicated) throws Exception {
        var cluster = new RedisCluster();
        try {
            for (int i = 0; i < MASTERS; i++) {
                cluster.masters.add(node());
            }
            for (int i = 0; replicated && i < MASTERS; i++) {
                cluster.replicas.add(node());
            }
            cluster.form();
            return cluster;
        } catch (Exception | AssertionError failure) {
            cluster.close();
            throw failure;
        }
    }

    private static Redis node() throws IOException {
        return Redis.start("cluster-enabled yes", "cluster-node-timeout 1000");
    }

    private void form() throws Exception {
        for (int i = 0; i < MASTERS; i++) {
            Redis master = masters.get(i);
            master.ask("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            Stream<String> slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                    .mapToObj(Integer::toString);
            master.ask(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
        for (Redis node : nodes().subList(1, nodes().size())) {
            masters.get(0).ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()));
        }
        for (int i = 0; i < replicas.size(); i++) {
            String id = masters.get(i).ask("CLUSTER", "MYID");
            Redis replica = replicas.get(i);
            Eventually.eventually(() -> replica.ask("CLUSTER", "NODES").contains(id));
            replica.ask("CLUSTER", "REPLICATE", id);
        }
        awaitWell();
    }

    /** Waits until every node says that the cluster is well, knows all others, and every replica has its data. */
    public void awaitWell() throws Exception {
        for (Redis node : nodes()) {
            Eventually.eventually(() -> well(node), () -> node.ask("CLUSTER", "NODES"));
        }
    }

    private boolean well(Redis node) {
        String seen = node.ask("CLUSTER", "NODES");
        return node.ask("CLUSTER", "INFO").contains("cluster_state:ok")
                && seen.lines().count() == nodes().size()
                && !seen.contains("handshake")
                && !seen.contains("fail")
                && seen.lines().filter(line -> line.contains("slave")).count() == replicas.size()
                && !node.info("master_link_status").equals("down");
    }

    /** All nodes: first those that began as masters, then those that began as replicas, in the same order. */
    public List<Redis> nodes() {
        return Stream.concat(masters.stream(), replicas.stream()).toList();
    }

    /** A client that knows every node that began as a master. */
    public RedisClusterClient client() {
        List<RedisURI> uris =
                masters.stream().map(node -> node.uri(Redis.PASSWORD)).toList();
        return RedisClusterClient.create(uris);
    }

    @Override
    public void close() throws IOException {
        for (Redis node : nodes()) {
            node.close();
        }
    }
}
