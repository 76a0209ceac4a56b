package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How many of a server's connections are taken, by whomever: DEGRADED from four fifths on, DOWN from 95 %. Advisory.
 * PostgreSQL 10 and later, MySQL 5.7 and later, MariaDB. Immutable, safe for use by many threads where the data source is.
 *
 * <pre>{@code
 * .readiness("connections", ConnectionsCheck.of(dataSource), check -> check.every(ofSeconds(30)))
 * }</pre>
 *
 * <p>One run is one query, of figures that every user may see. On PostgreSQL the connections that are reserved
 * ({@code superuser_reserved_connections}, {@code reserved_connections}) are none that could be had, and those of autovacuum and
 * of parallel workers count along while they last. A server without one connection left refuses the check's own, unless it is lent by a pool:
 * then it is DOWN "too many connections".
 *
 * <p>Measures {@code connections.used}, {@code connections.max} ({connection}) and {@code connections.used.ratio} (1).
 */
public final class ConnectionsCheck implements HealthCheck {
    private static final String POSTGRESQL = "SELECT sum(numbackends),"
            + " current_setting('max_connections')::int"
            + " - current_setting('superuser_reserved_connections')::int"
            + " - coalesce(current_setting('reserved_connections', true)::int, 0)"
            + " FROM pg_stat_database";

    private final DataSource dataSource;
    private final Levels levels;

    private ConnectionsCheck(DataSource dataSource, Levels levels) {
        this.dataSource = dataSource;
        this.levels = levels;
    }

    /**
     * {@return a check of the server behind a data source}
     *
     * @param dataSource where to borrow a connection
     * @throws IllegalArgumentException if there is none
     */
    public static ConnectionsCheck of(@Nullable DataSource dataSource) {
        return new ConnectionsCheck(SetUp.dataSource(dataSource, "ConnectionsCheck.of"), new Levels(0.8, 0.95));
    }

    /**
     * {@return this check, DEGRADED from another share on}
     *
     * @param share of the connections that can be had, above 0, up to 1
     * @throws IllegalArgumentException if that is no share, or above that of DOWN
     */
    public ConnectionsCheck degradedFrom(double share) {
        return new ConnectionsCheck(dataSource, new Levels(SetUp.share(share, "degradedFrom"), levels.down()));
    }

    /**
     * {@return this check, DOWN from another share on}
     *
     * @param share of the connections that can be had, above 0, up to 1
     * @throws IllegalArgumentException if that is no share, or below that of DEGRADED
     */
    public ConnectionsCheck downFrom(double share) {
        return new ConnectionsCheck(dataSource, new Levels(levels.degraded(), SetUp.share(share, "downFrom")));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        return Ask.check(dataSource, deadline, "connections", this::look);
    }

    private HealthResult look(Connection connection, Server server) throws SQLException {
        String sql = sql(server.kind());
        if (sql == null) {
            return HealthResult.degraded(
                    "the connections of this product cannot be told:" + " PostgreSQL, MySQL and MariaDB are known");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return verdict(row.getLong(1), row.getLong(2), levels);
        }
    }

    private static @Nullable String sql(Server.Kind kind) {
        return switch (kind) {
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL -> ofStatus("performance_schema.global_status");
            case MARIADB -> ofStatus("information_schema.global_status");
            case OTHER -> null;
        };
    }

    private static String ofStatus(String table) {
        return "SELECT variable_value, @@global.max_connections FROM " + table
                + " WHERE variable_name = 'Threads_connected'";
    }

    static HealthResult verdict(long used, long max, Levels levels) {
        double share = max <= 0 ? 1 : (double) used / max;
        var findings = new Findings();
        findings.add(
                levels.of(share),
                used > max
                        ? "all " + max + " connections of the server in use, and " + (used - max) + " that are reserved"
                        : used + " of " + max + " connections of the server in use, " + Figures.percent(share));
        return findings.result()
                .withDetail("used", used)
                .withDetail("max", max)
                .withMeasurement("connections.used", "{connection}", (double) used)
                .withMeasurement("connections.max", "{connection}", (double) max)
                .withMeasurement("connections.used.ratio", "1", share);
    }
}
