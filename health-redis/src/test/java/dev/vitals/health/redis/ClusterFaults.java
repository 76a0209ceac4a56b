package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.health.redis.FaultStage.Act;
import dev.vitals.health.redis.FaultStage.Fault;
import dev.vitals.testkit.Eventually;
import dev.vitals.testkit.Redis;
import dev.vitals.testkit.RedisCluster;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A cluster that loses a node. */
class ClusterFaults {
    private static final String WITHOUT_REPLICA = "cluster: master without a replica killed (SIGKILL) and back";
    private static final String WITH_REPLICA = "cluster: master with a replica killed (SIGKILL), failed over, and back";
    private static final String REPLICA = "cluster: replica frozen (SIGSTOP)";
    private static final String ALL = "cluster: all nodes frozen (SIGSTOP)";
    static final List<String> NAMES = List.of(WITHOUT_REPLICA, WITH_REPLICA, REPLICA, ALL);

    private static FaultStage stage;
    private static RedisCluster three;
    private static RedisCluster six;

    @BeforeAll
    static void start() throws Exception {
        stage = new FaultStage("cluster faults", RedisFaultsIT.TABLE);
        three = stage.owning(RedisCluster.start(false));
        six = stage.owning(RedisCluster.start(true));
        stage.warmUp(three.nodes().get(0));
    }

    @AfterAll
    static void stop() throws Exception {
        stage.end();
    }

    @FaultTest
    void slotsOfADeadMasterAreNotCovered() throws Exception {
        Redis last = three.nodes().get(2);
        play(
                three,
                WITHOUT_REPLICA,
                last::kill,
                () -> {
                    last.startAgain();
                    three.awaitWell();
                },
                "DEGRADED: 1 of 3 nodes out of reach",
                "DOWN: the cluster is down: 5,462 of 16,384 slots not covered");
    }

    @FaultTest
    void aReplicaTakesOver() throws Exception {
        Redis first = six.nodes().get(0);
        Redis itsReplica = six.nodes().get(3);
        play(
                six,
                WITH_REPLICA,
                first::kill,
                () -> {
                    Eventually.eventually(() -> itsReplica.info("role").equals("master"));
                    first.startAgain();
                    six.awaitWell();
                },
                "DEGRADED: 1 of 6 nodes out of reach",
                "DOWN: the cluster is down: 5,461 of 16,384 slots not covered");
    }

    @FaultTest
    void aReplicaThatIsFrozenIsOutOfReach() throws Exception {
        Redis replica = six.nodes().get(5);
        play(
                six,
                REPLICA,
                replica::freeze,
                () -> {
                    replica.thaw();
                    six.awaitWell();
                },
                "DEGRADED: 1 of 6 nodes out of reach");
    }

    @FaultTest
    void whereNoNodeAnswersItIsDown() throws Exception {
        play(
                three,
                ALL,
                () -> {
                    for (Redis node : three.nodes()) {
                        node.freeze();
                    }
                },
                () -> {
                    for (Redis node : three.nodes()) {
                        node.thaw();
                    }
                    three.awaitWell();
                },
                "DOWN: no node answers in time");
    }

    @FaultTest
    void withoutClusterInfoItIsUpAllTheSame() throws Exception {
        for (Redis node : three.nodes()) {
            node.ask("ACL", "SETUSER", "checker", "on", ">" + Redis.PASSWORD, "~*", "+@all");
        }
        Redis first = three.nodes().get(0);
        try (RedisClusterClient client = stage.clusterClient(List.of(first.uri("checker", Redis.PASSWORD)));
                RedisCheck check = RedisCheck.of(client)) {
            client.getPartitions();
            for (Redis node : three.nodes()) {
                node.ask("ACL", "SETUSER", "checker", "-cluster", "+cluster|nodes");
            }
            HealthResult result = check.check(Deadline.after(Duration.ofSeconds(5)));
            assertThat(result.status()).isEqualTo(Status.UP);
            assertThat(result.details()).containsEntry("cluster", "not permitted");
        }
    }

    private static void play(RedisCluster cluster, String name, Act begin, Act end, String... says) throws Exception {
        List<RedisURI> uris =
                cluster.nodes().stream().map(node -> node.uri(Redis.PASSWORD)).toList();
        try (RedisClusterClient client = stage.clusterClient(uris);
                RedisCheck check = RedisCheck.of(client)) {
            stage.play(check, () -> surplus(cluster), new Fault(name, begin, end, says));
        }
        Eventually.eventually(() -> connections(cluster) == 0, () -> connections(cluster));
    }

    /** Connections beyond those that the check may have: one to some node, and one to each that it has asked. */
    private static long surplus(RedisCluster cluster) {
        return Math.max(0, connections(cluster) - 1 - cluster.nodes().size());
    }

    private static long connections(RedisCluster cluster) {
        return cluster.nodes().stream().mapToLong(Redis::clients).sum();
    }
}
