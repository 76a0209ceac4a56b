package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.Status;
import dev.vitals.health.jdbc.JdbcCheck;
import dev.vitals.health.jdbc.PoolCheck;
import dev.vitals.testkit.Postgres;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

class DatabaseMetricsTest {
    private static Postgres postgres;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HikariDataSource pool;

    @BeforeAll
    static void startServer() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void startPool() {
        HikariConfig config = Postgres.impatient(postgres.dataSource(), 2);
        config.setPoolName("orders");
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void stopPool() {
        pool.close();
    }

    @Test
    void aPoolThatHasStartedReports() throws SQLException {
        PoolMetrics.bind(pool, registry);
        pool.getConnection().close();

        assertThat(registry.get("hikaricp.connections.max")
                        .tag("pool", "orders")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("hikaricp.connections.acquire").timer().count()).isOne();
    }

    @Test
    void aPoolThatStartsLaterReports() throws SQLException {
        try (var later = new HikariDataSource()) {
            later.setDataSource(postgres.dataSource());
            later.setPoolName("later");
            PoolMetrics.bind(later, registry);
            later.getConnection().close();

            assertThat(registry.get("hikaricp.connections").tag("pool", "later").gauge())
                    .isNotNull();
        }
    }

    @Test
    void aWrappedPoolIsFoundAndBindingTwiceAddsNothing() {
        PoolMetrics.bind(JdbcMetrics.observe(pool, registry), registry);
        int meters = registry.getMeters().size();
        PoolMetrics.bind(pool, registry);

        assertThat(registry.getMeters()).hasSize(meters);
        assertThat(registry.get("hikaricp.connections").gauge()).isNotNull();
    }

    @Test
    void aPoolThatCannotReportHereIsMisuse() {
        PoolMetrics.bind(pool, new SimpleMeterRegistry());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolMetrics.bind(pool, registry))
                .withMessageContaining("orders reports to another registry already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolMetrics.bind(postgres.dataSource(), registry))
                .withMessageContaining("no HikariCP pool");
    }

    @Test
    void aStatementIsMeasuredByWhatItDoes() throws SQLException {
        try (Connection connection = observed().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE secret_4711 (id int)");
            statement.executeUpdate("/* from the shop */ insert into secret_4711 values (1)");
            statement.addBatch("INSERT INTO secret_4711 VALUES (2)");
            statement.addBatch("INSERT INTO secret_4711 VALUES (3)");
            statement.executeBatch();
            statement.addBatch("INSERT INTO secret_4711 VALUES (4)");
            statement.addBatch("DELETE FROM secret_4711");
            statement.executeBatch();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO secret_4711 VALUES (?)")) {
                for (int i = 0; i < 3; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT * FROM secret_4711 WHERE id = ?")) {
                select.setInt(1, 4711);
                for (int i = 0; i < 5; i++) {
                    select.executeQuery().close();
                }
            }
        }

        assertThat(recorded())
                .containsExactlyInAnyOrder(
                        "postgresql CREATE  1",
                        "postgresql INSERT  1",
                        "postgresql BATCH INSERT  2",
                        "postgresql BATCH  1",
                        "postgresql SELECT  5");
        assertThat(registry.getMetersAsString()).doesNotContain("4711");
    }

    @Test
    void aFailureHasItsClassAndStaysWhatItIs() throws SQLException {
        try (Connection connection = observed().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT 1/0"))
                    .withMessageContaining("division by zero");
        }

        assertThat(recorded()).containsExactly("postgresql SELECT org.postgresql.util.PSQLException 1");
    }

    @Test
    void theTimeIsInSeconds() throws SQLException {
        try (Connection connection = observed().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(0.05)");
        }

        assertThat(registry.get("db.client.operation.duration").timer().totalTime(TimeUnit.SECONDS))
                .isBetween(0.05, 30.0);
    }

    @Test
    void whatIsWrappedIsReachedAndSoIsThePoolByTheChecks() throws Exception {
        DataSource observed = observed();

        assertThat(observed.isWrapperFor(HikariDataSource.class)).isTrue();
        assertThat(observed.unwrap(HikariDataSource.class)).isSameAs(pool);
        try (Connection connection = observed.getConnection()) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
        }
        try (JdbcCheck database = JdbcCheck.of(observed)) {
            assertThat(database.check(Deadline.after(Duration.ofSeconds(5))).status())
                    .isEqualTo(Status.UP);
        }
        assertThat(PoolCheck.of(observed)
                        .check(Deadline.after(Duration.ofSeconds(5)))
                        .details())
                .containsKeys("active");
    }

    @Test
    void aRegistryThatFailsHarmsNoStatement() throws SQLException {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (id.getName().startsWith("db.")) {
                    throw new IllegalStateException("no more meters");
                }
                return MeterFilterReply.NEUTRAL;
            }
        });

        try (Connection connection = observed().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void aRegistryThatIsEmptyHarmsNobody() throws SQLException {
        try (Connection connection =
                        JdbcMetrics.observe(pool, new CompositeMeterRegistry()).getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, postgresql",
        "MySQL, mysql",
        "MariaDB, mariadb",
        "H2, h2database",
        "Oracle, oracle.db",
        "Microsoft SQL Server, microsoft.sql_server",
        "DB2/LINUXX8664, ibm.db2",
        "Something 4711, other_sql",
        ", other_sql",
    })
    void aDatabaseHasTheNameOfTheConventions(String product, String name) {
        assertThat(StatementTimers.system(product)).isEqualTo(name);
    }

    private DataSource observed() {
        return JdbcMetrics.observe(pool, registry);
    }

    private List<String> recorded() {
        return recorded(registry);
    }

    private static List<String> recorded(MeterRegistry registry) {
        return registry.get("db.client.operation.duration").timers().stream()
                .map(timer -> timer.getId().getTag("db.system.name") + " "
                        + timer.getId().getTag("db.operation.name") + " "
                        + timer.getId().getTag("error.type") + " " + timer.count())
                .toList();
    }
}
