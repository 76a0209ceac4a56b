package dev.vitals.health.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection that goes back once: from the run that borrowed it, or, aborted, from the thread of its
 * deadline. Whoever is second leaves it alone: by then the pool may have lent it to the application.
 */
final class Loan {
    private static final long LONGEST_CANCEL_MILLIS = 200;

    private final Connection connection;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Statement running;

    Loan(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The connection, which notes the statement that was last made of it: that is the one to be cancelled. */
    Connection noting() {
        return (Connection) Proxy.newProxyInstance(
                Loan.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (result instanceof Statement statement) {
                            running = statement;
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** What is to be cancelled on the server if the loan is aborted; null for nothing. */
    void runs(@Nullable Statement statement) {
        running = statement;
    }

    /** Ends the loan and leaves the connection open. False where it was aborted before. */
    boolean keep() {
        return over.compareAndSet(false, true);
    }

    boolean isClosed() {
        try {
            return connection.isClosed();
        } catch (SQLException | RuntimeException dead) {
            return true;
        }
    }

    void giveBack() throws SQLException {
        if (over.compareAndSet(false, true)) {
            connection.close();
        }
    }

    /** Gives back after a failure, to which whatever goes wrong now is added. */
    void giveBackAfter(Throwable failure) {
        try {
            giveBack();
        } catch (SQLException | RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Frees the thread that waits on the connection's socket, then closes, so that the pool forgets the connection. A
     * statement is cancelled before, since a server goes on with one that waits for a lock when its client has gone.
     */
    void abort() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            cancel();
            connection.abort(Runnable::run);
        } catch (SQLException refused) {
            throw new IllegalStateException("the driver does not abort a connection", refused);
        } finally {
            closeDead();
        }
    }

    void abortQuietly() {
        try {
            abort();
        } catch (RuntimeException closedAllTheSame) {
            return;
        }
    }

    /** A driver cancels over a connection of its own, which may hang as well: it is not waited for. */
    private void cancel() {
        Statement statement = running;
        if (statement == null) {
            return;
        }
        var thread = new Thread(
                () -> {
                    try {
                        if (!cancelOnPostgres()) {
                            statement.cancel();
                        }
                    } catch (SQLException | RuntimeException notPossible) {
                        // The abort comes all the same.
                        return;
                    }
                },
                "vitals-jdbc-cancel");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LONGEST_CANCEL_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * PostgreSQL's driver makes whoever runs a statement wait for the end of its cancelling, 10 s where the server is silent;
     * for its connection's own method nobody waits. By reflection, since the driver is none of this module's dependencies.
     */
    private boolean cancelOnPostgres() throws SQLException {
        try {
            Class<?> type = Class.forName("org.postgresql.PGConnection", false, Loan.class.getClassLoader());
            if (!connection.isWrapperFor(type)) {
                return false;
            }
            type.getMethod("cancelQuery").invoke(connection.unwrap(type));
            return true;
        } catch (ReflectiveOperationException anotherDriver) {
            return false;
        }
    }

    private void closeDead() {
        try {
            connection.close();
        } catch (SQLException expected) {
            // A pool says so when it finds that what comes back is dead, and throws it away: that is what is wanted.
            return;
        }
    }
}
