package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.checks.BacklogCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqlSetUpTest {
    private static final DataSource SOURCE = Sources.throwing(new IllegalStateException("never asked"));
    private static final @Nullable DataSource NONE = null;

    private static Arguments bad(ThrowingCallable call, String message) {
        return Arguments.of(message, call);
    }

    private static DataSource closed() {
        var pool = new HikariDataSource();
        pool.close();
        return pool;
    }

    static Stream<Arguments> badInput() {
        var replication = ReplicationCheck.of(SOURCE);
        var connections = ConnectionsCheck.of(SOURCE);
        var queue = TableQueue.of(SOURCE, "app.jobs");
        var flyway = MigrationCheck.flyway(SOURCE);
        var heartbeats = JdbcHeartbeats.of(SOURCE);
        Collection<String> noCollection = null;
        return Stream.of(
                bad(() -> ReplicationCheck.of(NONE), "then give it to ReplicationCheck.of"),
                bad(() -> ConnectionsCheck.of(NONE), "then give it to ConnectionsCheck.of"),
                bad(() -> MigrationCheck.flyway(NONE), "then give it to MigrationCheck.flyway"),
                bad(() -> MigrationCheck.liquibase(NONE), "then give it to MigrationCheck.liquibase"),
                bad(() -> TableQueue.of(NONE, "jobs"), "then give it to TableQueue.of"),
                bad(() -> JdbcHeartbeats.of(NONE), "then give it to JdbcHeartbeats.of"),
                bad(() -> ReplicationCheck.of(closed()), "closed already: give ReplicationCheck.of"),
                bad(() -> ConnectionsCheck.of(closed()), "closed already: give ConnectionsCheck.of"),
                bad(() -> MigrationCheck.flyway(closed()), "closed already: give MigrationCheck.flyway"),
                bad(() -> MigrationCheck.liquibase(closed()), "closed already: give MigrationCheck.liquibase"),
                bad(() -> TableQueue.of(closed(), "jobs"), "closed already: give TableQueue.of"),
                bad(() -> JdbcHeartbeats.of(closed()), "closed already: give JdbcHeartbeats.of"),
                bad(() -> replication.expectingPrimary(-1), "expectingPrimary(-1) is too little: 0 at the least"),
                bad(() -> replication.degradedFromLag(null), "give a time above zero"),
                bad(() -> replication.degradedFromLag(Duration.ZERO), "degradedFromLag(PT0S) makes no sense"),
                bad(() -> replication.downFromLag(Duration.ofSeconds(-1)), "downFromLag(PT-1S) makes no sense"),
                bad(() -> replication.downFromLag(Duration.ofDays(3_651)), "give a time above zero, up to"),
                bad(() -> replication.downFromLag(Duration.ofSeconds(29)), "DEGRADED must begin first"),
                bad(
                        () -> replication.downFromLag(Duration.ofMinutes(1)).degradedFromLag(Duration.ofMinutes(2)),
                        "DEGRADED must begin first"),
                bad(() -> replication.degradedFromBehind(0), "degradedFromBehind(0) is too little"),
                bad(() -> replication.downFromBehind(-5), "downFromBehind(-5) is too little"),
                bad(() -> replication.downFromBehind(1), "DEGRADED must begin first"),
                bad(() -> connections.degradedFrom(-0.1), "degradedFrom(-0.1) is no share"),
                bad(() -> connections.degradedFrom(Double.NaN), "degradedFrom(NaN) is no share"),
                bad(() -> connections.downFrom(1.1), "downFrom(1.1) is no share"),
                bad(() -> connections.degradedFrom(0.96), "DEGRADED must begin first"),
                bad(() -> TableQueue.of(SOURCE, null), "is no name of a table"),
                bad(() -> TableQueue.of(SOURCE, " "), "is no name of a table"),
                bad(() -> TableQueue.of(SOURCE, "jobs; DROP TABLE jobs"), "such as \"app.jobs\""),
                bad(() -> TableQueue.of(SOURCE, "\"jobs\""), "without quotes"),
                bad(() -> TableQueue.of(SOURCE, "a.b.c"), "is no name of a table"),
                bad(() -> TableQueue.of(SOURCE, "1jobs"), "is no name of a table"),
                bad(() -> TableQueue.of(SOURCE, "j".repeat(65)), "is no name of a table"),
                bad(() -> queue.where(null), "leave where(...) away"),
                bad(() -> queue.where("\n"), "the condition is blank"),
                bad(() -> queue.where("true; DROP TABLE jobs"), "give one condition and nothing beside"),
                bad(() -> queue.where("true -- "), "holds ; or a comment"),
                bad(() -> queue.where("true /* "), "holds ; or a comment"),
                bad(
                        () -> BacklogCheck.from(queue.countingAtMost(100)).degradedFrom(200),
                        "degradedFrom(200) would never be reached: the queue is counted up to 100"),
                bad(() -> BacklogCheck.from(queue).downFrom(100_001), "downFrom(100001) would never be reached"),
                bad(() -> queue.countingAtMost(0), "countingAtMost(0) is too little: 1 at the least"),
                bad(() -> flyway.table("x y"), "is no name of a table"),
                bad(() -> flyway.expecting("V1__orders.sql"), "give the number alone, such as \"1.2\""),
                bad(() -> flyway.expecting("1", " "), "name each migration"),
                bad(() -> flyway.expecting(noCollection), "expecting(null)"),
                bad(() -> flyway.expecting((String[]) null), "expecting(null)"),
                bad(() -> MigrationCheck.liquibase(SOURCE).expecting(Arrays.asList("1", null)), "name each migration"),
                bad(() -> MigrationCheck.liquibase(SOURCE).expecting(List.of("")), "name each migration"),
                bad(() -> heartbeats.table("vitals-heartbeat"), "is no name of a table"),
                bad(() -> heartbeats.table(null), "is no name of a table"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInputIsRefusedAtSetUpWithTheWayToMendIt(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
