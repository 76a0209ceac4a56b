package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A borrowed connection that goes back once: from the run that borrowed it, or, aborted, from the thread of its
 * deadline. Whoever is second leaves it alone: by then the pool may have lent it to the application.
 */
final class Loan {
    private final Connection connection;
    private final AtomicBoolean over = new AtomicBoolean();

    Loan(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
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

    /** Frees the thread that waits on the connection's socket, then closes, so that the pool forgets the connection. */
    void abort() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException refused) {
            throw new IllegalStateException("the driver does not abort a connection", refused);
        } finally {
            closeDead();
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
