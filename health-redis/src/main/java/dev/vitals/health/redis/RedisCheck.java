package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends PING to a Redis server and waits for its PONG no longer than the deadline. Safe for use by many threads.
 *
 * <p>It has one connection of its own, made by the first run and used by all that follow, so that a command of the
 * application that blocks does not hold up the check. A connection on which no answer came in time is given up, since
 * Lettuce keeps commands for a lost server until that is back, and the next run makes a new one. Connecting goes on in
 * the background past a deadline; the runs that follow wait for it, and never begin a second one beside it.
 *
 * <p>Close it before the client. What the server says of itself (memory, replication) is not looked at.
 *
 * @see <a href="https://redis.io/docs/latest/commands/ping/">PING</a>
 */
public final class RedisCheck implements HealthCheck, AutoCloseable {
    /** Given up this much before the deadline, as a share of what is left: so the reason says what did not answer. */
    private static final int MARGIN_SHARE = 20;

    private static final long LONGEST_MARGIN_NANOS = 20_000_000L;

    private final OwnConnection own;

    private RedisCheck(RedisClient client) {
        this.own = new OwnConnection(client::connect);
    }

    /**
     * {@return a check of the server that a client connects to}
     *
     * @param client one that was made with the server's URI; it stays the application's, which shuts it down after
     *     closing the check
     * @throws IllegalArgumentException if there is none
     */
    public static RedisCheck of(@Nullable RedisClient client) {
        if (client == null) {
            throw new IllegalArgumentException(
                    "the client is null: make it first, with RedisClient.create(uri), then give it to RedisCheck.of");
        }
        return new RedisCheck(client);
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        CompletableFuture<StatefulRedisConnection<String, String>> connecting = own.get();
        StatefulRedisConnection<String, String> connection;
        try {
            connection = connecting.get(patience(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return HealthResult.down("no connection in time");
        } catch (ExecutionException failure) {
            return RedisFailures.down("cannot connect", failure);
        }
        boolean usable = false;
        try {
            HealthResult result = ping(connection, deadline);
            usable = true;
            return result;
        } catch (TimeoutException slow) {
            return HealthResult.down("no answer to PING in time");
        } catch (ExecutionException | RedisException failure) {
            usable = failure.getCause() instanceof RedisCommandExecutionException;
            return RedisFailures.down("connection lost", failure);
        } finally {
            if (!usable) {
                own.giveUp(connecting);
            }
        }
    }

    private static HealthResult ping(StatefulRedisConnection<String, String> connection, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        String answer = connection.async().ping().get(patience(deadline), TimeUnit.NANOSECONDS);
        return "PONG".equalsIgnoreCase(answer)
                ? HealthResult.up()
                : HealthResult.down("the answer to PING is not PONG");
    }

    /**
     * Closes the connection, and waits for that at most 1 s. A connection still being made is closed as soon as it is
     * there. A run after that is DOWN.
     */
    @Override
    public void close() {
        own.close();
    }

    private static long patience(Deadline deadline) {
        long left = deadline.remainingNanos();
        return left - Math.min(left / MARGIN_SHARE, LONGEST_MARGIN_NANOS);
    }
}
