package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.testkit.MariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.MariaDbDataSource;

/** All that is asked with one query, asked of a real MariaDB with a real replica. */
class MariaDbIT {
    private static MariaDb primary;
    private static MariaDb replica;
    private static ReplicationCheck follower;

    @BeforeAll
    static void start() throws Exception {
        primary = MariaDb.start();
        primary.execute("CREATE DATABASE app");
        primary.execute("CREATE TABLE app.jobs (id INT PRIMARY KEY, started_at DATETIME)");
        primary.execute("INSERT INTO app.jobs VALUES (1, NULL), (2, NULL), (3, NOW())");
        replica = primary.startReplica();
        follower = ReplicationCheck.of(replica.dataSource()).expectingReplica();
        eventually(() -> check(follower).status() == Status.UP, () -> check(follower));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (replica != null) {
                replica.close();
            }
        } finally {
            primary.close();
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    private static HealthResult check(HealthCheck check) {
        try {
            return check.check(soon());
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void becomes(HealthCheck check, Status status, String reason) throws Exception {
        eventually(
                () -> {
                    HealthResult result = check(check);
                    return result.status() == status && reason.equals(result.reason());
                },
                () -> check(check));
    }

    private static void becomesUp(HealthCheck check) throws Exception {
        eventually(() -> check(check).status() == Status.UP, () -> check(check));
    }

    private static DataSource guest(MariaDb server) throws SQLException {
        MariaDbDataSource source = server.dataSource(MariaDb.GUEST, MariaDb.PASSWORD);
        source.setUrl("jdbc:mariadb://127.0.0.1:" + server.port() + "/information_schema");
        return source;
    }

    private static MariaDbDataSource app() throws SQLException {
        MariaDbDataSource source = primary.dataSource();
        source.setUrl("jdbc:mariadb://127.0.0.1:" + primary.port() + "/app");
        return source;
    }

    @Test
    void aReplicaThatFollowsIsWell() throws Exception {
        eventually(() -> Long.valueOf(0).equals(check(follower).details().get("behindBytes")));
        HealthResult result = check(follower);

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details())
                .containsEntry("role", "replica")
                .containsEntry("lagSeconds", 0.0)
                .containsEntry("product", "MariaDB " + replica.query("SELECT REGEXP_SUBSTR(version(), '^[0-9.]+')"));
        assertThat(result.measurements())
                .extracting(HealthResult.Measurement::name)
                .containsExactly("replication.lag", "replication.behind");
    }

    @Test
    void theWrongRoleIsDown() throws Exception {
        assertThat(check(ReplicationCheck.of(primary.dataSource()).expectingReplica()))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "a primary, where a replica is expected");
        assertThat(check(ReplicationCheck.of(replica.dataSource()).expectingPrimary(0)))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "read only, where a primary is expected");
    }

    @Test
    void aPausedReplayIsSaidAndCountedInBytes() throws Exception {
        replica.pauseReplica();
        try {
            becomes(follower, Status.DEGRADED, "the replica replays nothing");
            primary.execute("INSERT INTO app.jobs SELECT seq, NOW() FROM seq_1000_to_2000");
            ReplicationCheck strict = follower.degradedFromBehind(1_000).downFromBehind(2_000);
            eventually(() -> check(strict).status() == Status.DOWN, () -> check(strict));
            assertThat(check(strict).reason()).contains("KiB not replayed, ").endsWith("KiB is much");
        } finally {
            replica.resumeReplica();
        }
        becomesUp(follower);
    }

    @Test
    void aReplayThatFailsIsSaidByItsNumberAlone() throws Exception {
        replica.execute("INSERT INTO app.jobs VALUES (4711, NOW())");
        try {
            primary.execute("INSERT INTO app.jobs VALUES (4711, NOW())");
            becomes(follower, Status.DEGRADED, "the replica replays nothing (error 1062)");
            assertThat(check(follower).toString()).doesNotContain("4711", "jobs");
        } finally {
            replica.execute("DELETE FROM app.jobs WHERE id = 4711");
            replica.resumeReplica();
        }
        becomesUp(follower);
    }

