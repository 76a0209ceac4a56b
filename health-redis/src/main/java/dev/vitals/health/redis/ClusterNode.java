package dev.vitals.health.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.concurrent.CompletableFuture;

/** The way to one node, through a cluster connection, which makes one connection to it, keeps it and closes it. */
record ClusterNode(StatefulRedisClusterConnection<?, ?> cluster, String nodeId)
        implements Source<StatefulConnection<?, ?>> {
    @Override
    public CompletableFuture<StatefulConnection<?, ?>> get() {
        try {
            return widened(cluster.getConnectionAsync(nodeId));
        } catch (RedisException gone) {
            return CompletableFuture.failedFuture(gone);
        }
    }

    private static <K, V> CompletableFuture<StatefulConnection<?, ?>> widened(
            CompletableFuture<StatefulRedisConnection<K, V>> connecting) {
        return connecting.thenApply(there -> there);
    }

    @Override
    public void giveUp(CompletableFuture<StatefulConnection<?, ?>> useless) {}

    @Override
    public void close() {}
}
