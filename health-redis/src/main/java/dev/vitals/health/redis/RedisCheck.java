package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.checks.UnavailableException;
import dev.vitals.health.redis.Settings.Role;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether Redis answers, and what ails it. DOWN where there is no PONG; what INFO tells, of memory, evictions, saves and
 * replication, goes no further than DEGRADED. Of a cluster, DOWN where the cluster says so of itself. Immutable but for
 * the connection and the last look; safe for use by many threads.
 *
 * <pre>{@code
 * RedisCheck redis = RedisCheck.of(client).expectingPrimary(2).degradedFromMemory(0.8);
 * }</pre>
 *
 * <p>A run sends two commands together, in one round trip: PING and INFO, to one node of a cluster CLUSTER INFO and CLUSTER
 * NODES. Where the user may not do the latter, the detail says "not permitted" and the check is UP on PING; it asks again on a
 * new connection, and after 5 minutes.
 *
 * <p>With a client it has one connection of its own, made by the first run and used by all that follow, so that a command
 * of the application that blocks does not hold up the check. A connection on which no answer came in time is given up, and
 * the next run makes a new one. Connecting goes on in the background past a deadline; the runs that follow wait for it, and
 * never begin a second one to the same server beside it. Close the check before the client. A check that was made of
 * another by one of its options has the same connection, and closing either closes it.
 *
 * <p>Measures {@code memory.used} and {@code memory.max} (By), {@code memory.used.ratio} and
 * {@code memory.fragmentation.ratio} (1), {@code keys.evicted.rate} ({key}/s), {@code connections.rejected.rate}
 * ({connection}/s), {@code clients.connected} ({client}), {@code replication.lag} (s), {@code replication.behind} (By),
 * {@code replication.replicas} ({replica}), of a replica {@code replication.linked} (1 or 0), {@code saves.failed} ({save}), while loading {@code loading.remaining} (s), and of a cluster
 * {@code cluster.slots.uncovered} ({slot}) and {@code cluster.nodes.unreachable} ({node}), each where the server tells it.
 *
 * @see <a href="https://redis.io/docs/latest/commands/ping/">PING</a>
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO</a>
 */
public final class RedisCheck implements HealthCheck, AutoCloseable {
    private final Probe probe;
    private final Settings settings;
    private final ServerReport report;

    private RedisCheck(Probe probe, Settings settings) {
        this.probe = probe;
        this.settings = settings;
        this.report = new ServerReport(settings);
    }

    private static RedisCheck ofServer(Source<? extends StatefulConnection<?, ?>> source) {
        return new RedisCheck(Probe.server(new Conversation<>(source)), Settings.DEFAULT);
    }

    /**
     * {@return a check of the server that a client connects to, or of the master that its Sentinels name}
     *
     * @param client one that was made with the server's or the Sentinels' URI; it stays the application's, which shuts it
     *     down after closing the check
     * @throws IllegalArgumentException if there is none
     */
    public static RedisCheck of(@Nullable RedisClient client) {
        return ofServer(Given.own(client, "RedisCheck.of"));
    }

    /**
     * {@return a check of a cluster, asked at one of its nodes} When that one does not answer, another is asked in the same
     * run. It has a cluster connection of its own, with which Lettuce makes one connection to some node, and one to each
     * node that it is asked for: two as long as the first node answers, one more for each that has failed. Memory and replication of the single nodes are not looked at: check those by clients of their own.
     *
     * @param client the application's own; at the first run it learns the nodes where it has not done so yet
     * @throws IllegalArgumentException if there is none
     */
    public static RedisCheck of(@Nullable RedisClusterClient client) {
        RedisClusterClient given = Given.notNull(
                client,
                "the client is null: make it first, with RedisClusterClient.create(uri), then give it to RedisCheck.of");
        return new RedisCheck(
                new ClusterProbe(new Own<>(given::connect, StatefulConnection::closeAsync)), Settings.DEFAULT);
    }

