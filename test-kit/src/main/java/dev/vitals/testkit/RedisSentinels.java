package dev.vitals.testkit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Sentinels on 127.0.0.1 that watch a primary and its replicas. They themselves want no password. */
public final class RedisSentinels implements AutoCloseable {
    /** What they call the primary. */
    public static final String MASTER = "mymaster";

    private final List<Redis> nodes;

    private RedisSentinels(List<Redis> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts them, and waits until they know each other and every replica.
     *
     * @param primary whom they watch; its replicas are there already
     * @param number how many Sentinels
     * @param quorum how many of them must agree that the primary is gone
     */
    public static RedisSentinels watch(Redis primary, int number, int quorum) throws Exception {
        String replicas = primary.info("connected_slaves");
        var sentinels = new RedisSentinels(new ArrayList<>());
        try {
            for (int i = 0; i < number; i++) {
                sentinels.nodes.add(Redis.start(
                        "",
                        List.of(
                                "sentinel monitor " + MASTER + " 127.0.0.1 " + primary.port() + " " + quorum,
                                "sentinel auth-pass " + MASTER + " " + Redis.PASSWORD,
                                "sentinel down-after-milliseconds " + MASTER + " 2000",
                                "sentinel failover-timeout " + MASTER + " 4000"),
                        List.of("--sentinel")));
            }
            sentinels.awaitWell();
            for (Redis node : sentinels.nodes) {
                Eventually.eventually(() -> figure(node, "num-slaves").equals(replicas));
            }
            return sentinels;
        } catch (Exception | AssertionError failure) {
            sentinels.close();
            throw failure;
        }
    }

    /** Waits until each of them finds all others well. */
    public void awaitWell() throws Exception {
        for (Redis node : nodes) {
            Eventually.eventually(() -> usable(node).startsWith("OK " + nodes.size()), () -> usable(node));
        }
    }

    private static String usable(Redis node) {
        try {
            return node.ask("SENTINEL", "CKQUORUM", MASTER);
        } catch (UncheckedIOException tooFew) {
            return String.valueOf(tooFew.getMessage());
        }
    }

    /** What a Sentinel says of the primary. */
    public static String figure(Redis sentinel, String name) {
        List<String> lines = sentinel.ask("SENTINEL", "MASTER", MASTER).lines().toList();
        return lines.get(lines.indexOf(name) + 1);
    }

    public List<Redis> nodes() {
        return List.copyOf(nodes);
    }

    /** The way to whoever is the primary. */
    public RedisURI uri() {
        RedisURI.Builder uri = RedisURI.builder().withSentinelMasterId(MASTER);
        nodes.forEach(node -> uri.withSentinel("127.0.0.1", node.port()));
        return uri.withPassword(Redis.PASSWORD.toCharArray()).build();
    }

    /** A client of whoever is the primary. */
    public RedisClient client() {
        return RedisClient.create(uri());
    }

    @Override
    public void close() throws IOException {
        for (Redis node : nodes) {
            node.close();
        }
    }
}
