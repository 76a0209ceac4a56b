package dev.vitals.health.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, or one attempt at it, and never two. Lettuce connects to a client's own URI on the caller's thread
 * alone, so an attempt gets a thread, which ends with it.
 */
final class Own<C> implements Source<C> {
    private static final long LONGEST_CLOSE_MILLIS = 1_000;
    /** A client that is shut down at the wrong moment never ends its attempt: whoever waits for it is called off then. */
    private static final long LONGEST_ATTEMPT_AFTER_CLOSE_SECONDS = 5;

    private final Supplier<C> connect;
    private final Function<C, CompletableFuture<Void>> end;
    private @Nullable CompletableFuture<C> current;
    private @Nullable Thread connecting;
    private boolean closed;

    Own(Supplier<C> connect, Function<C, CompletableFuture<Void>> end) {
        this.connect = connect;
        this.end = end;
    }

    @Override
    public synchronized CompletableFuture<C> get() {
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

    private CompletableFuture<C> attempt() {
        var connection = new CompletableFuture<C>();
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

    @Override
    public void giveUp(CompletableFuture<C> useless) {
        synchronized (this) {
            if (current != useless) {
                return;
            }
            current = null;
        }
        var unused = useless.thenCompose(end);
    }

    @Override
    public void close() {
        CompletableFuture<C> last;
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
        boolean there = last.isDone();
        CompletableFuture<Void> ended = last.thenCompose(end);
        if (there) {
            awaitBriefly(ended);
        } else if (attempt != null) {
            CompletableFuture.delayedExecutor(LONGEST_ATTEMPT_AFTER_CLOSE_SECONDS, TimeUnit.SECONDS)
                    .execute(attempt::interrupt);
        }
    }

    /** Lettuce warns of a client that is shut down while its connections are still closing. */
    private static void awaitBriefly(CompletableFuture<Void> ended) {
        try {
            ended.get(LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException closedAllTheSame) {
            return;
        }
    }
}