    /**
     * {@return a check on a connection that is there} It is never closed by the check. While it is lost the check is DOWN.
     *
     * @param connection one that never blocks (BLPOP) and is never in MULTI: the check's commands wait behind such
     * @throws IllegalArgumentException if there is none
     */
    public static RedisCheck of(@Nullable StatefulRedisConnection<?, ?> connection) {
        return ofServer(Given.shared(connection, "RedisCheck.of"));
    }

    /**
     * {@return a check of a cluster on a connection that is there} It uses the connections to single nodes that Lettuce
     * keeps in it, and never closes any.
     *
     * @param connection one that never blocks (BLPOP): the check's commands wait behind such
     * @throws IllegalArgumentException if there is none
     */
    public static RedisCheck of(@Nullable StatefulRedisClusterConnection<?, ?> connection) {
        StatefulRedisClusterConnection<?, ?> given = Given.notNull(
                connection,
                "the connection is null: make it first, with client.connect(), then give it to RedisCheck.of");
        return new RedisCheck(new ClusterProbe(Source.given(given)), Settings.DEFAULT);
    }

    /**
     * {@return this check, DEGRADED where the server is a replica, or has fewer replicas on line than it should}
     *
     * @param replicas 0 or more
     * @throws IllegalArgumentException if the number is negative, or this is a check of a cluster
     */
    public RedisCheck expectingPrimary(int replicas) {
        return with("expectingPrimary", settings.expecting(Role.PRIMARY, replicas));
    }

    /**
     * {@return this check, DEGRADED where the server is a primary}
     *
     * @throws IllegalArgumentException if this is a check of a cluster
     */
    public RedisCheck expectingReplica() {
        return with("expectingReplica", settings.expecting(Role.REPLICA, 0));
    }

    /**
     * {@return this check, DEGRADED from another share of memory on, where the server would then refuse writes} 0.9 unless
     * said. Near its limit a server that evicts works as it should and stays UP; without maxmemory the share is that of the
     * host's memory.
     *
     * @param share above 0, at most 1
     * @throws IllegalArgumentException if it is not, or this is a check of a cluster
     */
    public RedisCheck degradedFromMemory(double share) {
        return with("degradedFromMemory", settings.withMemory(share));
    }

    /**
     * {@return this check, DEGRADED when a replica has fallen silent for so long} 30 s unless said: an idle primary writes
     * to its replicas every 10 s.
     *
     * @param longest above 0
     * @throws IllegalArgumentException if it is not, or this is a check of a cluster
     */
    public RedisCheck degradedFromLag(@Nullable Duration longest) {
        return with("degradedFromLag", settings.withLag(longest));
    }

    /**
     * {@return this check, DEGRADED when a replica is so far behind} Never unless said.
     *
     * @param bytes of the primary's stream, at least 1
     * @throws IllegalArgumentException if the number is below 1, or this is a check of a cluster
     */
    public RedisCheck degradedFromBehind(long bytes) {
        return with("degradedFromBehind", settings.withBehind(bytes));
    }

    /**
     * {@return this check, DEGRADED when so many keys are evicted for memory} Never unless said: evicting is a cache's
     * work, and how much of it is too much only its owner knows.
     *
     * @param perSecond above 0, between two runs
     * @throws IllegalArgumentException if it is not, or this is a check of a cluster
     */
    public RedisCheck degradedFromEvictions(double perSecond) {
        return with("degradedFromEvictions", settings.withEvictions(perSecond));
    }

    private RedisCheck with(String option, Settings changed) {
        if (!probe.ofOneServer()) {
            throw new IllegalArgumentException(option + " is for one server, and this is a check of a cluster: make"
                    + " another check with a RedisClient of the node, and say it there");
        }
        return new RedisCheck(probe, changed);
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        try {
            return probe.run(deadline, report);
        } catch (UnavailableException gone) {
            return HealthResult.down(String.valueOf(gone.getMessage()));
        }
    }

    /**
     * Closes the check's own connection, and waits for that at most 1 s; a connection that was given stays open. A
     * connection still being made is closed as soon as it is there. A run after that is DOWN.
     */
    @Override
    public void close() {
        probe.close();
    }
}
