package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisCheckTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Redis redis;

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    private static HealthResult checkOnce(RedisURI uri) throws InterruptedException {
        try (RedisClient client = RedisClient.create(uri);
                RedisCheck check = RedisCheck.of(client)) {
            return check.check(Deadline.after(LONG));
        }
    }

    @Test
    void aWellServerIsUp() throws Exception {
        assertThat(checkOnce(redis.uri(Redis.PASSWORD))).isEqualTo(HealthResult.up());
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() throws Exception {
        assertThat(checkOnce(redis.uri("wrong-password"))).isEqualTo(HealthResult.down("authentication failed"));
    }

    @Test
    void aMissingPasswordIsNamed() throws Exception {
        assertThat(checkOnce(redis.uri(""))).isEqualTo(HealthResult.down("authentication failed"));
    }

    @Test
    void aPortWithoutServerIsRefused() throws Exception {
        assertThat(checkOnce(RedisURI.create("127.0.0.1", Redis.freePort())))
                .isEqualTo(HealthResult.down("cannot connect: connection refused"));
    }

    @Test
    void aFailedAttemptIsFollowedByANewOne() throws Exception {
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", Redis.freePort()));
                RedisCheck check = RedisCheck.of(client)) {
            for (int i = 0; i < 2; i++) {
                assertThat(check.check(Deadline.after(LONG)).reason()).isEqualTo("cannot connect: connection refused");
            }
        }
    }

    /** The listener's backlog takes the connection, and nobody answers. */
    @Test
    void aHangingConnectOutlastsNoDeadlineAndIsNeverTriedTwiceAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisClient client = RedisClient.create(RedisURI.builder()
                        .withHost("127.0.0.1")
                        .withPort(silent.getLocalPort())
                        .withTimeout(Duration.ofSeconds(5))
                        .build());
                RedisCheck check = RedisCheck.of(client)) {
            for (int i = 0; i < 5; i++) {
                assertThat(check.check(Deadline.after(Duration.ofMillis(50))))
                        .isEqualTo(HealthResult.down("no connection in time"));
            }
            assertThat(threadsNamed("vitals-redis-connect")).isEqualTo(1);
        }
        await(() -> threadsNamed("vitals-redis-connect") == 0);
    }

    @Test
    void thirtyRunsShareOneConnectionWhichClosesWithTheCheck() throws Exception {
        long before = redis.clients();
        try (RedisClient client = redis.client()) {
            try (RedisCheck check = RedisCheck.of(client)) {
                assertThat(redis.clients()).as("made lazily").isEqualTo(before);
                assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
                int threads = Thread.getAllStackTraces().size();

                for (int i = 0; i < 30; i++) {
                    assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
                }

                assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads);
                assertThat(redis.clients()).isEqualTo(before + 1);
            }
            await(() -> redis.clients() == before);
        }
    }

    @Test
    void aConnectionThatIsMadeAfterTheCloseIsClosedAtOnce() throws Exception {
        long before = redis.clients();
        try (RedisClient client = redis.client()) {
            redis.freeze();
            try (RedisCheck check = RedisCheck.of(client)) {
                assertThat(check.check(Deadline.after(Duration.ofMillis(50))).reason())
                        .isEqualTo("no connection in time");
            } finally {
                redis.thaw();
            }
            await(() -> threadsNamed("vitals-redis-connect") == 0 && redis.clients() == before);
        }
    }

    @Test
    void aClosedCheckConnectsNoMore() throws Exception {
        try (RedisClient client = redis.client()) {
            RedisCheck check = RedisCheck.of(client);
            check.close();

            assertThatThrownBy(() -> check.check(Deadline.after(LONG)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void noClientIsRefusedAtSetUp() {
        assertThatThrownBy(() -> RedisCheck.of(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RedisClient.create(uri)");
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after " + LONG).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
