package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Misuse at set-up says what is wrong and how to mend it. Nothing here connects. */
class BadInputTest {
    private static final RedisClient CLIENT = RedisClient.create("redis://127.0.0.1:1");
    private static final RedisClusterClient CLUSTER = RedisClusterClient.create("redis://127.0.0.1:1");
    private static final RedisCheck CHECK = RedisCheck.of(CLIENT);

    @AfterAll
    static void stop() {
        CLIENT.shutdown();
        CLUSTER.shutdown();
    }

    private static Arguments bad(ThrowingCallable call, String message) {
        return arguments(message, call);
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                bad(() -> RedisCheck.of((RedisClient) null), "RedisClient.create(uri)"),
                bad(() -> RedisCheck.of((RedisClusterClient) null), "RedisClusterClient.create(uri)"),
                bad(() -> RedisCheck.of((StatefulRedisConnection<?, ?>) null), "client.connect()"),
                bad(() -> RedisCheck.of((StatefulRedisClusterConnection<?, ?>) null), "client.connect()"),
                bad(() -> CHECK.expectingPrimary(-1), "expectingPrimary(-1): say how many replicas"),
                bad(() -> CHECK.degradedFromMemory(0), "degradedFromMemory(0.0): give a share"),
                bad(() -> CHECK.degradedFromMemory(-0.1), "above 0 and at most 1"),
                bad(() -> CHECK.degradedFromMemory(90), "0.9 for 90 %"),
                bad(() -> CHECK.degradedFromMemory(Double.NaN), "degradedFromMemory(NaN)"),
                bad(() -> CHECK.degradedFromLag(null), "degradedFromLag(null): give a time above 0"),
                bad(() -> CHECK.degradedFromLag(Duration.ofSeconds(Long.MAX_VALUE)), "up to ten years"),
                bad(() -> CHECK.degradedFromLag(Duration.ZERO), "Duration.ofSeconds(30)"),
                bad(() -> CHECK.degradedFromLag(Duration.ofSeconds(-1)), "degradedFromLag(PT-1S)"),
                bad(() -> CHECK.degradedFromBehind(0), "degradedFromBehind(0): give at least 1 byte"),
                bad(() -> CHECK.degradedFromEvictions(0), "degradedFromEvictions(0.0): give a number of keys a second"),
                bad(() -> CHECK.degradedFromEvictions(Double.NaN), "above 0"),
                bad(
                        () -> RedisCheck.of(CLUSTER).expectingReplica(),
                        "make another check with a RedisClient of the node"),
                bad(() -> RedisCheck.of(CLUSTER).degradedFromMemory(0.5), "degradedFromMemory is for one server"),
                bad(() -> RedisSentinelCheck.of(null, "orders"), "RedisClient.create(\"redis-sentinel://host/#name\")"),
                bad(() -> RedisSentinelCheck.of(CLIENT, null), "the master's name is null"),
                bad(() -> RedisSentinelCheck.of(CLIENT, " "), "the master's name is blank"),
                bad(() -> RedisQueue.list((RedisClient) null, "jobs"), "give it to RedisQueue.list"),
                bad(() -> RedisQueue.list((StatefulRedisConnection<?, ?>) null, "jobs"), "give it to RedisQueue.list"),
                bad(() -> RedisQueue.list(CLIENT, ""), "the key is blank: give the one that the application uses"),
                bad(() -> RedisQueue.stream((RedisClient) null, "jobs"), "give it to RedisQueue.stream"),
                bad(() -> RedisQueue.stream((StatefulRedisConnection<?, ?>) null, "jobs"), "RedisQueue.stream"),
                bad(() -> RedisQueue.stream(CLIENT, null), "the key is null"),
                bad(() -> RedisQueue.stream(CLIENT, "jobs", null), "the group is null"),
                bad(() -> RedisQueue.stream(CLIENT, "jobs", " "), "the group is blank"),
                bad(() -> RedisQueue.stream((StatefulRedisConnection<?, ?>) null, "jobs", "g"), "RedisQueue.stream"),
                bad(() -> RedisHeartbeats.of((RedisClient) null), "give it to RedisHeartbeats.of"),
                bad(() -> RedisHeartbeats.of((StatefulRedisConnection<?, ?>) null), "give it to RedisHeartbeats.of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void badInputThrowsAtSetUpAndSaysHowToMendIt(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
