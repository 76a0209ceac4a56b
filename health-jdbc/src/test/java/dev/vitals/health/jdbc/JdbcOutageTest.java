package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.testkit.Postgres;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes away or falls silent, seen through a running monitor. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JdbcOutageTest {
    @Test
    void aStoppedServerIsDownWithItsReason() throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource pool = postgres.pool();
                HealthMonitor monitor = monitor(JdbcCheck.of(pool))) {
            await(monitor, check -> check.status() == Status.UP);

            postgres.stop();

            await(
                    monitor,
                    check -> check.reason() != null
                            && check.reason()
                                    .equals("no connection from the pool in time:"
                                            + " connection refused (SQLState 08001)"));
            assertThat(check(monitor).status()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void aFrozenServerIsDownAndWellAgainWithoutARestart() throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource pool = postgres.pool();
                HealthMonitor monitor = monitor(JdbcCheck.of(pool))) {
            await(monitor, check -> check.status() == Status.UP);

            postgres.freeze();
            await(monitor, check -> check.status() == Status.DOWN);
            assertThat(checkThreads()).isLessThanOrEqualTo(1);
            postgres.thaw();
            await(monitor, check -> check.status() == Status.UP);

            // What was given up meanwhile ends a little later on the server's side.
            await(() -> postgres.backends("%") == 1, () -> "more than one back end, or none");
        }
    }

    /** The driver of this test heeds no time-out of its own: without the abort its thread would hang on. */
    @Test
    void expiryAbortsTheConnectionAndFreesTheThread() throws Exception {
        try (Postgres postgres = Postgres.start();
                HikariDataSource pool = postgres.pool();
                HealthMonitor monitor = monitor(JdbcCheck.of(Sources.validatingForEver(pool)))) {
            await(monitor, check -> check.status() == Status.UP);

            postgres.freeze();
            await(monitor, check -> check.lateResults() > 0);
            // Only a run that found the thread free, and the dead connection gone from the pool, can say this.
            await(monitor, check -> "no connection from the pool in time".equals(check.reason()));
            postgres.thaw();
            await(monitor, check -> check.status() == Status.UP);
        }
    }

    private static HealthMonitor monitor(HealthCheck check) {
        return HealthMonitor.builder()
                .readiness("database", check, options -> options.every(Duration.ofMillis(50))
                        .timeout(Duration.ofMillis(600)))
                .start();
    }

    private static long checkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("vitals-check-database"))
                .count();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Polls until the check is as wanted; what it was instead is said by the failure. */
    private static void await(HealthMonitor monitor, Predicate<HealthReport.Check> wanted) throws Exception {
        await(() -> wanted.test(check(monitor)), () -> check(monitor).toString());
    }

    private static void await(Condition wanted, Supplier<String> instead) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.holds()) {
            assertThat(System.nanoTime() - end).as(instead).isNegative();
            Thread.sleep(10);
        }
    }

    private static HealthReport.Check check(HealthMonitor monitor) {
        return monitor.report().checks().get(0);
    }
}
