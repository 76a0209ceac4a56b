package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.testkit.FaultProxy;
import dev.vitals.testkit.FaultTable;
import dev.vitals.testkit.Postgres;
import dev.vitals.testkit.PostgresReplica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A primary and its streaming replica, parted, held up and killed for real, and what the checks of either side say. */
@Timeout(90)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicationFaultsIT {
    private static final FaultTable TABLE = new FaultTable(
            Path.of("..", "docs", "health-jdbc.md"),
            "faults of replication",
            List.of(
                    "replay paused on the replica, while the primary writes",
                    "primary killed (SIGKILL), and started again; the replica says",
                    "network between them black-holed (`wal_receiver_timeout` 2 s); the replica says",
                    "replica killed (SIGKILL), and started again; the primary says",
                    "primary killed, replica promoted; who writes says",
                    "primary killed, replica promoted; who expects a replica there says"));

    private static Postgres primary;
    private static FaultProxy network;
    private static PostgresReplica replica;

    @BeforeAll
    static void startServers() throws Exception {
        primary = Postgres.start();
        network = FaultProxy.to(primary.port());
        replica = PostgresReplica.of(primary, network);
        primary.execute("CREATE TABLE written (at timestamptz)");
        replica.awaitStreaming();
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (replica != null) {
            replica.close();
        }
        network.close();
        primary.close();
        TABLE.finish();
    }

    private static Watched watch(ReplicationCheck check) throws Exception {
        return new Watched(TABLE, check, ReplicationFaultsIT::connections);
    }

    /** Checks without a pool: each run's connection has gone when it ends. */
    private static Map<String, Integer> connections() throws Exception {
        eventually(() -> primary.backends("%") + replica.server().backends("%") <= 1);
        return Map.of("in the network", network.openConnections());
    }

    @Test
    @Order(1)
    void aPausedReplayShowsAsLag() throws Exception {
        var check = ReplicationCheck.of(replica.server().dataSource())
                .expectingReplica()
                .degradedFromLag(Duration.ofSeconds(1));
        try (Watched watched = watch(check)) {
            watched.play(
                    "replay paused on the replica, while the primary writes",
                    "DEGRADED: replay lag 1 s, 1 s is much",
                    () -> {
                        replica.pauseReplay();
                        primary.execute("INSERT INTO written VALUES (now())");
                    },
                    replica::resumeReplay);
        }
    }

    @Test
    @Order(2)
    void aKilledPrimaryIsMissedByItsReplica() throws Exception {
        try (Watched watched =
                watch(ReplicationCheck.of(replica.server().dataSource()).expectingReplica())) {
            watched.play(
                    "primary killed (SIGKILL), and started again; the replica says",
                    "DEGRADED: the replica receives nothing from its primary",
                    primary::kill,
                    primary::restart);
        }
    }

    @Test
    @Order(3)
    void aSilentNetworkIsNoticedByTheReplica() throws Exception {
        try (Watched watched =
                watch(ReplicationCheck.of(replica.server().dataSource()).expectingReplica())) {
            watched.play(
                    "network between them black-holed (`wal_receiver_timeout` 2 s); the replica says",
                    "DEGRADED: the replica receives nothing from its primary",
                    network::blackHole,
                    network::clear);
        }
    }

    @Test
    @Order(4)
    void aKilledReplicaIsMissedByItsPrimary() throws Exception {
        try (Watched watched = watch(ReplicationCheck.of(primary.dataSource()).expectingPrimary(1))) {
            watched.play(
                    "replica killed (SIGKILL), and started again; the primary says",
                    "DEGRADED: 0 of 1 replica streams",
                    replica::kill,
                    replica::restart);
        }
    }

    @Test
    @Order(5)
    void aGuestWithoutRightsIsUpAndSaysSo() throws Exception {
        try (Watched watched = watch(ReplicationCheck.of(primary.dataSource(Postgres.GUEST, Postgres.PASSWORD))
                .expectingPrimary(1))) {
            HealthReport.Check now = watched.now();
            assertThat(now.status()).isEqualTo(Status.UP);
            assertThat(now.details()).containsEntry("replicas", "not permitted");
        }
    }

    /** The last one: afterwards nothing is as it was. */
    @Test
    @Order(6)
    void aFailoverIsFollowedByWhoWritesAndToldByWhoReads() throws Exception {
        try (var pool = new HikariDataSource(Postgres.impatient(whoeverIsPrimary(), 1));
                JdbcCheck writes = JdbcCheck.of(pool);
                Watched writing = new Watched(TABLE, writes, Map::of);
                Watched reading = new Watched(
                        TABLE,
                        ReplicationCheck.of(replica.server().dataSource()).expectingReplica(),
                        Map::of)) {
            writing.play(
                    "primary killed, replica promoted; who writes says",
                    "DOWN: no connection from the pool in time: connection not possible (SQLState 08001)",
                    primary::kill,
                    () -> reading.playForGood(
                            "primary killed, replica promoted; who expects a replica there says",
                            "DOWN: a primary, where a replica is expected",
                            replica::promote));
            assertThat(writing.now().status()).isEqualTo(Status.UP);
        }
    }

    private static PGSimpleDataSource whoeverIsPrimary() {
        PGSimpleDataSource source = primary.dataSource();
        source.setServerNames(new String[] {"127.0.0.1", "127.0.0.1"});
        source.setPortNumbers(new int[] {primary.port(), replica.port()});
        source.setTargetServerType("primary");
        source.setHostRecheckSeconds(0);
        return source;
    }
}
