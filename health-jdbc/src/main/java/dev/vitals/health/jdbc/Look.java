package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What one connection says of its database: by the driver's own validation, or by a query instead of it. */
final class Look {
    private static final int UNKNOWN = -1;

    private Look() {}

    /** UP with the product and the time it took, or DOWN. The loan is aborted at the deadline; to end it is the caller's. */
    static HealthResult at(Loan loan, @Nullable ValidationQuery query, Deadline deadline) throws SQLException {
        Connection connection = loan.connection();
        long start = System.nanoTime();
        if (query == null && !isValid(connection, deadline)) {
            return HealthResult.down("connection is not valid");
        }
        Server server = server(connection);
        boolean asExpected = query == null || isAnsweredAsExpected(loan, query, server, deadline);
        long nanos = System.nanoTime() - start;
        endTransaction(connection);
        if (!asExpected) {
            return HealthResult.down("the query answered something else than expected");
        }
        String product = server.product();
        HealthResult up =
                product == null ? HealthResult.up() : HealthResult.up().withDetail("product", product);
        return up.withDetail("latencyMs", Math.round(nanos / 10_000.0) / 100.0)
                .withMeasurement("validation.duration", "s", nanos / 1e9);
    }

    /**
     * The time-out of validation is in whole seconds, and some drivers heed that of the socket too: it ends the wait
     * before the deadline does, so that the reason can say what did not answer.
     */
    private static boolean isValid(Connection connection, Deadline deadline) throws SQLException {
        int before = shorten(connection, deadline);
        try {
            return connection.isValid(deadline.remainingSecondsRoundedUp());
        } finally {
            restore(connection, before);
        }
    }

    /** Shortens the socket's time-out to the time there is, and tells what it was; {@link #UNKNOWN} where it stays. */
    private static int shorten(Connection connection, Deadline deadline) {
        int before = networkTimeOut(connection);
        int patience = Patience.millis(deadline);
        if (before != 0 && before <= patience) {
            return UNKNOWN;
        }
        setNetworkTimeOut(connection, patience);
        return before;
    }

    private static void restore(Connection connection, int before) {
        if (before != UNKNOWN) {
            setNetworkTimeOut(connection, before);
        }
    }

    /**
     * Without the statement's own time-out, for which a driver may start a thread, and which comes after the deadline
     * where it is rounded up to seconds: at the deadline the loan cancels the statement. MariaDB's driver aborts by way of a
     * second connection, which a silent server keeps waiting as well: there the socket's time-out comes first.
     */
    private static boolean isAnsweredAsExpected(Loan loan, ValidationQuery query, Server server, Deadline deadline)
            throws SQLException {
        Connection connection = loan.connection();
        int before = server.abortsByAnother() ? shorten(connection, deadline) : UNKNOWN;
        try (Statement statement = connection.createStatement()) {
            loan.runs(statement);
            return query.isAnsweredAsExpected(statement);
        } catch (SQLException | RuntimeException failure) {
            endTransactionAfter(failure, connection);
            throw failure;
        } finally {
            loan.runs(null);
            restore(connection, before);
        }
    }

    /** A query begins a transaction, also that of a driver which validates by one, and a pool need not notice. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private static void endTransactionAfter(Exception failure, Connection connection) {
        try {
            if (!connection.isClosed()) {
                endTransaction(connection);
            }
        } catch (SQLException | RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    private static int networkTimeOut(Connection connection) {
        try {
            return connection.getNetworkTimeout();
        } catch (SQLException | RuntimeException | AbstractMethodError notSupported) {
            return UNKNOWN;
        }
    }

    private static void setNetworkTimeOut(Connection connection, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException | RuntimeException | AbstractMethodError closedOrNotSupported) {
            // The deadline remains.
            return;
        }
    }

    /** What the driver does not tell says nothing about the database. */
    private static Server server(Connection connection) {
        try {
            return Server.of(connection);
        } catch (SQLException untold) {
            return Server.UNTOLD;
        }
    }
}
