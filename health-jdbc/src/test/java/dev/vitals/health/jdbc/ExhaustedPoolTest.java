package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every connection of the pool is lent: what is said of the database behind it, and what that costs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExhaustedPoolTest {
    private static final String EXHAUSTED = "pool exhausted: 1 of 1 in use, 0 waiting";

    private static Postgres postgres;

    private HikariDataSource pool;
    private Connection taken;
    private JdbcCheck check;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void exhaust() throws Exception {
        pool = postgres.pool();
        taken = pool.getConnection();
        check = JdbcCheck.of(pool);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        postgres.thaw();
        check.close();
        taken.close();
        pool.close();
        eventually(() -> postgres.backends("%") == 0, () -> "connections left on the server");
        eventually(() -> connectThreads() == 0, () -> "threads left");
    }

    @Test
    void withTheDatabaseWellItIsDegraded() throws Exception {
        HealthResult result = run(check);

        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.reason()).isEqualTo(EXHAUSTED);
        assertThat(result.details())
                .containsKeys("product", "latencyMs")
                .containsEntry("active", 1)
                .containsEntry("idle", 0)
                .containsEntry("max", 1);
    }

    @Test
    void callersThatWaitAreCounted() throws Exception {
        pool.getHikariConfigMXBean().setConnectionTimeout(30_000);
        var waiting = new Thread(() -> {
            try (Connection late = pool.getConnection()) {
                late.isValid(1);
            } catch (SQLException closed) {
                throw new IllegalStateException(closed);
            }
        });
        waiting.start();
        eventually(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);

        assertThat(run(check).reason()).isEqualTo("pool exhausted: 1 of 1 in use, 1 waiting");

        taken.close();
        waiting.join();
        assertThat(run(check).status()).isEqualTo(Status.UP);
    }

    @Test
    void fiftyRunsCostOneConnectionMore() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
        }

        assertThat(postgres.backends("%")).isEqualTo(2);
        assertThat(connectThreads()).isZero();
    }

    @Test
    void aDeadConnectionOfItsOwnIsMadeAnewInTheSameRun() throws Exception {
        run(check);
        String pid = ownBackend();
        postgres.execute("SELECT pg_terminate_backend(" + pid + ", 10000)");

        assertThat(run(check).status()).isEqualTo(Status.DEGRADED);

        assertThat(ownBackend()).isNotEqualTo(pid);
        assertThat(postgres.backends("%")).isEqualTo(2);
    }

    @Test
    void withAFrozenDatabaseItIsDownAndOneAttemptAtMostIsUnderWay() throws Exception {
        run(check);
        postgres.freeze();

        for (int i = 0; i < 3; i++) {
            HealthResult result = run(check, Duration.ofMillis(300));
            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).isEqualTo(EXHAUSTED + "; and no connection outside the pool in time");
            assertThat(connectThreads()).isEqualTo(1);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("JDBC driver connection"));
        }

        postgres.thaw();
        assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
        eventually(() -> postgres.backends("%") == 2, () -> "more than one connection outside the pool");
    }

    @Test
    void aConnectionThatComesAfterClosingIsClosed() throws Exception {
        var other = new OtherPool();
        JdbcCheck checkOfOther = JdbcCheck.of(pool).pool(other);
        postgres.freeze();
        run(checkOfOther, Duration.ofMillis(200));
        assertThat(connectThreads()).isEqualTo(1);

        checkOfOther.close();
        postgres.thaw();

        eventually(() -> connectThreads() == 0);
        assertThat(other.made).singleElement().satisfies(late -> assertThat(late.isClosed())
                .isTrue());
        assertThat(run(checkOfOther).reason())
                .isEqualTo("pool exhausted: 3 of 3 in use, 4 waiting; and this check is closed");
    }

    @Test
    void closingClosesTheConnectionThatWasKept() throws Exception {
        var other = new OtherPool();
        JdbcCheck checkOfOther = JdbcCheck.of(pool).pool(other);
        run(checkOfOther);
        assertThat(other.made).singleElement().satisfies(kept -> assertThat(kept.isClosed())
                .isFalse());

        checkOfOther.close();

        assertThat(other.made).singleElement().satisfies(kept -> assertThat(kept.isClosed())
                .isTrue());
    }

    @Test
    void aServerThatRefusesIsNamed() throws Exception {
        HealthResult result = run(JdbcCheck.of(pool).pool(new OtherPool() {
            @Override
            public Connection connectOutside() throws SQLException {
                return postgres.dataSource(Postgres.GUEST, "wrong").getConnection();
            }
        }));

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason())
                .isEqualTo("pool exhausted: 3 of 3 in use, 4 waiting; and authentication failed (SQLState 28P01)");
    }

    @Test
    void anotherPoolIsAskedThroughTheInterface() throws Exception {
        var other = new OtherPool();
        try (JdbcCheck checkOfOther = JdbcCheck.of(postgres.dataSource()).pool(other)) {
            assertThat(run(checkOfOther).reason()).isEqualTo("pool exhausted: 3 of 3 in use, 4 waiting");
            run(checkOfOther);
        }
        assertThat(other.made).hasSize(1);
    }

    /** The pool looks free, but by the time that it gives up it is not. */
    @Test
    void aPoolThatFillsUpWhileTheCheckWaitsIsExhaustedToo() throws Exception {
        var other = new OtherPool() {
            private final AtomicInteger asked = new AtomicInteger();

            @Override
            public Usage usage() {
                // Once at set-up, once before it borrows.
                return asked.incrementAndGet() <= 2 ? new Usage(0, 1, 0, 1, false) : new Usage(1, 0, 0, 1, false);
            }
        };
        try (JdbcCheck checkOfOther = JdbcCheck.of(pool).pool(other)) {
            HealthResult result = run(checkOfOther);

            assertThat(result.status()).isEqualTo(Status.DEGRADED);
            assertThat(result.reason()).isEqualTo(EXHAUSTED);
        }
    }

    /** A pool that grows, as at the start, has callers waiting for what it is about to lend: that is no shortage. */
    @Test
    void callersThatWaitForAPoolThatIsNotFullAreNoFaultOfADatabaseThatIsWell() throws Exception {
        var other = new OtherPool() {
            @Override
            public Usage usage() {
                return new Usage(0, 0, 2, 10, false);
            }
        };
        try (JdbcCheck checkOfOther = JdbcCheck.of(pool).pool(other)) {
            HealthResult result = run(checkOfOther);

            assertThat(result.status()).isEqualTo(Status.UP);
            assertThat(result.details()).containsEntry("waiting", 2).containsKey("product");
            assertThat(run(checkOfOther))
                    .as("still waiting")
                    .extracting(HealthResult::status, HealthResult::reason)
                    .containsExactly(Status.DEGRADED, "callers wait for the pool: 0 of 10 in use, 2 waiting");
        }
        var cutOff = new OtherPool() {
            @Override
            public Usage usage() {
                return new Usage(0, 0, 2, 10, false);
            }

            @Override
            public Connection connectOutside() throws SQLException {
                throw new SQLException("no", "08006");
            }
        };
        try (JdbcCheck checkOfOther = JdbcCheck.of(pool).pool(cutOff)) {
            assertThat(run(checkOfOther))
                    .extracting(HealthResult::status, HealthResult::reason)
                    .containsExactly(
                            Status.DOWN,
                            "callers wait for the pool: 0 of 10 in use, 2 waiting; and connection lost (SQLState 08006)");
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void howeverThePoolIsConfiguredItsOwnConnectionIsMadeTheSameWay(HikariConfig config) throws Exception {
        config.setMaximumPoolSize(1);
        try (var configured = new HikariDataSource(config);
                Connection held = configured.getConnection();
                JdbcCheck ofConfigured = JdbcCheck.of(configured)
                        .query("SELECT current_user || ' ' || current_schema", Postgres.GUEST + " pg_catalog")) {
            assertThat(held.isClosed()).isFalse();
            HealthResult result = run(ofConfigured);

            assertThat(result.reason()).isEqualTo(EXHAUSTED);
            assertThat(result.status()).isEqualTo(Status.DEGRADED);
        }
    }

    private static Stream<HikariConfig> configurations() {
        var url = config();
        url.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres?loginTimeout=5");
        url.setSchema("pg_catalog");
        var urlWithDriver = config();
        urlWithDriver.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres");
        urlWithDriver.setDriverClassName("org.postgresql.Driver");
        urlWithDriver.addDataSourceProperty("options", "-c search_path=pg_catalog");
        var className = config();
        className.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource");
        className.addDataSourceProperty("serverName", "127.0.0.1");
        className.addDataSourceProperty("portNumber", postgres.port());
        className.addDataSourceProperty("databaseName", "postgres");
        className.setConnectionInitSql("SET search_path = pg_catalog");
        var dataSource = config();
        dataSource.setDataSource(postgres.dataSource());
        dataSource.setSchema("pg_catalog");
        var foreign = config();
        foreign.setDataSource(Sources.wrapping(postgres.dataSource()));
        foreign.setSchema("pg_catalog");
        foreign.setReadOnly(true);
        return Stream.of(url, urlWithDriver, className, dataSource, foreign);
    }

    private static HikariConfig config() {
        var config = new HikariConfig();
        config.setUsername(Postgres.GUEST);
        config.setPassword(Postgres.PASSWORD);
        return config;
    }

    private static HealthResult run(HealthCheck check) throws Exception {
        return run(check, Duration.ofSeconds(5));
    }

    private static HealthResult run(HealthCheck check, Duration timeout) throws Exception {
        return check.check(Deadline.after(timeout));
    }

    private static String ownBackend() throws SQLException {
        return postgres.query("SELECT max(pid) FROM (SELECT pid FROM pg_stat_activity"
                + " WHERE application_name = 'checked' ORDER BY backend_start DESC LIMIT 1) newest");
    }

    private static long connectThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("vitals-jdbc-connect"))
                .count();
    }

    /** A pool of another maker, which is always exhausted. */
    private static class OtherPool implements ConnectionPool {
        final Queue<Connection> made = new ConcurrentLinkedQueue<>();

        @Override
        public Usage usage() {
            return new Usage(3, 0, 4, 3, false);
        }

        @Override
        public Connection connectOutside() throws SQLException {
            Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "");
            made.add(connection);
            return connection;
        }
    }
}
