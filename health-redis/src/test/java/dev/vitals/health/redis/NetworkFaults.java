package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Deadline;
import dev.vitals.health.Status;
import dev.vitals.testkit.Eventually;
import dev.vitals.testkit.FaultProxy;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A server that goes away or falls silent, and a network that does. */
class NetworkFaults {
    static final List<String> NAMES = List.of(
            "server stopped and started again",
            "server killed (SIGKILL) and started again",
            "server frozen (SIGSTOP)",
            "network: black hole",
            "network: 1 s of latency each way",
            "network: connections reset",
            "network: 1 byte a second");

    private static FaultStage stage;
    private static Redis redis;
    private static FaultProxy network;

    @BeforeAll
    static void start() throws Exception {
        stage = new FaultStage("network faults", RedisFaultsIT.TABLE);
        redis = stage.owning(Redis.start());
        network = stage.owning(FaultProxy.to(redis.port()));
        stage.warmUp(redis);
    }

    @AfterAll
    static void stop() throws Exception {
        stage.end();
    }

    @AfterEach
    void clear() {
        network.clear();
    }

    @FaultTest
    void aStoppedServerRefusesConnections() throws Exception {
        play(
                "server stopped and started again",
                redis::stop,
                redis::startAgain,
                "DOWN: cannot connect: connection refused");
    }

    @FaultTest
    void aKilledServerRefusesConnections() throws Exception {
        play(
                "server killed (SIGKILL) and started again",
                redis::kill,
                redis::startAgain,
                "DOWN: cannot connect: connection refused");
    }

    @FaultTest
    void aFrozenServerTakesConnectionsAndDoesNotAnswer() throws Exception {
        play(
                "server frozen (SIGSTOP)",
                redis::freeze,
                redis::thaw,
                "DOWN: no answer in time",
                "DOWN: no connection in time");
    }

    @FaultTest
    void aBlackHoleAnswersNothing() throws Exception {
        playNetwork(
                "network: black hole", network::blackHole, "DOWN: no answer in time", "DOWN: no connection in time");
    }

    @FaultTest
    void latencyAboveTheDeadlineIsNoAnswer() throws Exception {
        playNetwork(
                "network: 1 s of latency each way",
                () -> network.latency(Duration.ofSeconds(1)),
                "DOWN: no answer in time",
                "DOWN: no connection in time");
    }

    @FaultTest
    void aResetIsALostConnection() throws Exception {
        var fault = new FaultStage.Fault(
                "network: connections reset", network::reset, network::clear, "DOWN: cannot connect: connection reset");
        // A reset that comes before the handshake begins leaves a channel that is closed, and no more.
        stage.play(
                redis,
                Redis.uri(network.port(), Redis.PASSWORD),
                fault.onTheWay("DOWN: cannot connect: connection closed"));
    }

    @FaultTest
    void aDripIsNoAnswerInTime() throws Exception {
        playNetwork(
                "network: 1 byte a second",
                () -> network.slowDrip(1),
                "DOWN: no answer in time",
                "DOWN: no connection in time");
    }

    @FaultTest
    void twoHundredRunsIntoABlackHoleLeaveNothingBehind() throws Exception {
        stage.inGroup(() -> {
            try (RedisClient client = stage.client(Redis.uri(network.port(), Redis.PASSWORD));
                    RedisCheck check = RedisCheck.of(client)) {
                assertThat(check.check(Deadline.after(Duration.ofSeconds(5))).status())
                        .isEqualTo(Status.UP);
                List<String> threads = stage.busyThreads();
                long connections = redis.clients();
                assertThat(connections).isEqualTo(1);
                long accepted = network.acceptedConnections();

                network.blackHole();
                for (int i = 0; i < 200; i++) {
                    assertThat(check.check(Deadline.after(Duration.ofMillis(20)))
                                    .status())
                            .isEqualTo(Status.DOWN);
                }

                // One attempt at the most is under way, on the one thread that it has.
                assertThat(stage.busyThreads().stream()
                                .filter(name -> name.startsWith("vitals-"))
                                .toList())
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(network.acceptedConnections() - accepted).isLessThanOrEqualTo(1);
                network.clear();
                Eventually.eventually(
                        () -> check.check(Deadline.after(Duration.ofSeconds(1))).status() == Status.UP);
                Eventually.eventually(
                        () -> redis.clients() == connections && network.openConnections() == connections,
                        () -> redis.clients() + " clients, " + network.openConnections() + " connections");
                Eventually.eventually(() -> stage.busyThreads().equals(threads), stage::busyThreads);
            }
            return true;
        });
    }

    private static void play(String name, FaultStage.Act begin, FaultStage.Act end, String... says) throws Exception {
        stage.play(redis, redis.uri(Redis.PASSWORD), new FaultStage.Fault(name, begin, end, says));
    }

    private static void playNetwork(String name, FaultStage.Act begin, String... says) throws Exception {
        stage.play(
                redis,
                Redis.uri(network.port(), Redis.PASSWORD),
                new FaultStage.Fault(name, begin, network::clear, says));
    }
}
