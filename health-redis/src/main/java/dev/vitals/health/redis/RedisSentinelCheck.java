package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the Sentinels know a master, hold it for well, and are enough of them for a failover. DOWN where they know none of
 * that name, or hold it for down; DEGRADED where their quorum cannot be reached. Advisory: beside it a {@link RedisCheck} of
 * the same client says whether the master answers. Safe for use by many threads.
 *
 * <pre>{@code
 * RedisClient client = RedisClient.create("redis-sentinel://a,b,c/#orders");
 * RedisSentinelCheck sentinels = RedisSentinelCheck.of(client, "orders");
 * }</pre>
 *
 * <p>A run sends two commands together to one Sentinel, on one connection that the check keeps. Where that Sentinel does
 * not answer, a new connection goes to the first of the URI's that does. Close the check before the client.
 *
 * <p>Measures {@code sentinel.replicas} ({replica}) and {@code sentinel.others} ({sentinel}).
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/">Sentinel</a>
 */
public final class RedisSentinelCheck implements HealthCheck, AutoCloseable {
    private final Conversation<StatefulConnection<?, ?>> conversation;
    private final Ask master;
    private final Ask quorum;

    private RedisSentinelCheck(RedisClient client, String masterId) {
        this.conversation = new Conversation<>(new Own<>(client::connectSentinel, StatefulConnection::closeAsync));
        this.master = Ask.nested(CommandType.SENTINEL, "MASTER", masterId).orWithout();
        this.quorum = Ask.of(CommandType.SENTINEL, "CKQUORUM", masterId).orWithout();
    }

    /**
     * {@return a check of what the Sentinels say of a master}
     *
     * @param sentinelClient one that was made with the Sentinels' URI; it stays the application's
     * @param masterId the master's name among the Sentinels; it is not shown
     * @throws IllegalArgumentException if either is missing
     */
    public static RedisSentinelCheck of(@Nullable RedisClient sentinelClient, @Nullable String masterId) {
        RedisClient given = Given.notNull(
                sentinelClient,
                "the client is null: make it first, with RedisClient.create(\"redis-sentinel://host/#name\"), then give"
                        + " it to RedisSentinelCheck.of");
        return new RedisSentinelCheck(given, Given.key(masterId, "master's name"));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        try {
            Exchange.Answers answers = conversation.ask(deadline, master, quorum);
            var findings = new Findings();
            findings.detail("latencyMs", Findings.tenths(answers.millis()));
            judgeMaster(answers.to(master), findings);
            judgeQuorum(answers.to(quorum), Answer.map(answers.to(master).value()), findings);
            return findings.result();
        } catch (UnavailableException gone) {
            return HealthResult.down(String.valueOf(gone.getMessage()));
        }
    }

    private static void judgeMaster(Answer answer, Findings findings) {
        String error = answer.error();
        if (error != null && error.startsWith("ERR unknown command")) {
            findings.down("the server is no Sentinel");
        } else if (answer.refused()) {
            findings.detail("master", "not permitted");
        } else if (error != null) {
            findings.down(
                    error.startsWith("ERR No such master")
                            ? "the Sentinels know no master of that name"
                            : RedisFailures.ofError(error));
        } else {
            Map<String, Object> fields = Answer.map(answer.value());
            Set<String> flags = Set.copyOf(Arrays.asList(text(fields, "flags").split(",", -1)));
            if (flags.contains("o_down")) {
                findings.down("the Sentinels hold the master for down");
            } else if (flags.contains("s_down")) {
                findings.degraded("this Sentinel cannot reach the master");
            }
            figure(fields, "num-slaves", "replicas", "sentinel.replicas", "{replica}", findings);
            figure(fields, "num-other-sentinels", "otherSentinels", "sentinel.others", "{sentinel}", findings);
        }
    }

    private static void figure(
            Map<String, Object> fields, String field, String detail, String name, String unit, Findings findings) {
        long figure = Info.whole(text(fields, field), -1);
        if (figure >= 0) {
            findings.detail(detail, figure);
            findings.measure(name, unit, figure);
        }
    }

    private static void judgeQuorum(Answer answer, Map<String, Object> master, Findings findings) {
        String error = answer.error();
        if (answer.refused()) {
            findings.detail("quorum", "not permitted");
        } else if (error != null && error.startsWith("NOQUORUM")) {
            findings.degraded(noQuorum(error, master));
        }
    }

    /** The error tells how many Sentinels can be used, and the master's entry how many there are. */
    private static String noQuorum(String error, Map<String, Object> master) {
        String[] words = error.split(" ", 3);
        long usable = words.length > 1 ? Info.whole(words[1], -1) : -1;
        long others = Info.whole(text(master, "num-other-sentinels"), -1);
        if (usable < 0 || others < 0) {
            return "the Sentinels have no quorum";
        }
        long wanted = Math.max(Info.whole(text(master, "quorum"), 0), (others + 1) / 2 + 1);
        return "the Sentinels have no quorum: " + usable + " of " + (others + 1) + " usable, " + wanted + " needed";
    }

    private static String text(Map<String, Object> fields, String name) {
        return String.valueOf(fields.getOrDefault(name, ""));
    }

    /** Closes the check's connection, and waits for that at most 1 s. A run after that is DOWN. */
    @Override
    public void close() {
        conversation.close();
    }
}
