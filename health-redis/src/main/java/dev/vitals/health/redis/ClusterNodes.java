package dev.vitals.health.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ways to the single nodes of a cluster. Safe for use by many threads. */
interface ClusterNodes {
    /** The nodes that the client knows; learning them for the first time takes a while. */
    Source<Partitions> known();

    /** A way to one node, which makes at most one connection to it. */
    Source<StatefulConnection<?, ?>> to(RedisClusterNode node);

    /**
     * Connections of the check's own. A cluster connection would not do: it sends a command without a key to any node,
     * the dead one as well. What connects to a node is a plain client with the cluster client's own resources and options.
     */
    static ClusterNodes own(RedisClusterClient client) {
        RedisClient plain = RedisClient.create(client.getResources());
        var known = new Own<>(client::getPartitions, partitions -> CompletableFuture.<Void>completedFuture(null));
        return new ClusterNodes() {
            @Override
            public Source<Partitions> known() {
                return known;
            }

            @Override
            public Source<StatefulConnection<?, ?>> to(RedisClusterNode node) {
                RedisURI uri = node.getUri();
                return new Own<>(
                        () -> {
                            plain.setOptions(client.getOptions());
                            return plain.connect(StringCodec.UTF8, uri);
                        },
                        StatefulConnection::closeAsync);
            }
        };
    }

    /** The connections to its nodes that a cluster connection has, or makes and closes itself. */
    static ClusterNodes given(StatefulRedisClusterConnection<?, ?> connection) {
        return new ClusterNodes() {
            @Override
            public Source<Partitions> known() {
                return Source.given(connection.getPartitions());
            }

            @Override
            public Source<StatefulConnection<?, ?>> to(RedisClusterNode node) {
                return new Shared(connection, node.getNodeId());
            }
        };
    }

    /** Lettuce makes one connection to a node, however often it is asked for it. */
    record Shared(StatefulRedisClusterConnection<?, ?> cluster, String nodeId)
            implements Source<StatefulConnection<?, ?>> {
        @Override
        public CompletableFuture<StatefulConnection<?, ?>> get() {
            return widened(cluster.getConnectionAsync(nodeId));
        }

        private static <K, V> CompletableFuture<StatefulConnection<?, ?>> widened(
                CompletionStage<StatefulRedisConnection<K, V>> connecting) {
            return connecting
                    .<StatefulConnection<?, ?>>thenApply(there -> there)
                    .toCompletableFuture();
        }

        @Override
        public void giveUp(CompletableFuture<StatefulConnection<?, ?>> useless) {}

        @Override
        public void close() {}
    }
}
