package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolCheckTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private ConnectionPool.Usage usage = new ConnectionPool.Usage(0, 1, 0, 10, false);

    private final ConnectionPool pool = new ConnectionPool() {
        @Override
        public Usage usage() {
            return usage;
        }

        @Override
        public Connection connectOutside() {
            throw new AssertionError("the database is not asked");
        }
    };

    private final PoolCheck check = PoolCheck.of(pool).at(clock::get);

    private HealthResult look(PoolCheck asked, int active, int waiting) {
        usage = new ConnectionPool.Usage(active, 10 - active, waiting, 10, false);
        return asked.check(Deadline.after(Duration.ofSeconds(1)));
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, UP, ",
        "8, 0, UP, ",
        "9, 0, DEGRADED, '9 of 10 connections in use for 45 s, 0 waiting'",
        "10, 23, DEGRADED, '10 of 10 connections in use for 45 s, 23 waiting'",
        "3, 1, DEGRADED, '1 waiting for a connection for 45 s, 3 of 10 in use'"
    })
    void whatLastsIsDegraded(int active, int waiting, Status status, @Nullable String reason) {
        look(check, active, waiting);
        pass(20);
        look(check, active, waiting);
        pass(25);
        HealthResult result = look(check, active, waiting);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "9, DEGRADED, '9 of 10 connections in use for 45 s, 5 waiting'",
        "10, DOWN, '10 of 10 connections in use for 45 s, 5 waiting'"
    })
    void downIsWhatTheApplicationAskedFor(int active, Status status, String reason) {
        PoolCheck told = check.downFrom(1);
        look(told, active, 5);
        pass(20);
        look(told, active, 5);
        pass(25);

        assertThat(look(told, active, 5).status()).isEqualTo(status);
        assertThat(look(told, active, 5).reason()).isEqualTo(reason);
    }

    @Test
    void aBlinkIsNothing() {
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.UP);
        pass(29);
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.UP);
        pass(1);
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.DEGRADED);
        assertThat(look(check, 0, 0).status()).isEqualTo(Status.UP);
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.UP);
    }

    /** A process that was stopped, or an interval longer than the time held: two looks alone say nothing of between. */
    @Test
    void twoLooksFarApartAreTwoBlinks() {
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.UP);
        pass(600);
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.UP);
        pass(10);
        assertThat(look(check, 10, 5).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void otherThresholdsCount() {
        PoolCheck told = check.degradedFrom(0.5).degradedFromWaiting(3).heldFor(Duration.ZERO);

        assertThat(look(told, 4, 2).status()).isEqualTo(Status.UP);
        assertThat(look(told, 5, 0).reason()).isEqualTo("5 of 10 connections in use, 0 waiting");
        assertThat(look(told, 0, 3).reason()).isEqualTo("3 waiting for a connection, 0 of 10 in use");
    }

    @Test
    void aClosedPoolIsDownAtOnce() {
        usage = new ConnectionPool.Usage(0, 0, 0, 10, true);

        HealthResult result = check.check(Deadline.after(Duration.ofSeconds(1)));

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).isEqualTo("the pool is closed");
    }

    @Test
    void aPoolWithoutAnEndHasNoShare() {
        PoolCheck told = check.downFrom(0.95).heldFor(Duration.ZERO);
        usage = new ConnectionPool.Usage(500, 0, 0, 0, false);

        HealthResult result = told.check(Deadline.after(Duration.ofSeconds(1)));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsOnlyKeys("active", "idle", "waiting");
    }

    @Test
    void theFiguresAreMeasured() {
        assertThat(look(check, 4, 2).measurements())
                .containsExactly(
                        new HealthResult.Measurement("connections.active", "{connection}", 4),
                        new HealthResult.Measurement("connections.idle", "{connection}", 6),
                        new HealthResult.Measurement("connections.pending_requests", "{request}", 2),
                        new HealthResult.Measurement("connections.max", "{connection}", 10),
                        new HealthResult.Measurement("connections.used.ratio", "1", 0.4));
    }

    @Test
    void itMayStopTrafficOnlyForWhatIsDown() {
        assertThat(check.advisory()).isFalse();
    }

    @Test
    void aRealPoolIsSeenThroughItsWrapper() throws Exception {
        PoolCheck real;
        try (Postgres postgres = Postgres.start();
                var hikari = new HikariDataSource(config(postgres))) {
            real = PoolCheck.of(Sources.wrapping(hikari)).at(clock::get);
            List<Connection> taken = new ArrayList<>(List.of(hikari.getConnection(), hikari.getConnection()));

            assertThat(real.check(Deadline.after(Duration.ofSeconds(1))).status())
                    .isEqualTo(Status.UP);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(30));
            var unused = real.check(Deadline.after(Duration.ofSeconds(1)));
            clock.addAndGet(TimeUnit.SECONDS.toNanos(30));
            assertThat(real.check(Deadline.after(Duration.ofSeconds(1))).reason())
                    .isEqualTo("2 of 2 connections in use for 60 s, 0 waiting");
            for (Connection connection : taken) {
                connection.close();
            }
            assertThat(real.check(Deadline.after(Duration.ofSeconds(1))).status())
                    .isEqualTo(Status.UP);
        }
        assertThat(real.check(Deadline.after(Duration.ofSeconds(1))).reason()).isEqualTo("the pool is closed");
    }

    private static HikariConfig config(Postgres postgres) {
        var config = new HikariConfig();
        config.setDataSource(postgres.dataSource());
        config.setMaximumPoolSize(2);
        return config;
    }
}
