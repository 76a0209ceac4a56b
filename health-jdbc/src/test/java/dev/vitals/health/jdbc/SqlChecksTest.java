package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.health.checks.UnavailableException;
import dev.vitals.testkit.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checks that ask PostgreSQL one thing, against a server without a replica. */
class SqlChecksTest {
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
        postgres.execute("CREATE TABLE jobs (id int, started_at timestamptz, payload jsonb)");
        postgres.execute("INSERT INTO jobs SELECT id, CASE WHEN id > 7 THEN now() END, '{\"a\": 1}'"
                + " FROM generate_series(1, 10) AS id");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    private static HealthResult check(HealthCheck check) throws Exception {
        return check.check(soon());
    }

    private static DataSource guest() {
        return postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD);
    }

    private static Map<String, HealthCheck> checks(DataSource source) throws SQLException {
        var checks = new LinkedHashMap<String, HealthCheck>();
        checks.put("replication", ReplicationCheck.of(source).expectingPrimary(0));
        checks.put("connections", ConnectionsCheck.of(source));
        checks.put("flyway", MigrationCheck.flyway(source).expecting("1"));
        checks.put("liquibase", MigrationCheck.liquibase(source));
        checks.put("queue", BacklogCheck.from(TableQueue.of(source, "jobs")));
        return checks;
    }

    @Test
    void aPrimaryWithoutItsReplicasIsDegraded() throws Exception {
        for (DataSource source : List.of(postgres.dataSource(), guest())) {
            HealthResult result = check(ReplicationCheck.of(source).expectingPrimary(2));

            assertThat(result.status()).isEqualTo(Status.DEGRADED);
            assertThat(result.reason()).isEqualTo("0 of 2 replicas stream");
            assertThat(result.details())
                    .containsEntry("role", "primary")
                    .containsEntry("replicas", 0)
                    .containsEntry("product", "PostgreSQL " + postgres.query("SHOW server_version"));
            assertThat(result.measurements())
                    .containsExactly(new HealthResult.Measurement("replication.replicas", "{replica}", 0));
        }
    }

    @Test
    void aPrimaryInPlaceOfAReplicaIsDownAndOnlyDegradesReadiness() throws Exception {
        ReplicationCheck check = ReplicationCheck.of(postgres.dataSource()).expectingReplica();
        assertThat(check(check))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "a primary, where a replica is expected");
        assertThat(check.advisory()).isTrue();
        assertThat(check(ReplicationCheck.of(postgres.dataSource())).status()).isEqualTo(Status.UP);
    }

    @Test
    void everyUserSeesHowFullTheServerIs() throws Exception {
        long max = Long.parseLong(postgres.query("SHOW max_connections"))
                - Long.parseLong(postgres.query("SHOW superuser_reserved_connections"));
        HealthResult result = check(ConnectionsCheck.of(guest()));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsEntry("max", max);
        assertThat((Long) result.details().get("used")).isBetween(1L, 20L);
        assertThat(result.measurements())
                .extracting(HealthResult.Measurement::name)
                .containsExactly("connections.used", "connections.max", "connections.used.ratio");
    }

    @Test
    void aServerThatFillsUpIsSaidSo() throws Exception {
        assertThat(ConnectionsCheck.verdict(77, 97, new Levels(0.8, 0.95)).status())
                .isEqualTo(Status.UP);
        assertThat(ConnectionsCheck.verdict(78, 97, new Levels(0.8, 0.95)))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DEGRADED, "78 of 97 connections of the server in use, 80.4 %");
        assertThat(ConnectionsCheck.verdict(97, 97, new Levels(0.8, 0.95)).status())
                .isEqualTo(Status.DOWN);
        assertThat(ConnectionsCheck.verdict(99, 97, new Levels(0.8, 0.95)).reason())
                .isEqualTo("all 97 connections of the server in use, and 2 that are reserved");
        try (HikariDataSource pool = postgres.pool()) {
            ConnectionsCheck check = ConnectionsCheck.of(pool).degradedFrom(0.05);
            long before = used(check);
            try (Connection one = guest().getConnection();
                    Connection two = guest().getConnection()) {
                assertThat(one.isValid(5) && two.isValid(5)).isTrue();
                eventually(() -> used(check) >= before + 2);
            }
        }
    }

    private static long used(ConnectionsCheck check) throws Exception {
        return (Long) check(check).details().get("used");
    }

    @Test
    void aQueueIsCountedByItsConditionAndNoFurtherThanItsLimit() throws Exception {
        TableQueue jobs = TableQueue.of(postgres.dataSource(), "public.jobs");

        assertThat(jobs.waiting(soon())).isEqualTo(10);
        assertThat(jobs.where("started_at IS NULL").waiting(soon())).isEqualTo(7);
        assertThat(jobs.where("started_at IS NULL OR payload ? 'a'").waiting(soon()))
                .isEqualTo(10);
        assertThat(jobs.countingAtMost(4).waiting(soon())).isEqualTo(4);
        assertThat(check(BacklogCheck.from(jobs.where("started_at IS NULL")).degradedFrom(5))
                        .reason())
                .isEqualTo("7 waiting, 5 are many");
    }

    @Test
    void whatAQueueThrowsHoldsNoData() {
        TableQueue wrong = TableQueue.of(postgres.dataSource(), "jobs").where("id = 'secret-4711'");

        assertThatThrownBy(() -> wrong.waiting(soon()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("database error (SQLState 22P02)")
                .hasNoCause();
        assertThatThrownBy(() -> TableQueue.of(guest(), "jobs").waiting(soon())).hasMessage("not permitted");
        assertThatThrownBy(() -> TableQueue.of(postgres.dataSource(), "jobs").waiting(Deadline.after(Duration.ZERO)))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("no connection in time");
    }

    @Test
    void withoutHistoryAllThatIsExpectedIsPending() throws Exception {
        for (MigrationCheck check : List.of(
                MigrationCheck.flyway(postgres.dataSource()), MigrationCheck.liquibase(postgres.dataSource()))) {
            assertThat(check(check))
                    .extracting(HealthResult::status, HealthResult::reason)
                    .containsExactly(Status.DEGRADED, "no history of migrations");
            assertThat(check(check.expecting("1", "2")))
                    .extracting(HealthResult::status, HealthResult::reason)
                    .containsExactly(Status.DEGRADED, "2 migrations pending; no history of migrations");
        }
    }

    @Test
    void everyRunIsOneRoundTripCountedByTheServer() throws Exception {
        postgres.execute("ALTER SYSTEM SET autovacuum = off");
        postgres.execute("SELECT pg_reload_conf()");
        postgres.execute("CREATE DATABASE counted");
        var source = postgres.dataSource();
        source.setDatabaseName("counted");
        try (Connection connection = source.getConnection()) {
            for (var check : checks(Sources.carelesslyPooling(connection)).entrySet()) {
                boolean queue = check.getKey().equals("queue");
                long before = transactions(connection);
                for (int i = 0; i < 10; i++) {
                    try {
                        check(check.getValue());
                    } catch (SQLException noSuchTable) {
                        assertThat(queue).isTrue();
                    }
                }
                // One for the count itself.
                assertThat(transactions(connection) - before).as(check.getKey()).isEqualTo(10 + 1);
            }
        }
    }

    /**
     * Outside a transaction each statement is one of its own. The count is passed on at once where a session is told to, and has
     * read a table.
     */
    private static long transactions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_stat_force_next_flush() FROM pg_database")) {
            row.next();
        }
        return Long.parseLong(
                postgres.query("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'counted'"));
    }

    @Test
    void noTransactionStaysOpenAlsoAfterAnError() throws Exception {
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (var check : checks(Sources.carelesslyPooling(connection)).entrySet()) {
                check(check.getValue());
                assertThat(postgres.backends("idle in transaction%"))
                        .as(check.getKey())
                        .isZero();
            }
        }
    }

    @Test
    void aConnectionThatComesTooLateGoesBackUnused() throws Exception {
        try (HikariDataSource pool = postgres.pool()) {
            assertThat(ConnectionsCheck.of(pool).check(Deadline.after(Duration.ZERO)))
                    .isEqualTo(HealthResult.down("no connection in time"));
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    /** A pool's callers wait for it as it is: a check that joined them would make them wait longer. */
    @Test
    void noCheckQueuesWhereThePoolHasNoConnectionLeft() throws Exception {
        try (HikariDataSource pool = postgres.pool();
                Connection only = pool.getConnection()) {
            assertThat(only.isValid(5)).isTrue();
            for (HealthCheck check : checks(pool).values()) {
                assertThat(check(check))
                        .isEqualTo(HealthResult.degraded("not asked: pool exhausted: 1 of 1 in use, 0 waiting"));
            }
        }
        HikariDataSource closed = postgres.pool();
        Map<String, HealthCheck> checks = checks(closed);
        closed.close();
        for (HealthCheck check : checks.values()) {
            assertThat(check(check)).isEqualTo(HealthResult.down("the pool is closed"));
        }
    }

    /** A server goes on with a statement that waits for a lock, though its client has gone. */
    @Test
    void aQuestionThatWaitsForALockIsCancelledOnTheServer() throws Exception {
        try (Connection holder = administrator();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE jobs");
            BacklogCheck check = BacklogCheck.from(TableQueue.of(postgres.dataSource(), "jobs"));
            try (HealthMonitor health = HealthMonitor.builder()
                    .observe("queue", check, options -> options.timeout(Duration.ofMillis(300))
                            .every(Duration.ofHours(1)))
                    .start()) {
                eventually(() -> health.report().toString().contains("no answer in 300 ms"), health::report);

                eventually(
                        () -> postgres.query("SELECT count(*) FROM pg_locks WHERE NOT granted")
                                .equals("0"),
                        () -> "it waits on");
            }
        }
    }

    private static Connection administrator() throws SQLException {
        return postgres.dataSource().getConnection();
    }

    @Test
    void whatCannotBeReachedIsNamed() throws Exception {
        DataSource wrong = postgres.dataSource(Postgres.GUEST, "wrong-password");
        DataSource thrower = Sources.throwing(new IllegalStateException("no log-in for user bob"));

        for (HealthCheck check : List.of(ReplicationCheck.of(wrong), ConnectionsCheck.of(wrong))) {
            assertThat(check(check)).isEqualTo(HealthResult.down("authentication failed (SQLState 28P01)"));
        }
        assertThat(check(MigrationCheck.flyway(thrower))).isEqualTo(HealthResult.down("IllegalStateException"));
        assertThatThrownBy(() -> TableQueue.of(thrower, "jobs").waiting(soon()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("IllegalStateException");
    }

    @Test
    void aServerThatGoesSilentKeepsNeitherThreadNorConnection() throws Exception {
        DataSource silent = Sources.onceLent(postgres.dataSource(), () -> {
            postgres.freeze();
            return true;
        });
        for (var check : checks(silent).entrySet()) {
            HealthMonitor.Builder builder = HealthMonitor.builder()
                    .observe(check.getKey(), check.getValue(), options -> options.timeout(Duration.ofMillis(300))
                            .every(Duration.ofHours(1)));
            try (HealthMonitor health = builder.start()) {
                eventually(() -> health.report().toString().contains("no answer in 300 ms"), health::report);
                eventually(() -> threadsOf(check.getKey()) == 0, () -> "a thread of " + check.getKey());
            } finally {
                postgres.thaw();
            }
        }
        eventually(() -> postgres.backends("%") == 0, () -> "a connection");
    }

    private static long threadsOf(String check) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("vitals-check-" + check))
                .count();
    }
}
