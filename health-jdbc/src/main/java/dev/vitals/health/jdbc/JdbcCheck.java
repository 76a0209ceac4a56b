package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.jdbc.ConnectionPool.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Borrows a connection, has the driver validate it, and gives it back. Safe for use by many threads.
 *
 * <p>Where the pool is known, HikariCP by itself and others through {@link #pool}, this does not queue behind the
 * application: while callers wait for a connection, or every one is in use, it looks at the database through one
 * connection of its own outside the pool. That is made when first needed, by the pool's configuration, and kept for the
 * next time until {@link #close}. If the database is well the result is DEGRADED, "pool exhausted: 10 of 10 in use, 23
 * waiting", and otherwise DOWN, with the same and what is wrong with the database. Callers that wait for a pool which is not
 * full are no fault at the first look, since it is about to grow; from the second on they are DEGRADED. A closed pool is DOWN.
 *
 * <p>A connection that still does not answer when the deadline passes is aborted and closed, so that a server that went
 * silent does not keep the thread. Connecting goes on past a deadline, on one thread; the runs that follow wait for it,
 * and never begin a second one beside it. Nothing can be aborted while {@link DataSource#getConnection()} itself
 * hangs: a pool's time-out, or the driver's login time-out, should be shorter than the check's; then the reason also
 * says more than "no answer".
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
 *
 * <p>Measures {@code validation.duration} (s), and of a known pool {@code connections.active}, {@code connections.idle},
 * {@code connections.max} ({connection}), {@code connections.pending_requests} ({request}) and
 * {@code connections.used.ratio} (1).
 */
public final class JdbcCheck implements HealthCheck, AutoCloseable {
    private final DataSource dataSource;
    private final Pools pools;
    private final @Nullable ValidationQuery query;
    private final OwnConnection own = new OwnConnection();
    private final AtomicBoolean waitedBefore = new AtomicBoolean();

    private JdbcCheck(DataSource dataSource, Pools pools, @Nullable ValidationQuery query) {
        this.dataSource = dataSource;
        this.pools = pools;
        this.query = query;
    }

    /**
     * {@return a check of the database behind a data source}
     *
     * @param dataSource where to borrow a connection: the pool that the application itself uses, so that an exhausted
     *     pool shows
     * @throws IllegalArgumentException if there is none, or it is a closed HikariCP
     */
    public static JdbcCheck of(@Nullable DataSource dataSource) {
        DataSource given = SetUp.dataSource(dataSource, "JdbcCheck.of");
        return new JdbcCheck(given, Pools.behind(given), null);
    }

    /**
     * {@return this check, with a pool that it cannot find by itself} HikariCP, also behind wrappers that can be
     * unwrapped, needs none.
     *
     * @param pool the one behind the data source
     * @throws IllegalArgumentException if there is none, or it is closed
     */
    public JdbcCheck pool(@Nullable ConnectionPool pool) {
        return new JdbcCheck(dataSource, Pools.given(dataSource, SetUp.open(pool, "pool")), query);
    }

    /**
     * {@return this check, with a query instead of the driver's validation} It answers one row, whose first column is
     * compared, quickly, and changes nothing. Another answer is DOWN, without saying which. Past the deadline it is
     * cancelled.
     *
     * @param sql the query, such as {@code SELECT count(*) > 0 FROM tenants}; it is never shown
     * @param expected a number, compared by its value, a boolean, for which a database without them has 1 and 0, or a
     *     text
     * @throws IllegalArgumentException if either is missing, or nothing can equal what is expected
     */
    public JdbcCheck query(@Nullable String sql, @Nullable Object expected) {
        String given = SetUp.given(sql, "the query is null: give one, such as \"SELECT count(*) > 0 FROM tenants\"");
        if (given.isBlank()) {
            throw new IllegalArgumentException(
                    "the query is blank: give one, such as \"SELECT count(*) > 0 FROM tenants\", or leave query(...) out");
        }
        Object answer = SetUp.given(expected, "no answer is expected: say what the query answers when all is well");
        return new JdbcCheck(dataSource, pools, new ValidationQuery(given, answer));
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        try {
            ConnectionPool pool = pools.find();
            if (pool == null) {
                return lookInside(dataSource.getConnection(), deadline);
            }
            Usage usage = pool.usage();
            if (usage.closed()) {
                return HealthResult.down("the pool is closed");
            }
            if (usage.waiting() == 0) {
                waitedBefore.set(false);
            }
            return Figures.with(usage, look(pool, usage, deadline));
        } catch (SQLException | RuntimeException failure) {
            return SqlFailures.downBy(failure);
        }
    }

    private HealthResult look(ConnectionPool pool, Usage usage, Deadline deadline)
            throws InterruptedException, SQLException {
        if (Figures.isShort(usage)) {
            return lookOutside(pool, usage, deadline);
        }
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException failure) {
            Usage now = pool.usage();
            return Figures.isShort(now) ? lookOutside(pool, now, deadline) : SqlFailures.down(failure);
        }
        return lookInside(connection, deadline);
    }

    private HealthResult lookOutside(ConnectionPool pool, Usage usage, Deadline deadline) throws InterruptedException {
        HealthResult database = own.look(pool, query, deadline);
        boolean well = database.status() == Status.UP;
        if (well && !Figures.isExhausted(usage) && !waitedBefore.getAndSet(true)) {
            // The pool makes connections for those who wait, at the start for instance. The next time it should have.
            return database;
        }
        String reason = Figures.shortage(usage) + (well ? "" : "; and " + database.reason());
        return new HealthResult(
                well ? Status.DEGRADED : Status.DOWN, reason, database.details(), database.measurements());
    }

    private HealthResult lookInside(Connection borrowed, Deadline deadline) throws SQLException {
        var loan = new Loan(borrowed);
        HealthResult result;
        try {
            if (deadline.isExpired()) {
                result = HealthResult.down("no connection in time");
            } else {
                deadline.onExpiry(loan::abort);
                result = Look.at(loan, query, deadline);
            }
        } catch (Throwable thrown) {
            loan.giveBackAfter(thrown);
            throw thrown;
        }
        return giveBack(loan, result);
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

    /**
     * Closes the connection of its own, if there is one. One that is still being made is closed as soon as it is there.
     * The pool stays the application's. A run after that makes no other.
     */
    @Override
    public void close() {
        own.close();
    }
}
