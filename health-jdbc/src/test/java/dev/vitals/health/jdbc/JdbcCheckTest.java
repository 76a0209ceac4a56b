package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcCheckTest {
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static HealthResult check(DataSource source) throws InterruptedException {
        return JdbcCheck.of(source).check(Deadline.after(Duration.ofSeconds(5)));
    }

    @Test
    void aWellDatabaseIsUpAndTellsItsProductAndLatency() throws Exception {
        HealthResult result = check(postgres.dataSource());

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.reason()).isNull();
        assertThat(result.details()).containsOnlyKeys("product", "latencyMs");
        assertThat(result.details()).containsEntry("product", "PostgreSQL " + postgres.query("SHOW server_version"));
        assertThat(result.measurements()).singleElement().satisfies(duration -> {
            assertThat(duration.name()).isEqualTo("validation.duration");
            assertThat(duration.unit()).isEqualTo("s");
            assertThat(duration.value() * 1_000)
                    .isPositive()
                    .isCloseTo((double) result.details().get("latencyMs"), within(0.01));
        });
    }

    @Test
    void ofAPoolItTellsTheFiguresToo() throws Exception {
        try (HikariDataSource pool = postgres.pool()) {
            HealthResult result = check(Sources.wrapping(pool));

            assertThat(result.details())
                    .containsEntry("active", 0)
                    .containsEntry("waiting", 0)
                    .containsEntry("max", 1)
                    .containsKeys("idle", "product", "latencyMs");
            assertThat(result.measurements())
                    .extracting(HealthResult.Measurement::name)
                    .containsExactlyInAnyOrder(
                            "validation.duration",
                            "connections.active",
                            "connections.idle",
                            "connections.pending_requests",
                            "connections.max",
                            "connections.used.ratio");
        }
    }

    @Test
    void aClosedPoolIsDownAtOnce() throws Exception {
        HikariDataSource pool = postgres.pool();
        JdbcCheck check = JdbcCheck.of(Sources.wrapping(pool));
        pool.close();

        assertThat(check.check(Deadline.after(Duration.ofSeconds(5))))
                .isEqualTo(HealthResult.down("the pool is closed"));
    }

    /** A pool that was made without arguments starts with its first connection. */
    @Test
    void aPoolThatHasNotStartedIsStarted() throws Exception {
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(postgres.dataSource());
            JdbcCheck check = JdbcCheck.of(pool);

            assertThat(check.check(Deadline.after(Duration.ofSeconds(5))).details())
                    .containsEntry("max", 10);
            assertThat(pool.isRunning()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsNamedAndNeitherUserNorPasswordIsShown() throws Exception {
        HealthResult result = check(postgres.dataSource(Postgres.GUEST, "wrong-password"));

        assertThat(result).isEqualTo(HealthResult.down("authentication failed (SQLState 28P01)"));
    }

    @Test
    void aPoolThatCannotLogInTellsWhy() throws Exception {
        try (HikariDataSource pool = postgres.pool(Postgres.GUEST, "wrong-password")) {
            // The pool learns the cause from a log-in in the background, which the first run may be ahead of.
            String expected = "no connection from the pool in time: authentication failed (SQLState 28P01)";
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            HealthResult result = check(pool);
            while (!expected.equals(result.reason()) && System.nanoTime() < end) {
                result = check(pool);
            }
            assertThat(result.reason()).isEqualTo(expected);
            assertThat(result.details()).doesNotContainKey("message");
        }
    }

    @Test
    void aPortWithoutServerIsRefused() throws Exception {
        var source = postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD);
        source.setPortNumbers(new int[] {freePort()});

        HealthResult result = check(source);

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).isEqualTo("connection refused (SQLState 08001)");
        assertThat(result.details()).containsOnlyKeys("message");
        assertThat(result.toString()).doesNotContain(Postgres.GUEST, Postgres.PASSWORD);
    }

    @Test
    void aServerWithoutRoomForOneMoreSaysSo() throws Exception {
        postgres.execute("ALTER ROLE " + Postgres.GUEST + " CONNECTION LIMIT 0");
        try {
            assertThat(check(postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD)))
                    .isEqualTo(HealthResult.down("too many connections (SQLState 53300)"));
        } finally {
            postgres.execute("ALTER ROLE " + Postgres.GUEST + " CONNECTION LIMIT -1");
        }
    }

    @Test
    void whatAPoolThrowsUncheckedIsNamedByItsClass() throws Exception {
        DataSource source = Sources.throwing(new IllegalStateException("no log-in for user bob"));

        assertThat(check(source)).isEqualTo(HealthResult.down("IllegalStateException"));
    }

    @Test
    void aConnectionThatTheServerEndedIsNotValid() throws Exception {
        try (Connection connection = postgres.dataSource().getConnection()) {
            postgres.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    + " WHERE application_name = 'checked'");

            assertThat(check(Sources.lending(connection))).isEqualTo(HealthResult.down("connection is not valid"));
        }
    }

    @Test
    void aConnectionThatComesTooLateGoesBackUnused() throws Exception {
        try (HikariDataSource pool = postgres.pool()) {
            HealthResult result = JdbcCheck.of(pool).check(Deadline.after(Duration.ZERO));

            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).isEqualTo("no connection in time");
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(check(pool).status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void noTransactionStaysOpen() throws Exception {
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);

            Connection validatingByQuery = Sources.validatingByQuery(connection);

            assertThat(check(Sources.carelesslyPooling(validatingByQuery)).status())
                    .isEqualTo(Status.UP);

            assertThat(postgres.backends("idle in transaction%")).isZero();
            assertThat(postgres.backends("idle")).isEqualTo(1);
        }
    }

    @Test
    void anAbortThatComesAfterTheReturnHurtsNobody() throws Exception {
        try (Connection connection = postgres.dataSource().getConnection()) {
            var loan = new Loan(Sources.carelesslyPooling(connection).getConnection());
            loan.giveBack();

            loan.abort();

            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void thirtyRunsLeaveNothingBehind() throws Exception {
        try (HikariDataSource pool = postgres.pool()) {
            assertThat(check(pool).status()).isEqualTo(Status.UP);
            int backends = postgres.backends("%");
            Set<String> threads = threads();

            for (int i = 0; i < 30; i++) {
                assertThat(check(pool).status()).isEqualTo(Status.UP);
            }

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
            assertThat(postgres.backends("%")).isEqualTo(backends);
            assertThat(threads).containsAll(threads());
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
