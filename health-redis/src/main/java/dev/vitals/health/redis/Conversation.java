package dev.vitals.health.redis;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.UnavailableException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks one server, and gives a connection up on which no answer came. Safe for use by many threads. */
final class Conversation<C extends StatefulConnection<?, ?>> implements AutoCloseable {
    static final String NO_CONNECTION = "no connection in time";
    static final String NO_ANSWER = "no answer in time";

    /** Given up this much before the deadline, as a share of what is left: so the reason says what did not answer. */
    private static final int MARGIN_SHARE = 20;

    private static final long LONGEST_MARGIN_NANOS = 20_000_000L;

    private static final long BETWEEN_LOOKS_NANOS = 25_000_000L;

    private final Source<? extends C> source;
    private final Refusals refusals;
    private @Nullable Exchange unanswered;
    private WeakReference<StatefulConnection<?, ?>> silent = new WeakReference<>(null);

    Conversation(Source<? extends C> source, LongSupplier nanoTime) {
        this.source = source;
        this.refusals = new Refusals(nanoTime);
    }

    Conversation(Source<? extends C> source) {
        this(source, System::nanoTime);
    }

    /** Sends the commands together, those not that were refused a while ago; without any left it is a PING. */
    Exchange.Answers ask(Deadline deadline, Ask... asks) throws InterruptedException, UnavailableException {
        return ask(source, deadline, List.of(asks));
    }

    private <S extends C> Exchange.Answers ask(Source<S> from, Deadline deadline, List<Ask> asks)
            throws InterruptedException, UnavailableException {
        CompletableFuture<S> connecting = open(from);
        S connection = connected(connecting, deadline);
        boolean usable = false;
        try {
            Exchange.Answers answers = exchange(connection, asks, deadline);
            usable = true;
            refusals.note(connection, answers);
            return answers;
        } catch (TimeoutException slow) {
            throw new UnavailableException(NO_ANSWER);
        } catch (ExecutionException | RedisException | CancellationException failure) {
            throw new UnavailableException(RedisFailures.why("connection lost", failure));
        } finally {
            if (!usable) {
                from.giveUp(connecting);
            }
        }
    }

    /** Lettuce keeps commands for a lost server until that is back: a connection that is known to be lost gets none. */
    private static <S extends StatefulConnection<?, ?>> CompletableFuture<S> open(Source<S> from) {
        CompletableFuture<S> known = from.get();
        if (known.isDone() && !known.isCompletedExceptionally() && !known.join().isOpen()) {
            from.giveUp(known);
            return from.get();
        }
        return known;
    }

    private static <S extends StatefulConnection<?, ?>> S connected(CompletableFuture<S> connecting, Deadline deadline)
            throws InterruptedException, UnavailableException {
        try {
            S connection = connecting.get(patience(deadline), TimeUnit.NANOSECONDS);
            if (!connection.isOpen()) {
                throw new UnavailableException("connection lost");
            }
            if (connection instanceof StatefulRedisConnection<?, ?> plain && plain.isMulti()) {
                throw new UnavailableException(
                        "the connection is in MULTI: give the check a client, or a connection that never is");
            }
            return connection;
        } catch (TimeoutException slow) {
            throw new UnavailableException(NO_CONNECTION);
        } catch (ExecutionException | CancellationException failure) {
            throw new UnavailableException(RedisFailures.why("cannot connect", failure));
        }
    }

    /** On a connection that stays although it does not answer, a run waits for what was sent: nothing heaps up there. */
    private Exchange.Answers exchange(StatefulConnection<?, ?> connection, List<Ask> asks, Deadline deadline)
            throws InterruptedException, TimeoutException, ExecutionException, UnavailableException {
        List<Ask> wanted = wanted(connection, asks);
        Exchange before = unansweredOn(connection);
        if (before != null) {
            Exchange.Answers late = await(before, connection, deadline);
            if (before.asks().equals(wanted)) {
                return late;
            }
        }
        Exchange now = Exchange.send(connection, wanted);
        try {
            return await(now, connection, deadline);
        } catch (TimeoutException | UnavailableException slow) {
            remember(connection, now);
            throw slow;
        }
    }

    /** Lettuce keeps what was under way when a connection is lost, so that nothing but a look at it tells of the loss. */
    private static Exchange.Answers await(Exchange exchange, StatefulConnection<?, ?> connection, Deadline deadline)
            throws InterruptedException, TimeoutException, ExecutionException, UnavailableException {
        long until = System.nanoTime() + patience(deadline);
        while (true) {
            long left = until - System.nanoTime();
            try {
                return exchange.await(Math.min(left, BETWEEN_LOOKS_NANOS));
            } catch (TimeoutException slow) {
                if (!connection.isOpen()) {
                    throw new UnavailableException("connection lost");
                }
                if (left <= BETWEEN_LOOKS_NANOS) {
                    throw slow;
                }
            }
        }
    }

    private synchronized @Nullable Exchange unansweredOn(StatefulConnection<?, ?> connection) {
        Exchange last = unanswered;
        return last == null || last.isDone() || silent.get() != connection ? null : last;
    }

    private synchronized void remember(StatefulConnection<?, ?> connection, Exchange exchange) {
        silent = new WeakReference<>(connection);
        unanswered = exchange;
    }

    private List<Ask> wanted(StatefulConnection<?, ?> connection, List<Ask> asks) {
        var wanted = new ArrayList<Ask>();
        for (Ask ask : asks) {
            Ask now = ask.dispensable() && refusals.known(connection, ask) ? Ask.PING : ask;
            if (!wanted.contains(now)) {
                wanted.add(now);
            }
        }
        return wanted;
    }

    @Override
    public void close() {
        source.close();
    }

    /** How long to wait at most. */
    static long patience(Deadline deadline) {
        long left = deadline.remainingNanos();
        return left - Math.min(left / MARGIN_SHARE, LONGEST_MARGIN_NANOS);
    }
}
