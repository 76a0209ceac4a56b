package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A server that reaches {@code maxmemory}, under each policy, or has none. */
class MemoryFaults {
    static final List<String> NAMES = List.of(
            "maxmemory reached, policy noeviction",
            "maxmemory reached, policy allkeys-lru",
            "maxmemory reached, policy volatile-lru, no key with an expiry",
            "maxmemory reached, policy volatile-lru, keys with an expiry",
            "maxmemory not set");

    private static final long MAX = 40_000_000;
    /** What DEBUG POPULATE writes for a key, and the most that a key can so take of the memory. */
    private static final int VALUE_BYTES = 10_000;

    private static FaultStage stage;
    private static Redis redis;

    @BeforeAll
    static void start() throws Exception {
        stage = new FaultStage("memory faults", RedisFaultsIT.TABLE);
        redis = stage.owning(Redis.start());
        stage.warmUp(redis);
    }

    @AfterAll
    static void stop() throws Exception {
        stage.end();
    }

    @BeforeEach
    void empty() {
        redis.ask("FLUSHALL");
        redis.ask("CONFIG", "RESETSTAT");
        redis.ask("CONFIG", "SET", "maxmemory", Long.toString(MAX));
    }

    @FaultTest
    void withoutEvictionWritesAreRefused() throws Exception {
        play(
                NAMES.get(0),
                "noeviction",
                "DEGRADED: memory at 100 % of maxmemory, policy noeviction: writes are refused");
    }

    @FaultTest
    void aCacheThatEvictsIsWell() throws Exception {
        play(NAMES.get(1), "allkeys-lru", "UP, memory: at 99 % of maxmemory, evicting");
        assertThat(evicted()).isPositive();
    }

    @FaultTest
    void wherePolicyFindsNothingToEvictWritesAreRefused() throws Exception {
        play(
                NAMES.get(2),
                "volatile-lru",
                "DEGRADED: memory at 100 % of maxmemory, policy volatile-lru and no key has an expiry: writes are refused");
        assertThat(evicted()).isZero();
    }

    @FaultTest
    void wherePolicyFindsSomethingToEvictItIsWell() throws Exception {
        IntStream.range(0, 400).forEach(i -> redis.ask("SETEX", "expiring:" + i, "1000", "x".repeat(VALUE_BYTES)));
        play(NAMES.get(3), "volatile-lru", "UP, memory: at 99 % of maxmemory, evicting");
        assertThat(evicted()).isPositive();
    }

    @FaultTest
    void noLimitIsSaid() throws Exception {
        stage.play(
                redis,
                redis.uri(Redis.PASSWORD),
                check -> check,
                new FaultStage.Fault(
                        NAMES.get(4),
                        () -> redis.ask("CONFIG", "SET", "maxmemory", "0"),
                        () -> redis.ask("CONFIG", "SET", "maxmemory", Long.toString(MAX)),
                        "UP, maxmemory: not set"),
                MemoryFaults::withMemory);
    }

    /** The policies that differ only in which key goes first. */
    @FaultTest
    void theOtherPoliciesAreToldLikewise() throws Exception {
        try (RedisClient client = stage.client(redis.uri(Redis.PASSWORD));
                RedisCheck check = RedisCheck.of(client)) {
            for (String policy : List.of("allkeys-lfu", "allkeys-random")) {
                empty();
                fill(policy);
                HealthResult result = check.check(Deadline.after(Duration.ofSeconds(5)));
                assertThat(result.reason()).as(policy).isNull();
                assertThat(settled(String.valueOf(result.details().get("memory"))))
                        .isEqualTo("at 99 % of maxmemory, evicting");
            }
            for (String policy : List.of("volatile-lfu", "volatile-random", "volatile-ttl")) {
                empty();
                fill(policy);
                assertThat(settled(check.check(Deadline.after(Duration.ofSeconds(5)))
                                .reason()))
                        .isEqualTo("memory at 100 % of maxmemory, policy " + policy
                                + " and no key has an expiry: writes are refused");
                assertThatThrownBy(() -> redis.ask("SET", "one", "more")).hasMessageContaining("OOM");
            }
        }
    }

    private static void play(String name, String policy, String says) throws Exception {
        stage.play(
                redis,
                redis.uri(Redis.PASSWORD),
                check -> check,
                new FaultStage.Fault(
                        name,
                        () -> {
                            fill(policy);
                            if (says.endsWith("refused")) {
                                assertThatThrownBy(() -> redis.ask("SET", "one", "more"))
                                        .hasMessageContaining("OOM");
                            } else {
                                redis.ask("SET", "one", "more");
                            }
                        },
                        () -> redis.ask("FLUSHALL"),
                        says),
                MemoryFaults::withMemory);
    }

    /** To between 100 and 101 % of the limit in one command; where something is evicted, back to the middle of 99 %. */
    private static void fill(String policy) {
        redis.ask("CONFIG", "SET", "maxmemory-policy", policy);
        long before = used();
        redis.ask("DEBUG", "POPULATE", "100", "probe", Integer.toString(VALUE_BYTES));
        long each = (used() - before) / 100;
        long more = (MAX + MAX / 200 - used()) / each;
        redis.ask("DEBUG", "POPULATE", Long.toString(more), "filling", Integer.toString(VALUE_BYTES));
        redis.ask("PING");
        long surplus = used() - (MAX - MAX / 200);
        if (evicted() > 0 && surplus > 0) {
            var delete = new ArrayList<>(List.of("DEL"));
            Stream<String> keys = redis.ask("KEYS", "filling:*").lines().limit(surplus / each);
            keys.forEach(delete::add);
            redis.ask(delete.toArray(String[]::new));
        }
    }

    private static long used() {
        return Long.parseLong(redis.info("used_memory"));
    }

    private static long evicted() {
        return Long.parseLong(redis.info("evicted_keys"));
    }

    private static String withMemory(HealthReport.Check seen) {
        Map<String, Object> details = seen.details();
        return settled(FaultStage.statusAndReason(seen)
                + Stream.of("memory", "maxmemory")
                        .filter(details::containsKey)
                        .map(name -> ", " + name + ": " + details.get(name))
                        .reduce("", String::concat));
    }

    /** A table of the server's own that grows at that moment adds a few per cent, or makes room for a few. */
    private static String settled(@Nullable String words) {
        return String.valueOf(words)
                .replaceAll("at 10[0-9] % of", "at 100 % of")
                .replaceAll("at 9[0-9] % of", "at 99 % of");
    }
}
