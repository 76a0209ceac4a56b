package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.redis.FaultStage.Fault;
import dev.vitals.testkit.Redis;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A primary and a replica of it that lose sight of each other. */
class ReplicationFaults {
    private static final String REPLICA_FROZEN = "replica frozen (SIGSTOP), seen at the primary";
    private static final String REPLICA_BEHIND = "replica frozen (SIGSTOP) while 2 MB are written, seen at the primary";
    private static final String REPLICA_GONE = "replica killed (SIGKILL), seen at the primary";
    private static final String PRIMARY_FROZEN = "primary frozen (SIGSTOP), seen at the replica";
    private static final String PRIMARY_FROZEN_LONGER =
            "primary frozen (SIGSTOP) beyond the replica's repl-timeout, seen at the replica";
    private static final String PRIMARY_GONE = "primary killed (SIGKILL), seen at the replica";
    private static final String PROMOTED = "replica made a primary (REPLICAOF NO ONE)";
    private static final String DEMOTED = "primary made a replica (REPLICAOF)";
    static final List<String> NAMES = List.of(
            REPLICA_FROZEN,
            REPLICA_BEHIND,
            REPLICA_GONE,
            PRIMARY_FROZEN,
            PRIMARY_FROZEN_LONGER,
            PRIMARY_GONE,
            PROMOTED,
            DEMOTED);

    private static FaultStage stage;
    private static Redis primary;
    private static Redis replica;

    @BeforeAll
    static void start() throws Exception {
        stage = new FaultStage("replication faults", RedisFaultsIT.TABLE);
        primary = stage.owning(Redis.start());
        replica = stage.owning(primary.replica());
        stage.warmUp(primary);
    }

    @AfterAll
    static void stop() throws Exception {
        stage.end();
    }

    @FaultTest
    void aFrozenReplicaFallsSilent() throws Exception {
        play(
                primary,
                check -> check.expectingPrimary(1).degradedFromLag(Duration.ofSeconds(3)),
                new Fault(
                        REPLICA_FROZEN,
                        replica::freeze,
                        replica::thaw,
                        "DEGRADED: a replica has not answered for 3 s"));
    }

    @FaultTest
    void aFrozenReplicaFallsBehind() throws Exception {
        stage.play(
                primary,
                primary.uri(Redis.PASSWORD),
                check -> check.degradedFromBehind(1_000_000),
                new Fault(
                        REPLICA_BEHIND,
                        () -> {
                            replica.freeze();
                            primary.ask("SET", "large", "x".repeat(2_000_000));
                        },
                        () -> {
                            replica.thaw();
                            primary.ask("DEL", "large");
                        },
                        "DEGRADED: a replica is 2,000,… bytes behind"),
                // Beside the value, the stream has what keeps it alive.
                seen -> FaultStage.statusAndReason(seen).replaceAll(" 2,000,[0-9]+ ", " 2,000,… "));
    }

    @FaultTest
    void aPrimaryIsShortOfItsReplica() throws Exception {
        play(
                primary,
                check -> check.expectingPrimary(1),
                new Fault(
                        REPLICA_GONE,
                        replica::kill,
                        () -> {
                            replica.startAgain();
                            replica.awaitLink();
                        },
                        "DEGRADED: 0 of 1 replicas connected"));
    }

    @FaultTest
    void aReplicaHearsNothingFromAFrozenPrimary() throws Exception {
        play(
                replica,
                check -> check.expectingReplica().degradedFromLag(Duration.ofSeconds(3)),
                new Fault(
                        PRIMARY_FROZEN,
                        primary::freeze,
                        primary::thaw,
                        "DEGRADED: nothing heard from the primary for 3 s"));
    }

    @FaultTest
    void aReplicaGivesUpAPrimaryThatStaysFrozen() throws Exception {
        replica.ask("CONFIG", "SET", "repl-timeout", "2");
        try {
            play(
                    replica,
                    RedisCheck::expectingReplica,
                    new Fault(
                                    PRIMARY_FROZEN_LONGER,
                                    primary::freeze,
                                    primary::thaw,
                                    "DEGRADED: no link to the primary for 2 s")
                            .onTheWay("DEGRADED: no link to the primary for [01] s"));
        } finally {
            replica.ask("CONFIG", "SET", "repl-timeout", "60");
        }
    }

    @FaultTest
    void aReplicaLosesTheLinkToADeadPrimary() throws Exception {
        play(
                replica,
                RedisCheck::expectingReplica,
                new Fault(
                                PRIMARY_GONE,
                                primary::kill,
                                () -> {
                                    primary.startAgain();
                                    replica.awaitLink();
                                },
                                "DEGRADED: no link to the primary for 2 s")
                        .onTheWay("DEGRADED: no link to the primary for [01] s"));
    }

    @FaultTest
    void aReplicaThatWasPromotedIsNotWhatIsExpected() throws Exception {
        play(
                replica,
                RedisCheck::expectingReplica,
                new Fault(
                        PROMOTED,
                        () -> replica.ask("REPLICAOF", "NO", "ONE"),
                        () -> {
                            replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
                            replica.awaitLink();
                        },
                        "DEGRADED: this is a primary, a replica is expected"));
    }

    @FaultTest
    void aPrimaryThatWasDemotedIsNotWhatIsExpected() throws Exception {
        try (Redis other = Redis.start()) {
            play(
                    other,
                    check -> check.expectingPrimary(0),
                    new Fault(
                                    DEMOTED,
                                    () -> {
                                        other.ask("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
                                        other.awaitLink();
                                    },
                                    () -> other.ask("REPLICAOF", "NO", "ONE"),
                                    "DEGRADED: this is a replica, a primary is expected")
                            .onTheWay("DEGRADED: this is a replica, a primary is expected; .*"));
        }
        assertThat(primary.info("role")).isEqualTo("master");
    }

    private static void play(Redis server, UnaryOperator<RedisCheck> options, Fault fault) throws Exception {
        stage.play(server, server.uri(Redis.PASSWORD), options, fault, FaultStage::statusAndReason);
    }
}
