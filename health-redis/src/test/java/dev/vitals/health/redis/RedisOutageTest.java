package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes away or falls silent, seen through a running monitor. */
@Timeout(60)
class RedisOutageTest {
    @Test
    void aStoppedServerIsDownAndWellAgainOnceItIsBack() throws Exception {
        try (Redis redis = Redis.start();
                RedisClient client = redis.client();
                RedisCheck check = RedisCheck.of(client);
                HealthMonitor monitor = monitor(check)) {
            await(monitor, seen -> seen.status() == Status.UP);

            redis.stop();
            await(monitor, seen -> "cannot connect: connection refused".equals(seen.reason()));
            redis.startAgain();
            await(monitor, seen -> seen.status() == Status.UP);

            // What was given up meanwhile ends a little later on the server's side.
            await(() -> redis.clients() == 1, () -> redis.clients() + " clients");
        }
    }

    @Test
    void aFrozenServerIsDownAndWellAgainOnceItGoesOn() throws Exception {
        try (Redis redis = Redis.start();
                RedisClient client = redis.client();
                RedisCheck check = RedisCheck.of(client);
                HealthMonitor monitor = monitor(check)) {
            await(monitor, seen -> seen.status() == Status.UP);

            redis.freeze();
            await(monitor, seen -> "no answer in time".equals(seen.reason()));
            await(monitor, seen -> "no connection in time".equals(seen.reason()));
            redis.thaw();
            await(monitor, seen -> seen.status() == Status.UP);

            // What was given up meanwhile ends a little later on the server's side.
            await(() -> redis.clients() == 1, () -> redis.clients() + " clients");
        }
    }

    private static HealthMonitor monitor(RedisCheck check) {
        return HealthMonitor.builder()
                .readiness("redis", check, options -> options.every(Duration.ofMillis(50))
                        .timeout(Duration.ofMillis(400)))
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
