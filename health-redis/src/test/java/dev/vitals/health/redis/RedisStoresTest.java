package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.health.checks.UnavailableException;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues and heartbeats that are kept in Redis. */
@Timeout(60)
class RedisStoresTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofDays(1);

    private static Redis redis;
    private static RedisClient client;

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
        client = redis.client();
    }

    @AfterAll
    static void stop() throws Exception {
        client.shutdown();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.ask("FLUSHALL");
    }

    private static Deadline deadline() {
        return Deadline.after(LONG);
    }

    private static long commands() {
        return Long.parseLong(redis.info("total_commands_processed"));
    }

    @Test
    void theLengthOfAListIsTold() throws Exception {
        try (RedisQueue queue = RedisQueue.list(client, "jobs")) {
            assertThat(queue.waiting(deadline())).isZero();
            redis.ask("RPUSH", "jobs", "a", "b", "c");
            assertThat(queue.waiting(deadline())).isEqualTo(3);
        }
    }

    @Test
    void theLengthOfAStreamIsTold() throws Exception {
        try (RedisQueue queue = RedisQueue.stream(client, "jobs")) {
            assertThat(queue.waiting(deadline())).isZero();
            redis.ask("XADD", "jobs", "*", "a", "b");
            assertThat(queue.waiting(deadline())).isEqualTo(1);
        }
    }

    /** Redis 6.2 does not tell the lag: none when the last entry was given, else the stream's length. */
    @Test
    void whatAGroupWasNotGivenIsNeverLessThanTold() throws Exception {
        redis.ask("XADD", "jobs", "*", "a", "1");
        redis.ask("XADD", "jobs", "*", "a", "2");
        redis.ask("XGROUP", "CREATE", "jobs", "others", "$");
        redis.ask("XGROUP", "CREATE", "jobs", "packers", "0");
        try (RedisQueue queue = RedisQueue.stream(client, "jobs", "packers")) {
            assertThat(queue.waiting(deadline())).isEqualTo(2);
            long asking = -commands() + commands();
            long before = commands();
            var unused = queue.waiting(deadline());
            assertThat(commands() - before - asking).isEqualTo(2);

            redis.ask("XREADGROUP", "GROUP", "packers", "one", "COUNT", "1", "STREAMS", "jobs", ">");
            assertThat(queue.waiting(deadline())).isEqualTo(2);
            redis.ask("XREADGROUP", "GROUP", "packers", "one", "COUNT", "1", "STREAMS", "jobs", ">");
            assertThat(queue.waiting(deadline())).isZero();
        }
    }

    @Test
    void aQueueOnAGivenConnectionLeavesItOpen() throws Exception {
        redis.ask("RPUSH", "jobs", "a");
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisQueue queue = RedisQueue.list(connection, "jobs");
            assertThat(queue.waiting(deadline())).isEqualTo(1);
            queue.close();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void whatIsNoSuchQueueIsAnExceptionThatNamesNoKey() {
        redis.ask("SET", "secret-name", "value");
        redis.ask("XADD", "secret-stream", "*", "a", "b");
        try (RedisQueue list = RedisQueue.list(client, "secret-name");
                RedisQueue stream = RedisQueue.stream(client, "secret-name");
                RedisQueue missing = RedisQueue.stream(client, "secret-missing", "secret-group");
                RedisQueue group = RedisQueue.stream(client, "secret-stream", "secret-group")) {
            fails(list, "the key holds no list");
            fails(stream, "the key holds no stream");
            fails(missing, "there is no stream under that key");
            fails(group, "the stream has no group of that name");
        }
    }

    private static void fails(RedisQueue queue, String message) {
        assertThatThrownBy(() -> queue.waiting(deadline()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aServerThatIsGoneIsAnException() throws Exception {
        RedisClient nowhere = RedisClient.create(RedisURI.create("127.0.0.1", Redis.freePort()));
        try (RedisQueue queue = RedisQueue.list(nowhere, "jobs");
                RedisHeartbeats store = RedisHeartbeats.of(nowhere)) {
            assertThatThrownBy(() -> queue.waiting(deadline()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("cannot connect: connection refused");
            assertThatThrownBy(() -> store.ages("g", deadline())).isInstanceOf(UnavailableException.class);
            assertThat(BacklogCheck.from(queue).check(deadline()))
                    .isEqualTo(HealthResult.down("cannot connect: connection refused"));
        } finally {
            nowhere.shutdown();
        }
    }

    @Test
    void aServerThatIsNoSentinelIsSaidToBeNone() throws Exception {
        var sentinel = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(redis.port())
                .withPassword(Redis.PASSWORD.toCharArray())
                .build();
        RedisClient plain = RedisClient.create(RedisURI.builder()
                .withSentinel(sentinel)
                .withSentinelMasterId("orders")
                .build());
        try (RedisSentinelCheck check = RedisSentinelCheck.of(plain, "orders")) {
            for (int run = 0; run < 2; run++) {
                assertThat(check.check(deadline()).reason()).isEqualTo("the server is no Sentinel");
            }
        } finally {
            plain.shutdown();
        }
    }

    @Test
    void beatsAreReadWithTheirAges() throws Exception {
        try (RedisHeartbeats store = RedisHeartbeats.of(client)) {
            assertThat(store.ages("invoices", deadline())).isEmpty();
            store.write("invoices", "host-1", Duration.ZERO, deadline());
            store.write("invoices", "host-2", Duration.ofMinutes(5), deadline());
            store.write("letters", "host-1", Duration.ofHours(1), deadline());

            List<Duration> ages = store.ages("invoices", deadline());
            assertThat(ages).hasSize(2);
            assertThat(ages.get(0)).isBetween(Duration.ZERO, LONG);
            assertThat(ages.get(1))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plus(LONG));

            store.write("invoices", "host-2", Duration.ZERO, deadline());
            assertThat(store.ages("invoices", deadline())).hasSize(2).allMatch(age -> age.compareTo(LONG) < 0);
            store.remove("invoices", "host-2", deadline());
            assertThat(store.ages("invoices", deadline())).hasSize(1);
        }
    }

    @Test
    void oldBeatsArePrunedAndAGroupEndsByItself() throws Exception {
        try (RedisHeartbeats store = RedisHeartbeats.of(client)) {
            redis.ask("ZADD", "vitals:heartbeat:invoices", "1", "ancient");
            assertThat(store.ages("invoices", deadline()))
                    .as("too old to be told")
                    .isEmpty();

            store.write("invoices", "host-1", DAY.minusMinutes(1), deadline());

            assertThat(redis.ask("ZCARD", "vitals:heartbeat:invoices")).isEqualTo("1");
            assertThat(Long.parseLong(redis.ask("PTTL", "vitals:heartbeat:invoices")))
                    .isBetween(DAY.minus(LONG).toMillis(), DAY.toMillis());
        }
    }

    @Test
    void aReadingCostsTwoCommandsAndABeatFour() throws Exception {
        try (RedisHeartbeats store = RedisHeartbeats.of(client)) {
            store.write("invoices", "host-1", Duration.ZERO, deadline());
            long asking = -commands() + commands();
            long before = commands();
            var unused = store.ages("invoices", deadline());
            long read = commands();
            store.write("invoices", "host-1", Duration.ZERO, deadline());
            long written = commands();

            assertThat(read - before - asking).isEqualTo(2);
            assertThat(written - read - asking).isEqualTo(4);
        }
    }

    /** A connection that speaks the older protocol answers in lists where the newer has pairs and maps. */
    @Test
    void theOlderProtocolIsReadAsWell() throws Exception {
        redis.ask("XADD", "jobs", "*", "a", "1");
        redis.ask("XGROUP", "CREATE", "jobs", "packers", "0");
        RedisClient old = redis.client();
        old.setOptions(io.lettuce.core.ClientOptions.builder()
                .protocolVersion(io.lettuce.core.protocol.ProtocolVersion.RESP2)
                .build());
        try (RedisHeartbeats store = RedisHeartbeats.of(old);
                RedisQueue queue = RedisQueue.stream(old, "jobs", "packers");
                RedisCheck check = RedisCheck.of(old)) {
            store.write("invoices", "host-1", Duration.ofSeconds(30), deadline());
            assertThat(store.ages("invoices", deadline()).get(0))
                    .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(30).plus(LONG));
            assertThat(queue.waiting(deadline())).isEqualTo(1);
            assertThat(check.check(deadline()).details()).containsEntry("product", "Redis 6.2.11");
        } finally {
            old.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a/b", "{a}", "ä", "*"})
    void anUnsafeNameIsRefused(String name) {
        try (RedisHeartbeats store = RedisHeartbeats.of(client)) {
            assertThatThrownBy(() -> store.write(name, "worker", Duration.ZERO, deadline()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a group's name is 1 to 200 letters");
            assertThatThrownBy(() -> store.write("group", name, Duration.ZERO, deadline()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a worker's name is 1 to 200 letters");
            assertThatThrownBy(() -> store.ages(name, deadline())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.remove("group", name, deadline()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
