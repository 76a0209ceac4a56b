package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of the application's instead of the driver's validation, and what either costs the server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ValidationQueryTest {
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void numbersAreComparedByValueAndBooleansMayBeNumbers(Object expected, @Nullable Object answer, boolean same) {
        assertThat(new ValidationQuery("SELECT", expected).isExpected(answer)).isEqualTo(same);
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(1, 1L, true),
                Arguments.of(1, new BigDecimal("1.00"), true),
                Arguments.of(1.5, new BigDecimal("1.5"), true),
                Arguments.of(1L << 60, (1L << 60) + 1, false),
                Arguments.of(Double.NaN, Double.NaN, true),
                Arguments.of(Double.NaN, 1, false),
                Arguments.of(true, true, true),
                Arguments.of(true, 1L, true),
                Arguments.of(false, 0, true),
                Arguments.of(true, 2, false),
                Arguments.of(true, false, false),
                Arguments.of("a", "a", true),
                Arguments.of("a", "b", false),
                Arguments.of(1, "1", false),
                Arguments.of(1, null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT count(*) > 0 FROM pg_database, UP, ",
        "SELECT count(*) > 100 FROM pg_database, DOWN, the query answered something else than expected",
        "SELECT true WHERE false, DOWN, the query answered something else than expected",
        "SELECT NULL, DOWN, the query answered something else than expected",
        "SELECT 's3cret' FROM tenants, DOWN, no such table (SQLState 42P01)"
    })
    void theAnswerDecidesAndIsNeverShown(String sql, Status status, @Nullable String reason) throws Exception {
        try (HikariDataSource pool = pool(false, postgres.port())) {
            HealthResult result = run(JdbcCheck.of(pool).query(sql, true));

            assertThat(result.status()).isEqualTo(status);
            assertThat(result.reason()).isEqualTo(reason);
            assertThat(result.toString()).doesNotContain("s3cret", "tenants", "pg_database");
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(postgres.backends("idle in transaction%")).isZero();
        }
    }

    @Test
    void aTextIsComparedAsTheServerWritesIt() throws Exception {
        assertThat(run(JdbcCheck.of(postgres.dataSource()).query("SELECT 4711", "4711"))
                        .status())
                .isEqualTo(Status.UP);
    }

    /** A server does not notice that a client has gone while it waits for a lock or sleeps. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQueryThatHangsIsCancelledOnTheServer(boolean exhausted) throws Exception {
        try (HikariDataSource pool = pool(true, postgres.port());
                JdbcCheck sleeping = JdbcCheck.of(pool).query("SELECT pg_sleep(600)::text", "")) {
            Connection taken = pool.getConnection();
            if (!exhausted) {
                taken.close();
            }
            try (HealthMonitor monitor = HealthMonitor.builder()
                    .readiness("database", sleeping, options -> options.every(Duration.ofHours(1))
                            .timeout(Duration.ofMillis(500)))
                    .start()) {
                eventually(() -> monitor.report().checks().get(0).lateResults() > 0);
                eventually(() -> postgres.backends("active") == 0, () -> "the query goes on");
            }
        }
    }

    /** Of 10 runs: validation needs one trip each, and one more is the most that may be added. */
    @ParameterizedTest
    @CsvSource({
        "true, , false, 10",
        "false, , false, 10",
        "true, SELECT true, false, 10",
        "false, SELECT true, false, 20",
        "true, , true, 10",
        "true, SELECT true, true, 20"
    })
    void aRunCostsOneRoundTripMoreAtTheMost(boolean autoCommit, @Nullable String sql, boolean exhausted, int expected)
            throws Exception {
        try (Relay relay = new Relay(postgres.port());
                HikariDataSource pool = pool(autoCommit, relay.port());
                JdbcCheck plain = JdbcCheck.of(pool);
                JdbcCheck check = sql == null ? plain : plain.query(sql, true)) {
            Connection taken = pool.getConnection();
            if (!exhausted) {
                taken.close();
            }
            run(check);
            int before = relay.trips();

            for (int i = 0; i < 10; i++) {
                assertThat(run(check).status()).isEqualTo(exhausted ? Status.DEGRADED : Status.UP);
            }

            assertThat(relay.trips() - before).isEqualTo(expected);
            taken.close();
        }
    }

    @Test
    void aQueryStartsNoThread() throws Exception {
        try (HikariDataSource pool = pool(true, postgres.port())) {
            run(JdbcCheck.of(pool).query("SELECT true", true));

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("SharedTimer"));
        }
    }

    private static HikariDataSource pool(boolean autoCommit, int port) {
        var source = postgres.dataSource();
        source.setPortNumbers(new int[] {port});
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    private static HealthResult run(HealthCheck check) throws Exception {
        return check.check(Deadline.after(Duration.ofSeconds(5)));
    }
}
