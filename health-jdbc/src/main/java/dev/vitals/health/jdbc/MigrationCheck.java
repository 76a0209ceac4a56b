package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database's migrations went well and are all there: DOWN when one failed; DEGRADED when some that are expected are
 * not there, or when there is no history at all. Immutable, safe for use by many threads where the data source is.
 *
 * <pre>{@code
 * .readiness("migrations", MigrationCheck.flyway(dataSource).expecting("41", "42").downWhenPending(),
 *         check -> check.every(ofMinutes(1)))
 * }</pre>
 *
 * <p>Neither Flyway nor Liquibase is needed beside: their tables are read, in one query a run, of all lines up to 100,000. Nothing that
 * stands in them is shown; of what is pending, what the application itself named is, up to 20.
 *
 * <p>Flyway: of each version, and of each repeatable script, the last line counts, so that one that was repaired, undone or
 * deleted is as Flyway sees it; a baseline stands for all versions before it. Where the database
 * takes DDL back, as PostgreSQL does, a migration that fails leaves no line: it is pending then, so name what you expect. Liquibase: a change set is expected by its id, or by {@code author:id}; a lock
 * that is held for more than 10 minutes is DEGRADED, by the clock and the time zone of this machine, which should be those of
 * the one that migrates. Its lock table is {@code DATABASECHANGELOGLOCK} in the schema of the history.
 *
 * <p>A user without the right to read the history is no fault: the detail {@code migrations} says "not permitted".
 *
 * <p>Measures {@code migrations.failed} and {@code migrations.pending} ({migration}).
 */
public final class MigrationCheck implements HealthCheck {
    /** PostgreSQL's and, for MySQL, MariaDB and others, the standard's. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02");

    private final DataSource dataSource;
    private final History history;
    private final List<String> expected;
    private final boolean downWhenPending;

    private MigrationCheck(DataSource dataSource, History history, List<String> expected, boolean downWhenPending) {
        this.dataSource = dataSource;
        this.history = history;
        this.expected = expected;
        this.downWhenPending = downWhenPending;
    }

    /**
     * {@return a check of Flyway's history, in the table {@code flyway_schema_history}}
     *
     * @param dataSource where to borrow a connection, with Flyway's schema as its default, or see {@link #table}
     * @throws IllegalArgumentException if there is none
     */
    public static MigrationCheck flyway(@Nullable DataSource dataSource) {
        return new MigrationCheck(
                SetUp.dataSource(dataSource, "MigrationCheck.flyway"),
                new FlywayHistory("flyway_schema_history"),
                List.of(),
                false);
    }

    /**
     * {@return a check of Liquibase's history, in the table {@code DATABASECHANGELOG}}
     *
     * @param dataSource where to borrow a connection, with Liquibase's schema as its default, or see {@link #table}
     * @throws IllegalArgumentException if there is none
     */
    public static MigrationCheck liquibase(@Nullable DataSource dataSource) {
        return liquibase(dataSource, Clock.systemUTC());
    }

    static MigrationCheck liquibase(@Nullable DataSource dataSource, Clock clock) {
        return new MigrationCheck(
                SetUp.dataSource(dataSource, "MigrationCheck.liquibase"),
                new LiquibaseHistory(LiquibaseHistory.TABLE, clock),
                List.of(),
                false);
    }

    /**
     * {@return this check, of a history in another table}
     *
     * @param name as the tool was told, without quotes, with the schema where it needs one, such as {@code app.history}
     * @throws IllegalArgumentException if that is no name
     */
    public MigrationCheck table(@Nullable String name) {
        return new MigrationCheck(dataSource, history.in(SetUp.table(name)), expected, downWhenPending);
    }

    /**
     * {@return this check, with what must be there, in place of what was named before}
     *
     * @param versionsOrIds Flyway's versions, such as {@code 1.2}; Liquibase's ids, or {@code author:id}
     * @throws IllegalArgumentException if one is blank, or cannot be in such a history
     */
    public MigrationCheck expecting(String @Nullable ... versionsOrIds) {
        return expecting(versionsOrIds == null ? null : Arrays.asList(versionsOrIds));
    }

    /**
     * {@return this check, with what must be there, in place of what was named before}
     *
     * @param versionsOrIds Flyway's versions, such as {@code 1.2}; Liquibase's ids, or {@code author:id}
     * @throws IllegalArgumentException if one is blank, or cannot be in such a history
     */
    public MigrationCheck expecting(@Nullable Collection<String> versionsOrIds) {
        if (versionsOrIds == null) {
            throw new IllegalArgumentException(
                    "expecting(null): name the migrations that must be there, or none at all");
        }
        for (String one : versionsOrIds) {
            if (one == null || one.isBlank()) {
                throw new IllegalArgumentException(
                        "expecting(...) holds a blank one: name each migration, such as \"1.2\", or leave it away");
            }
            history.accept(one);
        }
        return new MigrationCheck(
                dataSource, history, versionsOrIds.stream().distinct().toList(), downWhenPending);
    }

    /** {@return this check, DOWN when something that is expected is not there} For code that cannot work without it. */
    public MigrationCheck downWhenPending() {
        return new MigrationCheck(dataSource, history, expected, true);
    }

    @Override
    public HealthResult check(Deadline deadline) {
        return Ask.check(dataSource, deadline, "migrations", (connection, server) -> read(connection)
                .verdict(downWhenPending));
    }

    private Migrations read(Connection connection) throws SQLException {
        try {
            return history.read(connection, expected);
        } catch (SQLException failure) {
            if (NO_SUCH_TABLE.contains(String.valueOf(failure.getSQLState()))) {
                return Migrations.none(expected);
            }
            throw failure;
        }
    }
}
