package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.jdbc.Replication.Expected;
import dev.vitals.health.jdbc.Replication.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
    private static final Levels LAG = new Levels(30, 300);
    private static final Levels BEHIND = new Levels(64 << 20, 1L << 30);

    private static HealthResult verdict(Replication told, @Nullable Role expected, int replicas) {
        return told.verdict(new Expected(expected, replicas), LAG, BEHIND);
    }

    private static Replication replica(@Nullable Double lag, @Nullable Long behind, String... broken) {
        return new Replication(Role.REPLICA, List.of(broken), lag, behind, null, false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, UP, ",
        "29.9, 67108863, UP, ",
        "30, 0, DEGRADED, 'replay lag 30 s, 30 s is much'",
        "45.2, 0, DEGRADED, 'replay lag 45 s, 30 s is much'",
        "300, 0, DOWN, 'replay lag 5 min, 5 min is much'",
        "0, 83886080, DEGRADED, '80 MiB not replayed, 64 MiB is much'",
        "0, 2147483648, DOWN, '2 GiB not replayed, 1 GiB is much'",
        "45, 2147483648, DOWN, 'replay lag 45 s, 30 s is much; 2 GiB not replayed, 1 GiB is much'",
        ", , UP, "
    })
    void lagIsMuchFromItsLevelsOn(@Nullable Double lag, @Nullable Long behind, Status status, @Nullable String reason) {
        HealthResult result = verdict(replica(lag, behind), null, 0);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.measurements()).hasSize((lag == null ? 0 : 1) + (behind == null ? 0 : 1));
    }

    @Test
    void theWrongRoleIsDown() {
        assertThat(verdict(Replication.primary(2, false), Role.REPLICA, 0).reason())
                .isEqualTo("a primary, where a replica is expected");
        assertThat(verdict(replica(0.0, 0L), Role.PRIMARY, 1))
                .extracting(HealthResult::status, HealthResult::reason)
                .containsExactly(Status.DOWN, "a replica, where a primary is expected");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, UP, ",
        "3, 2, UP, ",
        "1, 2, DEGRADED, 1 of 2 replicas stream",
        "0, 1, DEGRADED, 0 of 1 replica streams",
        ", 2, UP, "
    })
    void aPrimaryShortOfReplicasIsDegraded(
            @Nullable Integer streaming, int expected, Status status, @Nullable String reason) {
        HealthResult result = verdict(Replication.primary(streaming, streaming == null), Role.PRIMARY, expected);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.details()).containsEntry("replicas", streaming == null ? "not permitted" : streaming);
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, Yes, 0, 0, 3, 'f', 100, 'f', 40, UP, , 3, 60",
        "Yes, Yes, 0, 0, 45, 'f', 100, 'g', 40, DEGRADED, 'replay lag 45 s, 30 s is much', 45, ",
        "Connecting, Yes, 2003, 0, , 'f', 100, 'f', 100, DEGRADED,"
                + " the replica receives nothing from its primary (error 2003), , 0",
        "Yes, No, 0, 1062, , 'f', 100, 'f', 40, DEGRADED, the replica replays nothing (error 1062), , 60",
        "No, No, 0, 0, , '', 4, '', 0, DEGRADED,"
                + " the replica receives nothing from its primary; the replica replays nothing, , 4"
    })
    void theRowsOfMySqlAreReadInOldAndInNewWords(
            String io,
            String sql,
            String ioError,
            String sqlError,
            @Nullable String seconds,
            String received,
            String receivedTo,
            String replayed,
            String replayedTo,
            Status status,
            @Nullable String reason,
            @Nullable Double lag,
            @Nullable Long behind) {
        for (boolean old : new boolean[] {true, false}) {
            var row = new HashMap<String, String>();
            row.put(old ? "slave_io_running" : "replica_io_running", io);
            row.put(old ? "slave_sql_running" : "replica_sql_running", sql);
            row.put("last_io_errno", ioError);
            row.put("last_sql_errno", sqlError);
            if (seconds != null) {
                row.put(old ? "seconds_behind_master" : "seconds_behind_source", seconds);
            }
            row.put(old ? "master_log_file" : "source_log_file", received);
            row.put(old ? "read_master_log_pos" : "read_source_log_pos", receivedTo);
            row.put(old ? "relay_master_log_file" : "relay_source_log_file", replayed);
            row.put(old ? "exec_master_log_pos" : "exec_source_log_pos", replayedTo);

            Replication told = MySqlReplication.replica(List.of(row));
            HealthResult result = verdict(told, Role.REPLICA, 0);

            assertThat(result.status()).isEqualTo(status);
            assertThat(result.reason()).isEqualTo(reason);
            assertThat(told.lagSeconds()).isEqualTo(lag);
            assertThat(told.behindBytes()).isEqualTo(behind);
        }
    }

    @Test
    void ofSeveralPrimariesTheWorstCounts() {
        var channels = new ArrayList<Map<String, String>>();
        for (String seconds : List.of("3", "50", "7")) {
            channels.add(Map.of(
                    "replica_io_running", "Yes", "replica_sql_running", "Yes", "seconds_behind_source", seconds));
        }

        assertThat(MySqlReplication.replica(channels).lagSeconds()).isEqualTo(50);
    }

    @Test
    void whoFollowsNobodyIsAPrimary() {
        assertThat(MySqlReplication.replica(List.of())).isEqualTo(Replication.primary(null, false));
    }
}
