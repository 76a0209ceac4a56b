package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.checks.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Borrows a connection, asks one question, and gives the connection back; past the deadline it is aborted instead.
 * No query time-out is set beside: a driver may start a thread for each, and the abort does what it would. MariaDB's driver
 * aborts by way of a second connection, which a silent server keeps waiting as well: there the socket's own time-out, which
 * costs nothing, comes a little earlier.
 */
final class Ask {
    static final String NOT_PERMITTED = "not permitted";

    private static final String LATE = "no connection in time";

    /** By so much the socket's time-out comes before the deadline. */
    private static final long EARLIER_MS = 50;

    /** MySQL's and MariaDB's: no right to the database, the table, the column, the command. */
    private static final Set<Integer> DENIALS = Set.of(1044, 1142, 1143, 1227);

    private Ask() {}

    /** What is asked of a connection. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection, Server server) throws SQLException;
    }

    /**
     * A check's question. Whatever goes wrong is DOWN; what the user may not see is no fault.
     *
     * @param figures the detail that says so
     */
    static HealthResult check(DataSource source, Deadline deadline, String figures, Question<HealthResult> question) {
        try {
            return once(source, deadline, false, (connection, server) -> {
                HealthResult result = permitted(connection, server, figures, question);
                String product = server.product();
                return product == null ? result : result.withDetail("product", product);
            });
        } catch (NotAsked known) {
            return known.result;
        } catch (SQLException failure) {
            return SqlFailures.down(failure);
        } catch (RuntimeException failure) {
            // Nothing is known of its message, which may quote the server's.
            return HealthResult.down(failure.getClass().getSimpleName());
        }
    }

    private static HealthResult permitted(
            Connection connection, Server server, String figures, Question<HealthResult> question) throws SQLException {
        try {
            return question.ask(connection, server);
        } catch (SQLException failure) {
            if (!isDenial(failure)) {
                throw failure;
            }
            return HealthResult.up().withDetail(figures, NOT_PERMITTED);
        }
    }

    /** A question whose answer is a value. What is thrown says no more than a check's reason would. */
    static <T> T value(DataSource source, Deadline deadline, Question<T> question) throws UnavailableException {
        return told(() -> once(source, deadline, false, question));
    }

    /** Something to be written, which is committed where that is not done by itself. */
    static <T> T write(DataSource source, Deadline deadline, Question<T> question) throws UnavailableException {
        return told(() -> once(source, deadline, true, question));
    }

    private static <T> T told(Attempt<T> attempt) throws UnavailableException {
        try {
            return attempt.make();
        } catch (NotAsked known) {
            String reason = String.valueOf(known.result.reason());
            throw known.result.status() == Status.DOWN
                    ? new UnavailableException(reason)
                    : UnavailableException.notAsked(reason);
        } catch (SQLException failure) {
            // Without the cause, whose message may hold what the reason leaves out.
            String reason = isDenial(failure)
                    ? NOT_PERMITTED
                    : SqlFailures.down(failure).reason();
            throw new UnavailableException(String.valueOf(reason));
        } catch (RuntimeException failure) {
            throw new UnavailableException(failure.getClass().getSimpleName());
        }
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private static <T> T once(DataSource source, Deadline deadline, boolean writes, Question<T> question)
            throws SQLException {
        var loan = new Loan(writes ? source.getConnection() : borrowed(source));
        T answer;
        try {
            answer = ask(loan, deadline, writes, question);
        } catch (Throwable thrown) {
            loan.giveBackAfter(thrown);
            throw thrown;
        }
        loan.giveBack();
        return answer;
    }

    /**
     * The application's callers come first: a check that queues among them would add to what it reports. What is written is
     * the application's own, a heartbeat, and waits its turn.
     */
    private static Connection borrowed(DataSource source) throws SQLException {
        ConnectionPool pool = Pools.behind(source).find();
        if (pool != null) {
            ConnectionPool.Usage usage = pool.usage();
            if (usage.closed()) {
                throw new NotAsked(HealthResult.down("the pool is closed"));
            }
            if (Figures.isExhausted(usage)) {
                throw new NotAsked(HealthResult.degraded("not asked: " + Figures.shortage(usage)));
            }
        }
        return source.getConnection();
    }

    private static <T> T ask(Loan loan, Deadline deadline, boolean writes, Question<T> question) throws SQLException {
        if (deadline.isExpired()) {
            throw new NotAsked(HealthResult.down(LATE));
        }
        deadline.onExpiry(loan::abort);
        Connection connection = loan.noting();
        Server server = Server.of(connection);
        boolean timed = server.abortsByAnother();
        int before = timed ? connection.getNetworkTimeout() : 0;
        if (timed) {
            connection.setNetworkTimeout(Runnable::run, patience(deadline));
        }
        try {
            T answer = question.ask(connection, server);
            if (writes && !connection.getAutoCommit()) {
                connection.commit();
            }
            return answer;
        } finally {
            endTransaction(connection);
            if (timed) {
                restore(connection, before);
            }
        }
    }

    private static int patience(Deadline deadline) {
        long left = deadline.remaining().toMillis();
        return (int) Math.max(1, Math.min(left - Math.min(EARLIER_MS, left / 10), Integer.MAX_VALUE));
    }

    private static void restore(Connection connection, int networkTimeout) {
        try {
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException dead) {
            // It shows when the connection goes back.
            return;
        }
    }

    /** With autocommit off a question begins a transaction, which a pool need not notice. */
    private static void endTransaction(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException dead) {
            // What made it fail was thrown before, or shows when the connection goes back.
            return;
        }
    }

    static boolean isDenial(SQLException failure) {
        return "42501".equals(failure.getSQLState())
                || ("42000".equals(failure.getSQLState()) && DENIALS.contains(failure.getErrorCode()));
    }

    /** It did not come to a question, and why that is known. */
    private static final class NotAsked extends SQLException {
        private static final long serialVersionUID = 1L;
        private final transient HealthResult result;

        NotAsked(HealthResult result) {
            this.result = result;
        }
    }
}
