package dev.vitals.health.redis;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
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
        HealthResult result = checkOnce(redis.uri(Redis.PASSWORD));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.reason()).isNull();
        assertThat(result.details())
                .containsKeys("latencyMs", "usedBytes", "policy", "connectedClients", "fragmentation")
                .containsEntry("product", "Redis 6.2.11")
                .containsEntry("maxmemory", "not set")
                .containsEntry("role", "primary")
                .containsEntry("connectedReplicas", 0);
        assertThat(result.toString()).doesNotContain(Redis.PASSWORD);
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
        eventually(() -> threadsNamed("vitals-redis-connect") == 0);
    }

    @Test
    void fiftyRunsShareOneConnectionWhichClosesWithTheCheck() throws Exception {
        long before = redis.clients();
        try (RedisClient client = redis.client()) {
            try (RedisCheck check = RedisCheck.of(client)) {
                assertThat(redis.clients()).as("made lazily").isEqualTo(before);
                assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
                int threads = Thread.getAllStackTraces().size();

                for (int i = 0; i < 50; i++) {
                    assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
                }

                assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threads);
                assertThat(redis.clients()).isEqualTo(before + 1);
            }
            eventually(() -> redis.clients() == before);
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
            eventually(() -> threadsNamed("vitals-redis-connect") == 0 && redis.clients() == before);
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
    void aRunCostsTwoCommands() throws Exception {
        try (RedisClient client = redis.client();
                RedisCheck check = RedisCheck.of(client)) {
            var unused = check.check(Deadline.after(LONG));
            long asking = -commands() + commands();
            long before = commands();

            for (int i = 0; i < 10; i++) {
                assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
            }

            assertThat(commands() - before - asking).isEqualTo(20);
        }
    }

    @Test
    void aUserWithoutInfoIsAskedOnceAndStaysUpOnPing() throws Exception {
        redis.ask("ACL", "SETUSER", "pinger", "on", ">pinging", "+ping", "+hello");
        redis.ask("ACL", "LOG", "RESET");
        try (RedisClient client = RedisClient.create(redis.uri("pinger", "pinging"));
                RedisCheck check = RedisCheck.of(client).expectingPrimary(0)) {
            for (int i = 0; i < 5; i++) {
                HealthResult result = check.check(Deadline.after(LONG));
                assertThat(result.status()).as(result.toString()).isEqualTo(Status.UP);
                assertThat(result.details())
                        .containsEntry("memory", "not permitted")
                        .containsEntry("replication", "not permitted");
            }
            assertThat(redis.ask("ACL", "LOG").lines())
                    .containsOnlyOnce("info")
                    .containsSequence("count", "1", "reason", "command", "context", "toplevel", "object", "info");
        }
    }

    @Test
    void aUserWithoutPingIsDown() throws Exception {
        redis.ask("ACL", "SETUSER", "mute", "on", ">pinging", "+hello", "+info");

        HealthResult result = checkOnce(redis.uri("mute", "pinging"));

        assertThat(result.reason()).isEqualTo("the user may not PING");
        assertThat(result.status()).isEqualTo(Status.DOWN);
    }

    @Test
    void memoryAtItsLimitIsTold() throws Exception {
        try (Redis full = Redis.start();
                RedisClient client = full.client();
                RedisCheck check = RedisCheck.of(client)) {
            full.ask("SET", "filler", "x".repeat(400_000));
            full.ask("CONFIG", "SET", "maxmemory", "1mb");

            HealthResult refusing = check.check(Deadline.after(LONG));
            assertThat(refusing.status()).isEqualTo(Status.DEGRADED);
            assertThat(refusing.details()).containsEntry("maxBytes", 1_048_576L);
            assertThat(refusing.reason())
                    .matches("memory at \\d+ % of maxmemory, policy noeviction: writes are refused");

            full.ask("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
            assertThat(check.check(Deadline.after(LONG)).reason()).contains("volatile-ttl and no key has an expiry");
            full.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            HealthResult evicting = check.check(Deadline.after(LONG));
            assertThat(evicting.status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aLoadingServerIsDownWithTheTimeLeft() throws Exception {
        try (Redis loading = Redis.start();
                RedisClient client = loading.client();
                RedisCheck check = RedisCheck.of(client)) {
            // Others are heard each 2 MiB of loading.
            loading.ask("CONFIG", "SET", "rdbcompression", "no");
            loading.ask("CONFIG", "SET", "key-load-delay", "10000");
            loading.ask("DEBUG", "POPULATE", "100", "key", "100000");
            assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
            var reload = new Thread(() -> loading.ask("DEBUG", "RELOAD"), "reload");
            reload.start();
            try {
                eventually(() -> {
                    HealthResult result = check.check(Deadline.after(LONG));
                    return String.valueOf(result.reason()).matches("server is loading its data, \\d+ s left")
                            && result.status() == Status.DOWN
                            && result.measurements().get(0).name().equals("loading.remaining");
                });
            } finally {
                reload.join();
            }
            eventually(() -> check.check(Deadline.after(LONG)).status() == Status.UP);
        }
    }

    @Test
    void aGivenConnectionIsUsedAndNeverClosed() throws Exception {
        try (RedisClient client = redis.client();
                StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            long before = redis.clients();
            RedisCheck check = RedisCheck.of(connection);
            for (int i = 0; i < 10; i++) {
                assertThat(check.check(Deadline.after(LONG)).details()).containsEntry("product", "Redis 6.2.11");
            }
            check.close();

            assertThat(redis.clients()).isEqualTo(before);
            assertThat(connection.isOpen()).isTrue();
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void onAGivenConnectionThatFallsSilentOnlyOneRunsCommandsWait() throws Exception {
        try (Redis silent = Redis.start();
                RedisClient client = silent.client();
                StatefulRedisConnection<String, String> connection = client.connect();
                RedisCheck check = RedisCheck.of(connection)) {
            assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
            long asking = -commands(silent) + commands(silent);
            long before = commands(silent);
            silent.freeze();
            for (int i = 0; i < 10; i++) {
                assertThat(check.check(Deadline.after(Duration.ofMillis(20))))
                        .isEqualTo(HealthResult.down("no answer in time"));
            }
            silent.thaw();
            assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);

            assertThat(commands(silent) - before - asking).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aGivenConnectionThatIsLostIsDownUntilItIsBack() throws Exception {
        try (Redis lost = Redis.start();
                RedisClient client = lost.client();
                StatefulRedisConnection<String, String> connection = client.connect();
                RedisCheck check = RedisCheck.of(connection)) {
            assertThat(check.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
            lost.kill();
            eventually(() -> check.check(Deadline.after(LONG)).equals(HealthResult.down("connection lost")));
            lost.startAgain();
            eventually(() -> check.check(Deadline.after(LONG)).status() == Status.UP);
        }
    }

    @Test
    void aGivenConnectionInMultiIsLeftAlone() throws Exception {
        try (RedisClient client = redis.client();
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().multi();

            assertThat(RedisCheck.of(connection).check(Deadline.after(LONG)).reason())
                    .contains("MULTI");
            assertThat(connection.sync().exec()).isEmpty();
        }
    }

    @Test
    void aCheckWithAnotherOptionSharesTheConnection() throws Exception {
        long before = redis.clients();
        try (RedisClient client = redis.client();
                RedisCheck first = RedisCheck.of(client)) {
            RedisCheck second = first.expectingReplica();

            assertThat(first.check(Deadline.after(LONG)).status()).isEqualTo(Status.UP);
            assertThat(second.check(Deadline.after(LONG)))
                    .extracting(HealthResult::status, HealthResult::reason)
                    .containsExactly(Status.DEGRADED, "this is a primary, a replica is expected");
            assertThat(redis.clients()).isEqualTo(before + 1);
        }
    }

    private static long commands() {
        return commands(redis);
    }

    private static long commands(Redis server) {
        return Long.parseLong(server.info("total_commands_processed"));
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
