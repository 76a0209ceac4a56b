package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.HeartbeatStore;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats of workers in Redis: a sorted set for each group, {@code vitals:heartbeat:} and the group's name, with the
 * server's own time as score. Entries older than a day are pruned at each beat, and a group without beats is gone after a
 * day. Safe for use by many threads.
 *
 * <pre>{@code
 * RedisHeartbeats store = RedisHeartbeats.of(client);
 * // At the end: store.close().
 * }</pre>
 *
 * <p>A beat costs two round trips (TIME; then ZADD, ZREMRANGEBYSCORE and PEXPIRE together), a reading one (TIME and
 * ZREVRANGEBYSCORE together), and no script. A reading takes in the 10,000 youngest beats. With a client it has one
 * connection of its own, as {@link RedisCheck} has. A user needs these commands, and ZREM, on {@code vitals:heartbeat:*}.
 */
public final class RedisHeartbeats implements HeartbeatStore, AutoCloseable {
    private static final String PREFIX = "vitals:heartbeat:";
    private static final Duration LONGEST_KEPT = Duration.ofDays(1);
    private static final String MOST_READ = "10000";
    private static final Ask TIME = Ask.nested(CommandType.TIME);

    private final Conversation<StatefulConnection<?, ?>> conversation;

    private RedisHeartbeats(Source<? extends StatefulConnection<?, ?>> source) {
        this.conversation = new Conversation<>(source);
    }

    /**
     * {@return heartbeats in the server that a client connects to}
     *
     * @param client the server's, or its Sentinels'; it stays the application's
     * @throws IllegalArgumentException if there is none
     */
    public static RedisHeartbeats of(@Nullable RedisClient client) {
        return new RedisHeartbeats(Given.own(client, "RedisHeartbeats.of"));
    }

    /**
     * {@return heartbeats on a connection that is there}
     *
     * @param connection one that never blocks and is never in MULTI; never closed by this
     * @throws IllegalArgumentException if there is none
     */
    public static RedisHeartbeats of(@Nullable StatefulRedisConnection<?, ?> connection) {
        return new RedisHeartbeats(Given.shared(connection, "RedisHeartbeats.of"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if group or worker is no name of letters, digits and {@code . _ - : @}
     * @throws UnavailableException if the server refuses to note it, or does not answer
     */
    @Override
    public void write(String group, String worker, Duration age, Deadline deadline)
            throws InterruptedException, UnavailableException {
        String key = key(group);
        String member = Given.name(worker, "worker");
        long now = millis(wellAnswered(conversation.ask(deadline, TIME)).to(TIME));
        long beat = now - Math.max(0, age.toMillis());
        var unused = wellAnswered(conversation.ask(
                deadline,
                Ask.of(CommandType.ZADD, key, Long.toString(beat), member),
                Ask.of(CommandType.ZREMRANGEBYSCORE, key, "-inf", "(" + (now - LONGEST_KEPT.toMillis())),
                Ask.of(CommandType.PEXPIRE, key, Long.toString(LONGEST_KEPT.toMillis()))));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if group or worker is no name of letters, digits and {@code . _ - : @}
     * @throws UnavailableException if the server refuses to forget it, or does not answer
     */
    @Override
    public void remove(String group, String worker, Deadline deadline)
            throws InterruptedException, UnavailableException {
        var unused = wellAnswered(
                conversation.ask(deadline, Ask.of(CommandType.ZREM, key(group), Given.name(worker, "worker"))));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the group is no name of letters, digits and {@code . _ - : @}
     * @throws UnavailableException if the server refuses to tell, or does not answer
     */
    @Override
    public List<Duration> ages(String group, Deadline deadline) throws InterruptedException, UnavailableException {
        // From the youngest on: where there are more than are read, the living are told.
        Ask beats = Ask.nested(
                CommandType.ZREVRANGEBYSCORE, key(group), "+inf", "-inf", "WITHSCORES", "LIMIT", "0", MOST_READ);
        Exchange.Answers answers = wellAnswered(conversation.ask(deadline, TIME, beats));
        long now = millis(answers.to(TIME));
        var ages = new ArrayList<Duration>();
        for (double beat : scores(answers.to(beats).list())) {
            Duration age = Duration.ofMillis(now - (long) beat);
            if (age.compareTo(LONGEST_KEPT) <= 0) {
                ages.add(age);
            }
        }
        return ages;
    }

    /** RESP 3 answers with pairs of member and score, RESP 2 with both by turns. */
    private static List<Double> scores(List<?> answer) {
        var scores = new ArrayList<Double>();
        for (int i = 0; i < answer.size(); i++) {
            if (answer.get(i) instanceof List<?> pair) {
                scores.add(Double.parseDouble(String.valueOf(pair.get(1))));
            } else if (i % 2 == 1) {
                scores.add(Double.parseDouble(String.valueOf(answer.get(i))));
            }
        }
        return scores;
    }

    private static long millis(Answer time) throws UnavailableException {
        List<?> parts = time.list();
        if (parts.size() != 2) {
            throw new UnavailableException("the server does not tell its time");
        }
        long seconds = Info.whole(String.valueOf(parts.get(0)), 0);
        return seconds * 1_000 + Info.whole(String.valueOf(parts.get(1)), 0) / 1_000;
    }

    private static Exchange.Answers wellAnswered(Exchange.Answers answers) throws UnavailableException {
        for (Answer answer : answers.byAsk().values()) {
            String error = answer.error();
            if (error != null) {
                throw new UnavailableException(RedisFailures.ofError(error));
            }
        }
        return answers;
    }

    private static String key(String group) {
        return PREFIX + Given.name(group, "group");
    }

    /** Closes the own connection, and waits for that at most 1 s; one that was given stays open. */
    @Override
    public void close() {
        conversation.close();
    }
}
