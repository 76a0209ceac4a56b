package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection outside the pool, or one attempt at it, and never two. To connect cannot be aborted, so an attempt gets
 * a thread, which ends with it; runs wait for it no longer than they have time.
 */
final class OwnConnection {
    /** One run at a time looks at the connection: it is aborted at the deadline of one. */
    private final Semaphore turn = new Semaphore(1);

    private @Nullable CompletableFuture<Connection> current;
    private boolean closed;

    HealthResult look(ConnectionPool pool, @Nullable ValidationQuery query, Deadline deadline)
            throws InterruptedException {
        if (!turn.tryAcquire(Patience.nanos(deadline), TimeUnit.NANOSECONDS)) {
            return HealthResult.down("another run still waits for the check's own connection");
        }
        try {
            HealthResult atKept = lookAtKept(query, deadline);
            return atKept != null ? atKept : lookAtNew(pool, query, deadline);
        } finally {
            turn.release();
        }
    }

    /**
     * Null where there is none, or it has died: after days idle that says nothing of the database, and half of the time
     * is kept for finding out.
     */
    private @Nullable HealthResult lookAtKept(@Nullable ValidationQuery query, Deadline deadline) {
        CompletableFuture<Connection> kept = established();
        if (kept == null) {
            return null;
        }
        var loan = new Loan(kept.join());
        deadline.onExpiry(loan::abort);
        HealthResult alive = look(loan, null, deadline.atMost(Duration.ofNanos(deadline.remainingNanos() / 2)));
        if (alive.status() != Status.UP) {
            drop(kept, loan);
            return null;
        }
        HealthResult result = query == null ? alive : look(loan, query, deadline);
        keepOrDrop(kept, loan);
        return result;
    }

    private HealthResult lookAtNew(ConnectionPool pool, @Nullable ValidationQuery query, Deadline deadline)
            throws InterruptedException {
        CompletableFuture<Connection> connecting = underWay(pool);
        if (connecting == null) {
            return HealthResult.down("this check is closed");
        }
        Loan loan;
        try {
            loan = new Loan(connecting.get(Patience.nanos(deadline), TimeUnit.NANOSECONDS));
        } catch (TimeoutException slow) {
            return HealthResult.down("no connection outside the pool in time");
        } catch (ExecutionException failure) {
            return SqlFailures.downBy(failure.getCause());
        }
        deadline.onExpiry(loan::abort);
        HealthResult result = look(loan, query, deadline);
        if (query == null && result.status() != Status.UP) {
            drop(connecting, loan);
        } else {
            keepOrDrop(connecting, loan);
        }
        return result;
    }

    private static HealthResult look(Loan loan, @Nullable ValidationQuery query, Deadline deadline) {
        try {
            return Look.at(loan, query, deadline);
        } catch (SQLException | RuntimeException failure) {
            return SqlFailures.downBy(failure);
        }
    }

    /** A query that fails, or answers something else, says nothing against the connection. */
    private void keepOrDrop(CompletableFuture<Connection> used, Loan loan) {
        if (loan.isClosed() || !loan.keep()) {
            drop(used, loan);
        }
    }

    private void drop(CompletableFuture<Connection> useless, Loan loan) {
        synchronized (this) {
            if (current == useless) {
                current = null;
            }
        }
        loan.abortQuietly();
    }

    private synchronized @Nullable CompletableFuture<Connection> established() {
        CompletableFuture<Connection> known = current;
        return known != null && known.isDone() && !known.isCompletedExceptionally() ? known : null;
    }

    /** The attempt under way, or a new one; null where this is closed. */
    private synchronized @Nullable CompletableFuture<Connection> underWay(ConnectionPool pool) {
        if (closed) {
            return null;
        }
        CompletableFuture<Connection> known = current;
        if (known == null || known.isCompletedExceptionally()) {
            known = attempt(pool);
            current = known;
        }
        return known;
    }

    private static CompletableFuture<Connection> attempt(ConnectionPool pool) {
        var connection = new CompletableFuture<Connection>();
        var thread = new Thread(
                () -> {
                    try {
                        connection.complete(Objects.requireNonNull(pool.connectOutside(), "connection"));
                    } catch (Throwable thrown) {
                        connection.completeExceptionally(thrown);
                    }
                },
                "vitals-jdbc-connect");
        thread.setDaemon(true);
        thread.start();
        return connection;
    }

    /** Closes the connection now, or, while it is still being made, as soon as it is there. */
    void close() {
        CompletableFuture<Connection> last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            var unused = last.thenAccept(this::end);
        }
    }

    /** A run that still looks at it is not waited for. */
    private void end(Connection connection) {
        var loan = new Loan(connection);
        if (!turn.tryAcquire()) {
            loan.abortQuietly();
            return;
        }
        try {
            loan.giveBack();
        } catch (SQLException | RuntimeException dead) {
            return;
        } finally {
            turn.release();
        }
    }
}
