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

/** A server that falls silent under a driver without time-outs; {@link JdbcFaultsIT} has the faults. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JdbcOutageTest {
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
