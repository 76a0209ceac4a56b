package dev.vitals.health.jdbc;

import dev.vitals.health.jdbc.Replication.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks MySQL and MariaDB: one statement of a primary, another of a replica, since none tells of both. */
final class MySqlReplication {
    private static final String MARIADB_PRIMARY = "SELECT @@global.read_only, variable_value, 1"
            + " FROM information_schema.global_status WHERE variable_name = 'Slaves_connected'";

    /** Whoever may not see the threads of others may not see the last table, and is told so instead of a wrong number. */
    private static final String MYSQL_PRIMARY = "SELECT @@global.read_only,"
            + " (SELECT count(*) FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'),"
            + " (SELECT count(*) FROM information_schema.innodb_cmp)";

    private MySqlReplication() {}

    static Replication askPrimary(Connection connection, Server server) throws SQLException {
        String sql = server.kind() == Server.Kind.MARIADB ? MARIADB_PRIMARY : MYSQL_PRIMARY;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            boolean readOnly = row.getInt(1) != 0;
            boolean hidden = row.getInt(3) == 0;
            Integer replicas = hidden ? null : row.getInt(2);
            return readOnly
                    ? new Replication(Role.READ_ONLY, List.of(), null, null, replicas, hidden, false)
                    : Replication.primary(replicas, hidden);
        }
    }

    static Replication askReplica(Connection connection, Server server) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(statusOf(server))) {
            var channels = new ArrayList<Map<String, String>>();
            while (rows.next()) {
                channels.add(row(rows));
            }
            return replica(channels);
        }
    }

    /** MariaDB's is for all its primaries, and needs no newer word. */
    static String statusOf(Server server) {
        if (server.kind() == Server.Kind.MARIADB) {
            return "SHOW ALL SLAVES STATUS";
        }
        return server.isSince(8, 0, 22) ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS";
    }

    /**
     * From the rows, one for each primary that this replica follows: the worst of them counts.
     *
     * @param channels by the columns' names in lower case
     */
    static Replication replica(List<Map<String, String>> channels) {
        if (channels.isEmpty()) {
            return Replication.primary(null, false);
        }
        var broken = new ArrayList<String>();
        Double lag = null;
        Long behind = null;
        for (Map<String, String> channel : channels) {
            if (!"yes".equalsIgnoreCase(either(channel, "replica_io_running", "slave_io_running"))) {
                broken.add("the replica receives nothing from its primary" + error(channel, "last_io_errno"));
            }
            if (!"yes".equalsIgnoreCase(either(channel, "replica_sql_running", "slave_sql_running"))) {
                broken.add("the replica replays nothing" + error(channel, "last_sql_errno"));
            }
            Long seconds = number(either(channel, "seconds_behind_source", "seconds_behind_master"));
            lag = seconds == null ? lag : (Double) Math.max(lag == null ? 0 : lag, (double) seconds);
            Long bytes = behind(channel);
            behind = bytes == null ? behind : (Long) Math.max(behind == null ? 0 : behind, bytes);
        }
        return new Replication(Role.REPLICA, List.copyOf(broken), lag, behind, null, false, false);
    }

    /** Known where what is replayed comes from the very file that is being received. */
    private static @Nullable Long behind(Map<String, String> channel) {
        String receiving = either(channel, "source_log_file", "master_log_file");
        String replaying = either(channel, "relay_source_log_file", "relay_master_log_file");
        Long received = number(either(channel, "read_source_log_pos", "read_master_log_pos"));
        Long replayed = number(either(channel, "exec_source_log_pos", "exec_master_log_pos"));
        return received == null || replayed == null || receiving == null || !receiving.equals(replaying)
                ? null
                : (Long) Math.max(0, received - replayed);
    }

    /** The number alone: the text may quote rows. */
    private static String error(Map<String, String> channel, String column) {
        Long number = number(channel.get(column));
        return number == null || number == 0 ? "" : " (error " + number + ")";
    }

    private static @Nullable String either(Map<String, String> channel, String now, String before) {
        String value = channel.get(now);
        return value == null ? channel.get(before) : value;
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : (Long) Long.parseLong(text);
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static Map<String, String> row(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        var row = new HashMap<String, String>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = rows.getString(i);
            if (value != null) {
                row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
            }
        }
        return row;
    }
}
