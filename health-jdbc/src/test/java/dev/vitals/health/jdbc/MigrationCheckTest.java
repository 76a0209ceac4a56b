package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories that the real Flyway and the real Liquibase wrote. */
class MigrationCheckTest {
    private static Postgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static HealthResult check(MigrationCheck check) {
        return check.check(Deadline.after(Duration.ofSeconds(5)));
    }

    private static void says(MigrationCheck check, Status status, String reason) {
        assertThat(check(check))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(status, reason);
    }

    private void script(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** A schema of its own for each test, made by Flyway, which notes that in a line without a version. */
    private FluentConfiguration flyway(String schema) {
        return Flyway.configure()
                .dataSource(postgres.dataSource())
                .schemas(schema)
                .locations("filesystem:" + folder);
    }

    private static MigrationCheck history(String schema) {
        return MigrationCheck.flyway(postgres.dataSource()).table(schema + ".flyway_schema_history");
    }

    @Test
    void whatFlywayDidIsThereAndWhatItDidNotIsPending() throws Exception {
        script("V1__orders.sql", "CREATE TABLE orders (id int)");
        script("V1_5__index.sql", "CREATE INDEX ON orders (id)");
        script("R__view.sql", "CREATE OR REPLACE VIEW order_ids AS SELECT id FROM orders");
        flyway("well").load().migrate();

        HealthResult result = check(history("well").expecting("1", "01.50", "1.5.0"));
        assertThat(result.reason()).isEqualTo("1 migration pending");
        assertThat(result.details()).containsEntry("pending", List.of("01.50"));

        result = check(history("well").expecting("1", "1.5"));
        assertThat(result)
                .isEqualTo(HealthResult.up()
                        .withDetail("product", "PostgreSQL " + postgres.query("SHOW server_version"))
                        .withMeasurement("migrations.failed", "{migration}", 0)
                        .withMeasurement("migrations.pending", "{migration}", 0));
        assertThat(check(history("well")).status()).isEqualTo(Status.UP);

        says(history("well").expecting("1", "2", "3"), Status.DEGRADED, "2 migrations pending");
        says(history("well").expecting(List.of("2")).downWhenPending(), Status.DOWN, "1 migration pending");
    }

    @Test
    void whatFailedOnPostgresIsTakenBackAndPending() throws Exception {
        script("V1__orders.sql", "CREATE TABLE orders (id int)");
        script("V2__broken.sql", "CREATE TABLE 4711secret");
        assertThatThrownBy(() -> flyway("taken_back").load().migrate()).isInstanceOf(FlywayException.class);

        says(history("taken_back").expecting("1", "2"), Status.DEGRADED, "1 migration pending");
    }

    @Test
    void whatFailedIsDownUntilItIsRepaired() throws Exception {
        script("V1__orders.sql", "CREATE TABLE orders (id int)");
        script("V2__broken.sql", "CREATE TABLE broken (id int)");
        flyway("failing").load().migrate();
        // As Flyway leaves it where the database cannot take its DDL back, as MySQL cannot.
        postgres.execute("UPDATE failing.flyway_schema_history SET success = false WHERE version = '2'");
        postgres.execute("DROP TABLE failing.broken");

        HealthResult result = check(history("failing"));
        assertThat(result)
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "1 migration failed");
        assertThat(result.measurements()).contains(new Measurement("migrations.failed", "{migration}", 1));
        assertThat(result.toString()).doesNotContain("broken");
        says(history("failing").expecting("2"), Status.DOWN, "1 migration failed; 1 migration pending");

        flyway("failing").load().repair();
        says(history("failing").expecting("1", "2"), Status.DEGRADED, "1 migration pending");
        flyway("failing").load().migrate();
        assertThat(check(history("failing").expecting("1", "2")).status()).isEqualTo(Status.UP);
    }

    @Test
    void aBaselineStandsForAllBeforeIt() throws Exception {
        postgres.execute("CREATE SCHEMA old");
        flyway("old").baselineVersion("7").load().baseline();

        assertThat(check(history("old").expecting("1", "6.9", "7")).status()).isEqualTo(Status.UP);
        says(history("old").expecting("7", "7.1"), Status.DEGRADED, "1 migration pending");
    }

