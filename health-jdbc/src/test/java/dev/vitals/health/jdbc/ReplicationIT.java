package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.FaultProxy;
import dev.vitals.testkit.Postgres;
import dev.vitals.testkit.PostgresReplica;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real primary of PostgreSQL and its streaming replica, over a network that can be cut. */
class ReplicationIT {
    private static Postgres primary;
    private static FaultProxy network;
    private static PostgresReplica replica;

    @BeforeAll
    static void start() throws Exception {
        primary = Postgres.start();
        network = FaultProxy.to(primary.port());
        primary.execute("CREATE TABLE written (id int, filler text)");
        replica = PostgresReplica.of(primary, network);
    }

    @AfterAll
    static void stop() throws Exception {
        try (Postgres last = primary;
                FaultProxy before = network) {
            assertThat(before.port()).isNotEqualTo(last.port());
            if (replica != null) {
                replica.close();
            }
        }
    }

    private static HealthResult check(ReplicationCheck check) {
        return check.check(Deadline.after(Duration.ofSeconds(5)));
    }

    private static ReplicationCheck follower() {
        return ReplicationCheck.of(replica.server().dataSource()).expectingReplica();
    }

    private static ReplicationCheck leader(int replicas) {
        return ReplicationCheck.of(primary.dataSource()).expectingPrimary(replicas);
    }

    private static DataSource guest(Postgres server) {
        return server.dataSource(Postgres.GUEST, Postgres.PASSWORD);
    }

    private static void write(int rows) throws SQLException {
        primary.execute("INSERT INTO written SELECT id, repeat('x', 100) FROM generate_series(1, " + rows + ") AS id");
    }

    private static double secondsSinceLastReplay() throws SQLException {
        return Double.parseDouble(replica.server()
                .query("SELECT coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)"));
    }

    private static boolean hasNoLag(ReplicationCheck check) {
        return Double.valueOf(0).equals(check(check).details().get("lagSeconds"));
    }

    private static void becomes(ReplicationCheck check, Status status, String reason) throws Exception {
        eventually(
                () -> {
                    HealthResult result = check(check);
                    return result.status() == status
                            && String.valueOf(result.reason()).matches(reason);
                },
                () -> check(check));
    }

    private static void becomesUp(ReplicationCheck check) throws Exception {
        eventually(() -> check(check).status() == Status.UP, () -> check(check));
    }

    @Test
    void anIdleReplicaThatIsCaughtUpHasNoLagHoweverLongNothingWasWritten() throws Exception {
        write(1);
        eventually(() -> secondsSinceLastReplay() > 2);

        HealthResult result =
                check(follower().degradedFromLag(Duration.ofSeconds(1)).degradedFromBehind(1));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details())
                .containsEntry("role", "replica")
                .containsEntry("lagSeconds", 0.0)
                .containsEntry("behindBytes", 0L);
        assertThat(result.measurements())
                .containsExactly(
                        new HealthResult.Measurement("replication.lag", "s", 0),
                        new HealthResult.Measurement("replication.behind", "By", 0));
    }

    @Test
    void aPausedReplayGrowsLateInSecondsAndInBytes() throws Exception {
        ReplicationCheck check =
                follower().degradedFromLag(Duration.ofSeconds(1)).downFromLag(Duration.ofSeconds(3));
        becomesUp(check);
        replica.pauseReplay();
        try {
            write(1_000);
            becomes(check, Status.DEGRADED, "replay lag [12] s, 1 s is much");
            assertThat(check(check).details()).containsEntry("replay", "paused");
            becomes(check, Status.DOWN, "replay lag [3-9] s, 3 s is much");
            becomes(
                    follower().degradedFromBehind(1024).downFromBehind(2048),
                    Status.DOWN,
                    "[0-9.]+ KiB not replayed, 2 KiB is much");
        } finally {
            replica.resumeReplay();
        }
        becomesUp(check);
    }

    /** The last transaction that was replayed is old, and what is replayed since has not been committed yet. */
    @Test
    void aChangeAfterAQuietTimeIsNoOlderThanTheLookBeforeIt() throws Exception {
        ReplicationCheck check = follower();
        write(1);
        eventually(() -> secondsSinceLastReplay() > 3);
        eventually(() -> hasNoLag(check), () -> check(check));
        replica.pauseReplay();
        try {
            write(10);
            eventually(() -> !Long.valueOf(0).equals(check(check).details().get("behindBytes")));

            assertThat((Double) check(check).details().get("lagSeconds")).isBetween(0.001, 3.0);
        } finally {
            replica.resumeReplay();
        }
    }

    @Test
    void aPrimaryCountsTheReplicasThatStream() throws Exception {
        becomesUp(leader(1));
        assertThat(check(leader(1)).details()).containsEntry("replicas", 1);
        assertThat(check(leader(2)))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DEGRADED, "1 of 2 replicas stream");
    }

    @Test
    void whoMayNotSeeTheReplicasIsToldSo() throws Exception {
        becomesUp(leader(1));
        HealthResult result = check(ReplicationCheck.of(guest(primary)).expectingPrimary(2));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsEntry("role", "primary").containsEntry("replicas", "not permitted");
        assertThat(result.measurements()).isEmpty();

        primary.execute("GRANT pg_read_all_stats TO " + Postgres.GUEST);
        try {
            assertThat(check(ReplicationCheck.of(guest(primary)).expectingPrimary(2))
                            .reason())
                    .isEqualTo("1 of 2 replicas stream");
        } finally {
            primary.execute("REVOKE pg_read_all_stats FROM " + Postgres.GUEST);
        }
    }

    @Test
    void everyUserSeesThatAReplicaFollows() throws Exception {
        ReplicationCheck check = ReplicationCheck.of(guest(replica.server())).expectingReplica();
        becomesUp(check);
        assertThat(check(check).details()).containsEntry("lagSeconds", 0.0);
    }

    @Test
    void theWrongRoleIsDown() {
        assertThat(check(ReplicationCheck.of(replica.server().dataSource()).expectingPrimary(0)))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "a replica, where a primary is expected");
    }

    @Test
    void aReplicaThatIsCutOffIsSeenFromBothSides() throws Exception {
        ReplicationCheck check = follower().downFromLag(Duration.ofSeconds(30));
        eventually(() -> hasNoLag(check), () -> check(check));
        becomesUp(leader(1));
        network.reset();
        try {
            becomes(check, Status.DEGRADED, "the replica receives nothing from its primary");
            assertThat(check(check).details())
                    .doesNotContainKey("behindBytes")
                    .hasEntrySatisfying(
                            "lagSeconds", lag -> assertThat((Double) lag).isGreaterThan(0));
            becomes(leader(1), Status.DEGRADED, "0 of 1 replica streams");
            becomes(
                    ReplicationCheck.of(guest(replica.server())),
                    Status.DEGRADED,
                    "the replica receives nothing from its primary");
        } finally {
            network.clear();
        }
        becomesUp(check);
        becomesUp(leader(1));
    }

    @Test
    void aReplicaThatIsMadeAPrimaryIsOne() throws Exception {
        try (PostgresReplica second = PostgresReplica.of(primary)) {
            becomesUp(leader(2));
            ReplicationCheck check = ReplicationCheck.of(second.server().dataSource());
            becomesUp(check.expectingReplica());

            second.promote();

            becomes(check.expectingReplica(), Status.DOWN, "a primary, where a replica is expected");
            becomesUp(check.expectingPrimary(0));
            becomes(leader(2), Status.DEGRADED, "1 of 2 replicas stream");
        }
    }
}
