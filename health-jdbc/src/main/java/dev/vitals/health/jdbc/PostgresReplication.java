package dev.vitals.health.jdbc;

import dev.vitals.health.jdbc.Replication.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL, from 10 on. Safe for use by many threads. */
final class PostgresReplication {
    /**
     * A user without rights sees that there is a receiver, and how many senders there are, but nothing of their state. Neither
     * logical subscribers nor PostgreSQL's own tools, which stream for as long as they copy, are replicas.
     */
    private static final String SQL = "SELECT pg_is_in_recovery() AS replica,"
            + " pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0') AS received,"
            + " pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') AS replayed,"
            + " extract(epoch FROM clock_timestamp()) AS now,"
            + " extract(epoch FROM pg_last_xact_replay_timestamp()) AS last_commit,"
            + " CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END AS paused,"
            + " (SELECT count(*) FROM pg_stat_wal_receiver WHERE status IS NULL OR status = 'streaming') AS receivers,"
            + " senders.streaming, senders.hidden"
            + " FROM (SELECT count(*) FILTER (WHERE state = 'streaming') AS streaming,"
            + " count(*) FILTER (WHERE state IS NULL) AS hidden"
            + " FROM pg_stat_replication AS sender"
            + " WHERE coalesce(application_name, '') NOT IN ('pg_basebackup', 'pg_receivewal')"
            + " AND NOT EXISTS (SELECT 1 FROM pg_replication_slots AS slot"
            + " WHERE slot.active_pid = sender.pid AND slot.slot_type = 'logical')) AS senders";

    private final ReplayHistory history = new ReplayHistory();

    Replication ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            boolean hidden = row.getLong("hidden") > 0;
            Integer replicas = hidden ? null : row.getInt("streaming");
            return row.getBoolean("replica") ? replica(row, replicas) : Replication.primary(replicas, hidden);
        }
    }

    private Replication replica(ResultSet row, @Nullable Integer replicas) throws SQLException {
        boolean receives = row.getLong("receivers") > 0;
        Long received = longOrNull(row, "received");
        Long replayed = longOrNull(row, "replayed");
        Double lag = replayed == null
                ? null
                : history.lag(row.getDouble("now"), receives, received, replayed, doubleOrNull(row, "last_commit"));
        return new Replication(
                Role.REPLICA,
                receives ? List.of() : List.of("the replica receives nothing from its primary"),
                lag,
                // Without a receiver nobody knows what more there is.
                receives && received != null && replayed != null ? Math.max(0, received - replayed) : null,
                replicas != null && replicas > 0 ? replicas : null,
                false,
                row.getBoolean("paused"));
    }

    private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }

    private static @Nullable Double doubleOrNull(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : (Double) value;
    }
}