    @Test
    void aReplicaThatIsCutOffIsSeenFromBothSides() throws Exception {
        ReplicationCheck leader = ReplicationCheck.of(primary.dataSource()).expectingPrimary(1);
        becomesUp(leader);
        replica.execute("STOP SLAVE");
        try {
            becomes(
                    follower,
                    Status.DEGRADED,
                    "the replica receives nothing from its primary; the replica replays nothing");
            becomes(leader, Status.DEGRADED, "0 of 1 replica streams");
        } finally {
            replica.resumeReplica();
        }
        becomesUp(follower);
        becomesUp(leader);
    }

    @Test
    void aPrimaryThatIsKilledIsMissedAndFoundAgain() throws Exception {
        primary.kill();
        try {
            eventually(
                    () -> String.valueOf(check(follower).reason())
                            .startsWith("the replica receives nothing from its primary (error 20"),
                    () -> check(follower));
        } finally {
            primary.startAgain();
        }
        becomesUp(follower);
    }

    @Test
    void whoMayNotSeeTheReplicationIsToldSo() throws Exception {
        HealthResult result = check(ReplicationCheck.of(guest(replica)).expectingReplica());

        assertThat(result.reason()).isNull();
        assertThat(result.details()).containsEntry("replication", "not permitted");
        becomes(ReplicationCheck.of(guest(primary)).expectingPrimary(2), Status.DEGRADED, "1 of 2 replicas stream");
    }

