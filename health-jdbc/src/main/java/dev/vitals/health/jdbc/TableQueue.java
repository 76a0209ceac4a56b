package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.health.checks.UnavailableException;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The length of a queue that is kept in a table, for {@link BacklogCheck#from}. Immutable, safe for use by many threads where
 * the data source is.
 *
 * <pre>{@code
 * .readiness("jobs", BacklogCheck.from(TableQueue.of(dataSource, "jobs").where("started_at IS NULL")).degradedFrom(500))
 * }</pre>
 *
 * <p>One run is one query. Rows are counted up to 100,000 and no further, so that a queue that got out of hand makes no
 * long scans: what reads 100,000 may be more. An index over the rows that wait keeps the count cheap. For databases with
 * {@code LIMIT}: PostgreSQL, MySQL, MariaDB, H2, SQLite.
 *
 * <p>Any failure is thrown as an {@link UnavailableException} that says what went wrong without the driver's message, which may
 * hold data. While every connection of the pool is in use it is not asked.
 */
public final class TableQueue implements BacklogCheck.Source {
    private static final long MOST = 100_000;

    private final DataSource dataSource;
    private final String table;
    private final @Nullable String condition;
    private final long most;

    private TableQueue(DataSource dataSource, String table, @Nullable String condition, long most) {
        this.dataSource = dataSource;
        this.table = table;
        this.condition = condition;
        this.most = most;
    }

    /**
     * {@return the length of a table}
     *
     * @param dataSource where to borrow a connection
     * @param table its name as in SQL, without quotes, with the schema where it needs one
     * @throws IllegalArgumentException if there is no data source, or the name is none
     */
    public static TableQueue of(@Nullable DataSource dataSource, @Nullable String table) {
        return new TableQueue(SetUp.dataSource(dataSource, "TableQueue.of"), SetUp.table(table), null, MOST);
    }

    /**
     * {@return this queue, of the rows alone for which something holds}
     *
     * @param condition a part of the application's own code that stands in the statement as it is, such as {@code started_at IS
     *     NULL}: nothing that came from a user may be in it
     * @throws IllegalArgumentException if it is blank, or holds a {@code ;} or a comment
     */
    public TableQueue where(@Nullable String condition) {
        if (condition == null || condition.isBlank()) {
            throw new IllegalArgumentException(
                    "the condition is blank: give one such as \"started_at IS NULL\", or leave where(...) away");
        }
        if (condition.contains(";") || condition.contains("--") || condition.contains("/*")) {
            throw new IllegalArgumentException(
                    "the condition holds ; or a comment: give one condition and nothing beside,"
                            + " such as \"started_at IS NULL\"");
        }
        return new TableQueue(dataSource, table, condition, most);
    }

    /**
     * {@return this queue, counted up to another number}
     *
     * @param rows at least 1; above what the check calls many, or it will never be seen
     * @throws IllegalArgumentException if the number is below 1
     */
    public TableQueue countingAtMost(long rows) {
        return new TableQueue(dataSource, table, condition, SetUp.atLeast(1, rows, "countingAtMost"));
    }

    @Override
    public long waiting(Deadline deadline) throws UnavailableException {
        return Ask.value(dataSource, deadline, (connection, server) -> {
            try (Statement statement = connection.createStatement()) {
                // The condition may hold braces and question marks of its own.
                statement.setEscapeProcessing(false);
                try (ResultSet row = statement.executeQuery(sql())) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Override
    public long most() {
        return most;
    }

    private String sql() {
        String where = condition == null ? "" : " WHERE (" + condition + ")";
        return "SELECT count(*) FROM (SELECT 1 AS waiting FROM " + table + where + " LIMIT " + most + ") AS counted";
    }
}
