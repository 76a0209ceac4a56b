package dev.vitals.health.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, or one attempt at it, and never two. Lettuce connects to a client's own URI on the caller's thread
 * alone, so an attempt gets a thread, which ends with it.
 */
final class OwnConnection {
    private static final long LONGEST_CLOSE_MILLIS = 1_000;
    /** A client that is shut down at the wrong moment never ends its attempt: whoever waits for it is called off then. */
    private static final long LONGEST_ATTEMPT_AFTER_CLOSE_SECONDS = 5;

    private final Supplier<StatefulRedisConnection<String, String>> connect;
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> current;
    private @Nullable Thread connecting;
    private boolean closed;

    OwnConnection(Supplier<StatefulRedisConnection<String, String>> connect) {
        this.connect = connect;
    }

    /** The connection, or the attempt under way, or a new one where the last has failed. */
    synchronized CompletableFuture<StatefulRedisConnection<String, String>> get() {
        if (closed) {
            throw new IllegalStateException("this check is closed: close the monitor first");
        }
        var known = current;
        if (known == null || known.isCompletedExceptionally()) {
            known = attempt();
            current = known;
        }
        return known;
    }

    private CompletableFuture<StatefulRedisConnection<String, String>> attempt() {
        var connection = new CompletableFuture<StatefulRedisConnection<String, String>>();
        var thread = new Thread(
                () -> {
                    try {
                        connection.complete(connect.get());
                    } catch (Throwable thrown) {
                        connection.completeExceptionally(thrown);
                    }
                },
                "vitals-redis-connect");
        thread.setDaemon(true);
        thread.start();
        connecting = thread;
        return connection;
    }

    /** This connection is of no use any more. Does not wait for its end. */
    void giveUp(CompletableFuture<StatefulRedisConnection<String, String>> useless) {
        synchronized (this) {
            if (current != useless) {
                return;
            }
            current = null;
        }
        var unused = closeLater(useless);
    }

    void close() {
        CompletableFuture<StatefulRedisConnection<String, String>> last;
        Thread attempt;
        synchronized (this) {
            closed = true;
            last = current;
            attempt = connecting;
            current = null;
        }
        if (last == null) {
            return;
        }
        CompletableFuture<Void> end = closeLater(last);
        if (last.isDone()) {
            awaitBriefly(end);
        } else if (attempt != null) {
            CompletableFuture.delayedExecutor(LONGEST_ATTEMPT_AFTER_CLOSE_SECONDS, TimeUnit.SECONDS)
                    .execute(attempt::interrupt);
        }
    }

    /** Now, or, while it is still being made, as soon as it is there. */
    private static CompletableFuture<Void> closeLater(
            CompletableFuture<StatefulRedisConnection<String, String>> connecting) {
        return connecting.thenCompose(StatefulConnection::closeAsync);
    }

    /** Lettuce warns of a client that is shut down while its connections are still closing. */
    private static void awaitBriefly(CompletableFuture<Void> end) {
        try {
            end.get(LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException closedAllTheSame) {
            return;
        }
    }
}