    @Test
    void everyUserSeesHowFullTheServerIs() throws Exception {
        HealthResult result = check(ConnectionsCheck.of(guest(primary)));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details())
                .containsEntry("max", Long.valueOf(primary.query("SELECT @@max_connections")))
                .containsKey("used");
        primary.execute("SET GLOBAL max_connections = 10");
        try {
            assertThat(check(ConnectionsCheck.of(guest(primary)).degradedFrom(0.1))
                            .reason())
                    .matches("[1-9] of 10 connections of the server in use, [1-9]0 %");
        } finally {
            primary.execute("SET GLOBAL max_connections = 151");
        }
    }

    @Test
    void aQueueIsCountedByItsConditionAndNoFurtherThanItsLimit() throws Exception {
        TableQueue waiting = TableQueue.of(primary.dataSource(), "app.jobs").where("started_at IS NULL");

        assertThat(waiting.waiting(soon())).isEqualTo(2);
        assertThat(waiting.countingAtMost(1).waiting(soon())).isEqualTo(1);
        assertThatThrownBy(() -> TableQueue.of(guest(primary), "app.jobs").waiting(soon()))
                .hasMessage("not permitted");
    }

    @Test
    void heartbeatsAreKeptByTheServersClock() throws Exception {
        JdbcHeartbeats beats = JdbcHeartbeats.of(app()).createTable().createTable();
        beats.write("g", "one", Duration.ofSeconds(40), soon());
        beats.write("g", "one", Duration.ofSeconds(50), soon());
        try (Connection other = app().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET time_zone = '+05:30'");
            other.setAutoCommit(false);
            DataSource second = Sources.beforeStatement(
                    other, "INSERT INTO", () -> beats.write("g", "two", Duration.ofHours(2), soon()));
            JdbcHeartbeats.of(second).write("g", "two", Duration.ZERO, soon());
        }

        assertThat(beats.ages("g", soon()).stream().sorted())
                .satisfiesExactly(
                        age -> assertThat(age).isBetween(Duration.ZERO, Duration.ofSeconds(30)),
                        age -> assertThat(age).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(80)));
        primary.execute("INSERT INTO app.vitals_heartbeat VALUES ('g', 'old', 4711)");
        JdbcHeartbeats.of(app()).write("g", "one", Duration.ZERO, soon());
        assertThat(beats.ages("g", soon())).hasSize(2);
        beats.remove("g", "one", soon());
        assertThat(beats.ages("g", soon())).hasSize(1);
    }

    @Test
    void whatLiquibaseDidIsThere(@TempDir Path folder) throws Exception {
        MigrationCheck check = MigrationCheck.liquibase(app()).expecting("ann:1", "2");
        assertThat(check(check).reason()).isEqualTo("2 migrations pending; no history of migrations");
        assertThat(check(MigrationCheck.flyway(app())).reason()).isEqualTo("no history of migrations");

        Files.writeString(
                folder.resolve("changes.sql"),
                "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE invoices (id int);\n");
        try (Connection connection = app().getConnection()) {
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase("changes.sql", new DirectoryResourceAccessor(folder), database).update("");
        }

        assertThat(check(check).reason()).isEqualTo("1 migration pending");
        assertThat(check(check.expecting("1")).status()).isEqualTo(Status.UP);
        assertThat(check(MigrationCheck.liquibase(guest(primary)).table("app.DATABASECHANGELOG"))
                        .details())
                .containsEntry("migrations", "not permitted");
    }

    @Test
    void aHistoryAsFlywayMakesItHereIsRead() throws Exception {
        primary.execute("CREATE TABLE app.`Our_History` (installed_rank INT PRIMARY KEY, version VARCHAR(50),"
                + " type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL, success BOOL NOT NULL)");
        primary.execute("INSERT INTO app.`Our_History` VALUES (1, '1', 'SQL', 'V1.sql', true),"
                + " (2, '2', 'SQL', 'V2.sql', false)");
        MigrationCheck check = MigrationCheck.flyway(primary.dataSource()).table("app.Our_History");

        assertThat(check(check.expecting("1", "2")))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "1 migration failed; 1 migration pending");
    }

    private static Map<String, HealthCheck> checks(DataSource source) throws SQLException {
        var checks = new LinkedHashMap<String, HealthCheck>();
        checks.put("primary", ReplicationCheck.of(source).expectingPrimary(1));
        checks.put("replica", ReplicationCheck.of(source));
        checks.put("connections", ConnectionsCheck.of(source));
        checks.put("flyway", MigrationCheck.flyway(source));
        checks.put("liquibase", MigrationCheck.liquibase(source).expecting("1"));
        checks.put("queue", BacklogCheck.from(TableQueue.of(source, "app.jobs")));
        return checks;
    }

    @Test
    void everyRunIsOneRoundTripCountedByTheServer() throws Exception {
        try (Connection connection = app().getConnection()) {
            for (var check : checks(Sources.carelesslyPooling(connection)).entrySet()) {
                long before = questions(connection);
                for (int i = 0; i < 10; i++) {
                    check(check.getValue());
                }
                // One for the count itself.
                assertThat(questions(connection) - before).as(check.getKey()).isEqualTo(10 + 1);
            }
        }
    }

    /** What this connection asked. */
    private static long questions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }

    @Test
    void aServerThatGoesSilentKeepsNeitherThreadNorConnection() throws Exception {
        long before = connections();
        DataSource silent = Sources.onceLent(primary.dataSource(), () -> {
            primary.freeze();
            return true;
        });
        for (var check : checks(silent).entrySet()) {
            HealthMonitor.Builder builder = HealthMonitor.builder()
                    .observe(check.getKey(), check.getValue(), options -> options.timeout(Duration.ofMillis(300))
                            .every(Duration.ofHours(1)));
            try (HealthMonitor health = builder.start()) {
                eventually(() -> health.report().toString().contains("no answer in "), health::report);
                eventually(() -> threadsOf(check.getKey()) == 0, () -> "a thread of " + check.getKey());
            } finally {
                primary.thaw();
            }
        }
        eventually(() -> connections() <= before, () -> "a connection");
    }

    private static long connections() throws SQLException {
        return Long.parseLong(primary.query("SELECT count(*) FROM information_schema.processlist"
                + " WHERE user = 'root' AND command NOT LIKE 'Binlog Dump%'"));
    }

    private static long threadsOf(String check) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("vitals-check-" + check))
                .count();
    }
}
