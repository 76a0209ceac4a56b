package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a Redis list or stream, for a {@link BacklogCheck}. Safe for use by many threads.
 *
 * <pre>{@code
 * RedisQueue queue = RedisQueue.stream(client, "orders", "packers");
 * health.readiness("orders-queue", BacklogCheck.from(queue).degradedFrom(200));
 * // At the end: queue.close().
 * }</pre>
 *
 * <p>With a client it has one connection of its own, as {@link RedisCheck} has. A run sends one command: LLEN, XLEN or
 * XINFO GROUPS; and a second one, XINFO STREAM, where the server does not tell a group's lag.
 */
public final class RedisQueue implements BacklogCheck.Source, AutoCloseable {
    private final Conversation<StatefulConnection<?, ?>> conversation;
    private final String key;
    private final Length length;

    private RedisQueue(Source<? extends StatefulConnection<?, ?>> source, @Nullable String key, Length length) {
        this.conversation = new Conversation<>(source);
        this.key = Given.key(key, "key");
        this.length = length;
    }

    /**
     * {@return the length of a list} A list that is not there is empty.
     *
     * @param client the server's; it stays the application's
     * @param key the list's
     * @throws IllegalArgumentException if there is no client, or the key is blank
     */
    public static RedisQueue list(@Nullable RedisClient client, @Nullable String key) {
        return new RedisQueue(Given.own(client, "RedisQueue.list"), key, RedisQueue::listLength);
    }

    /**
     * {@return the length of a list, on a connection that is there}
     *
     * @param connection one that never blocks and is never in MULTI; never closed by this
     * @param key the list's
     * @throws IllegalArgumentException if there is no connection, or the key is blank
     */
    public static RedisQueue list(@Nullable StatefulRedisConnection<?, ?> connection, @Nullable String key) {
        return new RedisQueue(Given.shared(connection, "RedisQueue.list"), key, RedisQueue::listLength);
    }

    /**
     * {@return the length of a stream, whatever was read of it} For streams whose entries are deleted when they are done.
     *
     * @param client the server's; it stays the application's
     * @param key the stream's
     * @throws IllegalArgumentException if there is no client, or the key is blank
     */
    public static RedisQueue stream(@Nullable RedisClient client, @Nullable String key) {
        return new RedisQueue(Given.own(client, "RedisQueue.stream"), key, RedisQueue::streamLength);
    }

    /**
     * {@return the length of a stream, on a connection that is there}
     *
     * @param connection one that never blocks and is never in MULTI; never closed by this
     * @param key the stream's
     * @throws IllegalArgumentException if there is no connection, or the key is blank
     */
    public static RedisQueue stream(@Nullable StatefulRedisConnection<?, ?> connection, @Nullable String key) {
        return new RedisQueue(Given.shared(connection, "RedisQueue.stream"), key, RedisQueue::streamLength);
    }

    /**
     * {@return the entries of a stream that a group has not been given yet} What it was given and has not acknowledged is
     * not among them.
     *
     * <p>Redis tells this lag from 7.0 on, and not after entries in between were deleted. Where it is not told: none when the
     * group was given the last entry; the whole length of the stream otherwise, which is never less than what waits. Of a
     * stream that is trimmed to a length and nothing else that says little: give such a check a limit above that length.
     *
     * @param client the server's; it stays the application's
     * @param key the stream's
     * @param group the consumer group's
     * @throws IllegalArgumentException if there is no client, or key or group is blank
     */
    public static RedisQueue stream(@Nullable RedisClient client, @Nullable String key, @Nullable String group) {
        return new RedisQueue(Given.own(client, "RedisQueue.stream"), key, lag(Given.key(group, "group")));
    }

    /**
     * {@return the entries of a stream that a group has not been given yet, on a connection that is there}
     *
     * @param connection one that never blocks and is never in MULTI; never closed by this
     * @param key the stream's
     * @param group the consumer group's
     * @throws IllegalArgumentException if there is no connection, or key or group is blank
     * @see #stream(RedisClient, String, String)
     */
    public static RedisQueue stream(
            @Nullable StatefulRedisConnection<?, ?> connection, @Nullable String key, @Nullable String group) {
        return new RedisQueue(Given.shared(connection, "RedisQueue.stream"), key, lag(Given.key(group, "group")));
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnavailableException if the key holds another type, or there is no such group
     */
    @Override
    public long waiting(Deadline deadline) throws InterruptedException, UnavailableException {
        return length.of(this, deadline);
    }

    private long listLength(Deadline deadline) throws InterruptedException, UnavailableException {
        return ask(deadline, "list", Ask.of(CommandType.LLEN, key)).number();
    }

    private long streamLength(Deadline deadline) throws InterruptedException, UnavailableException {
        return ask(deadline, "stream", Ask.of(CommandType.XLEN, key)).number();
    }

    private static Length lag(String group) {
        return (queue, deadline) -> queue.lag(group, deadline);
    }

    private long lag(String group, Deadline deadline) throws InterruptedException, UnavailableException {
        Map<String, Object> found = null;
        for (Object each : ask(deadline, "stream", Ask.nested(CommandType.XINFO, "GROUPS", key))
                .list()) {
            Map<String, Object> fields = Answer.map(each);
            if (group.equals(fields.get("name"))) {
                found = fields;
            }
        }
        if (found == null) {
            throw new UnavailableException(
                    "the stream has no group of that name: it is made with XGROUP CREATE before it is checked");
        }
        if (found.get("lag") instanceof Number lag) {
            return lag.longValue();
        }
        Map<String, Object> stream = Answer.map(ask(deadline, "stream", Ask.nested(CommandType.XINFO, "STREAM", key))
                .value());
        boolean caughtUp = String.valueOf(stream.get("last-generated-id")).equals(found.get("last-delivered-id"));
        return caughtUp ? 0 : Info.whole(String.valueOf(stream.get("length")), 0);
    }

    private Answer ask(Deadline deadline, String wanted, Ask ask) throws InterruptedException, UnavailableException {
        Answer answer = conversation.ask(deadline, ask).to(ask);
        String error = answer.error();
        if (error == null) {
            return answer;
        }
        if (error.startsWith("WRONGTYPE")) {
            throw new UnavailableException(
                    "the key holds no " + wanted + ": give the key of one, or use the other" + " method of RedisQueue");
        }
        if (error.startsWith("ERR no such key")) {
            throw new UnavailableException(
                    "there is no stream under that key, nor a group: XGROUP CREATE with MKSTREAM" + " makes both");
        }
        throw new UnavailableException(RedisFailures.ofError(error));
    }

    /** Closes the own connection, and waits for that at most 1 s; one that was given stays open. */
    @Override
    public void close() {
        conversation.close();
    }

    /** How a length is asked for. */
    private interface Length {
        long of(RedisQueue queue, Deadline deadline) throws InterruptedException, UnavailableException;
    }
}
