package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Borrows a connection, has the driver validate it, and gives it back. Safe for use by many threads.
 *
 * <p>A connection that is still being validated when the deadline passes is aborted and closed, so that a server that
 * went silent does not keep the thread. Nothing can be aborted while {@link DataSource#getConnection()} itself hangs:
 * a pool's time-out, or the driver's login time-out, should be shorter than the check's; then the reason also says
 * more than "no answer".
 *
 * <p>Where the reason names an SQLState, it is that of the driver; see the SQL standard (ISO/IEC 9075-2, clause 24)
 * and appendix A of PostgreSQL's manual. The driver's or the pool's own message is a detail only where the state is
 * known for messages without user and data: class 08, without 08004 and 08P01, and class 57. A JDBC URL in it is
 * replaced. The host and the port may be in it.
 *
 * <pre>{@code
 * HealthMonitor health = HealthMonitor.builder()
 *     .readiness("database", JdbcCheck.of(dataSource))
 *     .start();
 * }</pre>
 */
public final class JdbcCheck implements HealthCheck {
    private final DataSource dataSource;

    private JdbcCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * {@return a check of the database behind a data source}
     *
     * @param dataSource where to borrow a connection: the pool that the application itself uses, so that an exhausted
     *     pool shows
     * @throws IllegalArgumentException if there is none
     */
    public static JdbcCheck of(@Nullable DataSource dataSource) {
        if (dataSource == null) {
            throw new IllegalArgumentException(
                    "the data source is null: make the pool first, then give it to JdbcCheck.of(dataSource)");
        }
        return new JdbcCheck(dataSource);
    }

    @Override
    public HealthResult check(Deadline deadline) {
        try {
            Loan loan = new Loan(dataSource.getConnection());
            HealthResult result;
            try {
                result = look(loan, deadline);
            } catch (Throwable thrown) {
                loan.giveBackAfter(thrown);
                throw thrown;
            }
            return giveBack(loan, result);
        } catch (SQLException failure) {
            return SqlFailures.down(failure);
        } catch (RuntimeException failure) {
            // Nothing is known of its message, which may quote the server's.
            return HealthResult.down(failure.getClass().getSimpleName());
        }
    }

    private static HealthResult look(Loan loan, Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            return HealthResult.down("no connection in time");
        }
        deadline.onExpiry(loan::abort);
        Connection connection = loan.connection();
        if (!connection.isValid(deadline.remainingSecondsRoundedUp())) {
            return HealthResult.down("connection is not valid");
        }
        if (!connection.getAutoCommit()) {
            // A driver that validates by a query begins a transaction with it, which a pool need not notice.
            connection.rollback();
        }
        String product = product(connection);
        return product == null ? HealthResult.up() : HealthResult.up().withDetail("product", product);
    }

    /** A pool may refuse a dead connection: that is news only where nothing was wrong before. */
    private static HealthResult giveBack(Loan loan, HealthResult result) {
        try {
            loan.giveBack();
            return result;
        } catch (SQLException failure) {
            return result.reason() != null ? result : SqlFailures.down(failure);
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
