package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.HeartbeatStore;
import dev.vitals.health.checks.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats of workers in a table of PostgreSQL, MySQL or MariaDB, where another process reads them. Ages are by the
 * database's clock alone. Safe for use by many threads where the data source is.
 *
 * <p>{@link #createTable()} makes the table; or the application's migrations do:
 *
 * <pre>{@code
 * CREATE TABLE vitals_heartbeat (
 *     worker_group VARCHAR(200) NOT NULL,
 *     worker       VARCHAR(200) NOT NULL,
 *     beat_ms      BIGINT       NOT NULL,
 *     PRIMARY KEY (worker_group, worker)
 * );
 * }</pre>
 *
 * <p>{@code beat_ms} is the time of the last beat in milliseconds since 1970, in UTC. A worker has one row; what is older than a day is
 * deleted by those that write, looked for once an hour. Where they may not delete, it stays. Any failure is thrown as an
 * {@link UnavailableException} that says what went wrong without the driver's message, which may hold data.
 */
public final class JdbcHeartbeats implements HeartbeatStore {
    private static final int MOST_WORKERS = 10_000;
    private static final long PRUNED_EVERY_NANOS = Duration.ofHours(1).toNanos();
    private static final long KEPT_MS = Duration.ofDays(1).toMillis();

    /** PostgreSQL's for a unique key, and the standard's for any constraint, which MySQL and MariaDB use. */
    private static final Set<String> DUPLICATE = Set.of("23505", "23000");

    /** Two that create the same table at once in PostgreSQL: the second finds the name taken at one place or another. */
    private static final Set<String> ALREADY_THERE = Set.of("23505", "42P07", "42710");

    private final DataSource dataSource;
    private final String table;
    private final AtomicLong nextPruning = new AtomicLong(System.nanoTime());

    private JdbcHeartbeats(DataSource dataSource, String table) {
        this.dataSource = dataSource;
        this.table = table;
    }

    /**
     * {@return heartbeats in the table {@code vitals_heartbeat}}
     *
     * @param dataSource where to borrow a connection
     * @throws IllegalArgumentException if there is none
     */
    public static JdbcHeartbeats of(@Nullable DataSource dataSource) {
        return new JdbcHeartbeats(SetUp.dataSource(dataSource, "JdbcHeartbeats.of"), "vitals_heartbeat");
    }

    /**
     * {@return these heartbeats in another table}
     *
     * @param name as in SQL, without quotes, with the schema where it needs one
     * @throws IllegalArgumentException if that is no name
     */
    public JdbcHeartbeats table(@Nullable String name) {
        return new JdbcHeartbeats(dataSource, SetUp.table(name));
    }

    /**
     * Makes the table if it is not there. For the set-up: nothing limits the time but the data source. The user needs the right to
     * make tables.
     *
     * @return this
     * @throws SQLException if it could not be made
     */
    public JdbcHeartbeats createTable() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (worker_group VARCHAR(200) NOT NULL, worker VARCHAR(200) NOT NULL, beat_ms BIGINT NOT NULL,"
                    + " PRIMARY KEY (worker_group, worker))");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException failure) {
            if (!ALREADY_THERE.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
        }
        return this;
    }

    @Override
    public void write(String group, String worker, Duration age, Deadline deadline) throws UnavailableException {
        long ageMs = Math.max(0, age.toMillis());
        Ask.write(dataSource, deadline, (connection, server) -> {
            String then = now(server) + " - " + ageMs;
            if (update(connection, then, group, worker)) {
                return true;
            }
            // MySQL locks the gap in which it found nothing, and two that insert there would wait for one another.
            endTransaction(connection);
            return insert(connection, then, group, worker) || update(connection, then, group, worker);
        });
        prune(deadline);
    }

    private boolean update(Connection connection, String then, String group, String worker) throws SQLException {
        return change(
                        connection,
                        "UPDATE " + table + " SET beat_ms = " + then + " WHERE worker_group = ? AND worker = ?",
                        group,
                        worker)
                > 0;
    }

    /** False where another was faster. */
    private boolean insert(Connection connection, String then, String group, String worker) throws SQLException {
        String sql = "INSERT INTO " + table + " (worker_group, worker, beat_ms) VALUES (?, ?, " + then + ")";
        try {
            change(connection, sql, group, worker);
            return true;
        } catch (SQLException failure) {
            if (!DUPLICATE.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
            // PostgreSQL takes nothing more in a transaction after an error.
            endTransaction(connection);
            return false;
        }
    }

    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** By one run an hour; one that fails is made up for by the next, here or in another process. */
    private void prune(Deadline deadline) {
        long now = System.nanoTime();
        long due = nextPruning.get();
        if (now - due < 0 || !nextPruning.compareAndSet(due, now + PRUNED_EVERY_NANOS)) {
            return;
        }
        try {
            Ask.write(dataSource, deadline, (connection, server) -> {
                String sql = "DELETE FROM " + table + " WHERE beat_ms < " + now(server) + " - " + KEPT_MS;
                return change(connection, sql);
            });
        } catch (UnavailableException later) {
            // The beat itself is written, and that is what counts.
            return;
        }
    }

    @Override
    public void remove(String group, String worker, Deadline deadline) throws UnavailableException {
        Ask.write(dataSource, deadline, (connection, server) -> {
            String sql = "DELETE FROM " + table + " WHERE worker_group = ? AND worker = ?";
            return change(connection, sql, group, worker);
        });
    }

    @Override
    public List<Duration> ages(String group, Deadline deadline) throws UnavailableException {
        return Ask.value(dataSource, deadline, (connection, server) -> {
            String sql = "SELECT " + now(server) + " - beat_ms FROM " + table
                    + " WHERE worker_group = ? ORDER BY beat_ms DESC";
            try (PreparedStatement statement = prepared(connection, sql, group)) {
                statement.setMaxRows(MOST_WORKERS);
                try (ResultSet rows = statement.executeQuery()) {
                    var ages = new ArrayList<Duration>();
                    while (rows.next()) {
                        ages.add(Duration.ofMillis(rows.getLong(1)));
                    }
                    return List.copyOf(ages);
                }
            }
        });
    }

    private static int change(Connection connection, String sql, String... names) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, names)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... names) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < names.length; i++) {
                statement.setString(i + 1, names[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    /** The database's clock in milliseconds. In UTC, since an hour that comes twice in autumn would be off by itself. */
    private static String now(Server server) throws SQLException {
        return switch (server.kind()) {
            case POSTGRESQL -> "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
            case MYSQL, MARIADB -> "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000";
            case OTHER -> throw new SQLException("heartbeats are for PostgreSQL, MySQL and MariaDB", "0A000");
        };
    }
}