    @Test
    void aTableInCapitalsAndSmallLettersIsFound() throws Exception {
        script("V1__orders.sql", "CREATE TABLE orders (id int)");
        flyway("mixed").table("Our_History").load().migrate();

        assertThat(check(MigrationCheck.flyway(postgres.dataSource())
                                .table("mixed.Our_History")
                                .expecting("1"))
                        .status())
                .isEqualTo(Status.UP);
    }

    @Test
    void whoMayNotReadTheHistoryIsToldSo() throws Exception {
        script("V1__orders.sql", "CREATE TABLE orders (id int)");
        flyway("closed").load().migrate();
        DataSource guest = postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD);

        HealthResult result = check(MigrationCheck.flyway(guest)
                .table("closed.flyway_schema_history")
                .expecting("1", "2")
                .downWhenPending());

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsEntry("migrations", "not permitted");
        assertThat(result.measurements()).isEmpty();
    }

    @Test
    void whatLiquibaseDidIsThereByIdAndByAuthor() throws Exception {
        script("changes.sql", """
                --liquibase formatted sql
                --changeset ann:1
                CREATE TABLE invoices (id int);
                --changeset bob:add-total
                ALTER TABLE invoices ADD total int;
                --changeset bob:broken failOnError:false
                CREATE TABLE 4711secret;
                """);
        update("lb");
        MigrationCheck check = MigrationCheck.liquibase(postgres.dataSource()).table("lb.databasechangelog");

        assertThat(check(check.expecting("1", "ann:1", "bob:add-total", "add-total"))
                        .status())
                .isEqualTo(Status.UP);
        says(check.expecting("bob:1", "broken", "2"), Status.DEGRADED, "3 migrations pending");
        assertThat(check(MigrationCheck.liquibase(inSchema("lb"))).status()).isEqualTo(Status.UP);
        assertThat(check(MigrationCheck.liquibase(postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD))
                                .table("lb.DATABASECHANGELOG"))
                        .details())
                .containsEntry("migrations", "not permitted");

        postgres.execute("UPDATE lb.databasechangelog SET exectype = 'FAILED' WHERE author = 'ann'");
        says(check.expecting("1"), Status.DOWN, "1 migration failed; 1 migration pending");
    }

    @Test
    void aLockThatIsHeldForLongIsToldWithoutItsOwner() throws Exception {
        script("changes.sql", "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE invoices (id int);\n");
        Instant begin = Instant.now();
        DataSource source = inSchema("locked");
        try (Connection connection = source.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase("changes.sql", new DirectoryResourceAccessor(folder), database).update("");
            var locks = liquibase.lockservice.LockServiceFactory.getInstance().getLockService(database);
            assertThat(locks.acquireLock()).isTrue();

            assertThat(check(at(source, begin.plusSeconds(590))).status()).isEqualTo(Status.UP);
            HealthResult result = check(at(source, begin.plusSeconds(720)));
            assertThat(result.status()).isEqualTo(Status.DEGRADED);
            assertThat(result.reason())
                    .isIn("the lock of migrations is held for 12 min", "the lock of migrations is held for 11 min");
            assertThat(result.toString())
                    .doesNotContain(postgres.query("SELECT lockedby FROM locked.databasechangeloglock"));

            locks.releaseLock();
            assertThat(check(at(source, begin.plusSeconds(720))).status()).isEqualTo(Status.UP);
        }
    }

    private static MigrationCheck at(DataSource source, Instant now) {
        return MigrationCheck.liquibase(source, Clock.fixed(now, ZoneOffset.UTC))
                .expecting("ann:1");
    }

    private static DataSource inSchema(String schema) throws SQLException {
        postgres.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        var source = postgres.dataSource();
        source.setCurrentSchema(schema);
        return source;
    }

    private void update(String schema) throws Exception {
        try (Connection connection = inSchema(schema).getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase("changes.sql", new DirectoryResourceAccessor(folder), database).update("");
        }
    }
}
