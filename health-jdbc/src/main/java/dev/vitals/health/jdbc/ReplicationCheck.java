package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.jdbc.Replication.Expected;
import dev.vitals.health.jdbc.Replication.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server is the primary or the replica that it should be, and how far a replica is behind: DEGRADED from 30 s
 * or 64 MiB on, when it receives or replays nothing, and when a primary has fewer replicas than expected; DOWN in the wrong role, and from
 * where {@link #downFromLag} or {@link #downFromBehind} say so. Advisory. Safe for use by many threads where the data source is.
 *
 * <pre>{@code
 * .readiness("primary", ReplicationCheck.of(dataSource).expectingPrimary(2))
 * .readiness("replica", ReplicationCheck.of(readSource).expectingReplica().downFromLag(ofMinutes(5)),
 *         check -> check.mayStopTraffic())
 * }</pre>
 *
 * <p>One run is one query. On PostgreSQL (10 and later) a replica that is connected and has replayed all that it received has no lag,
 * however long ago the last transaction was; otherwise the lag is the age of the last transaction that it replayed, or the time since a look
 * of this check by which all was received that is replayed now, whichever is less. Clocks of the two machines that
 * differ are in the former. A primary that goes silent without ending its connection is noticed when the replica's {@code wal_receiver_timeout}
 * is over. To count replicas a user needs {@code pg_monitor} or {@code pg_read_all_stats}.
 *
 * <p>On MySQL and MariaDB the lag is the server's own {@code Seconds_Behind}, which needs {@code REPLICATION CLIENT} (MariaDB from
 * 10.5.9: {@code REPLICA MONITOR}); what is not replayed is known in bytes while it is from the same log file. Where a primary is
 * expected it must not be {@code read_only}; on MySQL {@code PROCESS} is needed to ask. What the user may not see is a
 * detail "not permitted", and no fault.
 *
 * <p>Measures {@code replication.lag} (s), {@code replication.behind} (By), {@code replication.replicas} ({replica}), each where it is known.
 */
public final class ReplicationCheck implements HealthCheck {
    private final DataSource dataSource;
    private final Expected expected;
    private final Levels lag;
    private final Levels behind;
    private final PostgresReplication postgres = new PostgresReplication();

    private ReplicationCheck(DataSource dataSource, Expected expected, Levels lag, Levels behind) {
        this.dataSource = dataSource;
        this.expected = expected;
        this.lag = lag;
        this.behind = behind;
    }

    /**
     * {@return a check of a server in either role}
     *
     * @param dataSource where to borrow a connection
     * @throws IllegalArgumentException if there is none
     */
    public static ReplicationCheck of(@Nullable DataSource dataSource) {
        return new ReplicationCheck(
                SetUp.dataSource(dataSource, "ReplicationCheck.of"),
                new Expected(null, 0),
                new Levels(30, Double.POSITIVE_INFINITY),
                new Levels(64 << 20, Double.POSITIVE_INFINITY));
    }

    /**
     * {@return this check, of a server that must be a primary}
     *
     * @param replicas how many must stream from it, 0 or more
     * @throws IllegalArgumentException if the number is negative
     */
    public ReplicationCheck expectingPrimary(int replicas) {
        int least = (int) SetUp.atLeast(0, replicas, "expectingPrimary");
        return new ReplicationCheck(dataSource, new Expected(Role.PRIMARY, least), lag, behind);
    }

    /** {@return this check, of a server that must be a replica} */
    public ReplicationCheck expectingReplica() {
        return new ReplicationCheck(dataSource, new Expected(Role.REPLICA, 0), lag, behind);
    }

    /**
     * {@return this check, DEGRADED from another lag on}
     *
     * @param time above zero
     * @throws IllegalArgumentException if the time is not above zero, or above that of DOWN
     */
    public ReplicationCheck degradedFromLag(@Nullable Duration time) {
        double seconds = seconds(SetUp.aboveZero(time, "degradedFromLag"));
        return new ReplicationCheck(dataSource, expected, new Levels(seconds, lag.down()), behind);
    }

    /**
     * {@return this check, DOWN from a lag on}
     *
     * @param time above zero
     * @throws IllegalArgumentException if the time is not above zero, or below that of DEGRADED
     */
    public ReplicationCheck downFromLag(@Nullable Duration time) {
        double seconds = seconds(SetUp.aboveZero(time, "downFromLag"));
        return new ReplicationCheck(dataSource, expected, new Levels(lag.degraded(), seconds), behind);
    }

    /**
     * {@return this check, DEGRADED when this much is received and not replayed}
     *
     * @param bytes at least 1
     * @throws IllegalArgumentException if the number is below 1, or above that of DOWN
     */
    public ReplicationCheck degradedFromBehind(long bytes) {
        double least = (double) SetUp.atLeast(1, bytes, "degradedFromBehind");
        return new ReplicationCheck(dataSource, expected, lag, new Levels(least, behind.down()));
    }

    /**
     * {@return this check, DOWN when this much is received and not replayed}
     *
     * @param bytes at least 1
     * @throws IllegalArgumentException if the number is below 1, or below that of DEGRADED
     */
    public ReplicationCheck downFromBehind(long bytes) {
        double least = (double) SetUp.atLeast(1, bytes, "downFromBehind");
        return new ReplicationCheck(dataSource, expected, lag, new Levels(behind.degraded(), least));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        return Ask.check(dataSource, deadline, "replication", this::look);
    }

    private HealthResult look(Connection connection, Server server) throws SQLException {
        return switch (server.kind()) {
            case POSTGRESQL -> verdict(postgres.ask(connection));
            case MYSQL, MARIADB ->
                verdict(
                        expected.role() == Role.PRIMARY
                                ? MySqlReplication.askPrimary(connection, server)
                                : MySqlReplication.askReplica(connection, server));
            case OTHER ->
                HealthResult.degraded(
                        "the replication of this product cannot be told: PostgreSQL, MySQL and MariaDB are known");
        };
    }

    private HealthResult verdict(Replication told) {
        return told.verdict(expected, lag, behind);
    }
}
