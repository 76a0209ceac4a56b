package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
        boolean asExpected = query == null || isAnsweredAsExpected(loan, query);
        long nanos = System.nanoTime() - start;
        endTransaction(connection);
        if (!asExpected) {
            return HealthResult.down("the query answered something else than expected");
        }
        String product = product(connection);
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
        int before = networkTimeOut(connection);
        int patience = Patience.millis(deadline);
        boolean shortened = before == 0 || before > patience;
        if (shortened) {
            setNetworkTimeOut(connection, patience);
        }
        try {
            return connection.isValid(deadline.remainingSecondsRoundedUp());
        } finally {
            if (shortened) {
                setNetworkTimeOut(connection, before);
            }
        }
    }

    /**
     * Without the statement's own time-out, for which a driver may start a thread, and which comes after the deadline
     * where it is rounded up to seconds: at the deadline the loan cancels the statement.
     */
    private static boolean isAnsweredAsExpected(Loan loan, ValidationQuery query) throws SQLException {
        try (Statement statement = loan.connection().createStatement()) {
            loan.runs(statement);
            return query.isAnsweredAsExpected(statement);
        } catch (SQLException | RuntimeException failure) {
            endTransactionAfter(failure, loan.connection());
            throw failure;
        } finally {
            loan.runs(null);
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

    /** The product and its version; null where the driver does not tell, which says nothing about the database. */
    private static @Nullable String product(Connection connection) {
        try {
            DatabaseMetaData metadata = connection.getMetaData();
            return Product.name(metadata.getDatabaseProductName(), metadata.getDatabaseProductVersion());
        } catch (SQLException untold) {
            return null;
        }
    }
}
