package dev.vitals.health.redis;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import dev.vitals.testkit.Redis;
import dev.vitals.testkit.RedisCluster;
import dev.vitals.testkit.RedisSentinels;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More servers than one: replicas, Sentinels, clusters. */
@Timeout(120)
class RedisTopologyIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static HealthResult run(RedisCheck check) throws InterruptedException {
        return check.check(Deadline.after(LONG));
    }

    @Test
    void primaryAndReplicaAreAsExpectedAndALostLinkIsTold() throws Exception {
        try (Redis primary = Redis.start();
                Redis replica = primary.replica();
                RedisClient toPrimary = primary.client();
                RedisClient toReplica = replica.client();
                RedisCheck first = RedisCheck.of(toPrimary).expectingPrimary(1);
                RedisCheck second = RedisCheck.of(toReplica).expectingReplica()) {
            eventually(() -> run(first).status() == Status.UP, () -> "not UP");
            assertThat(run(first).details())
                    .containsEntry("role", "primary")
                    .containsEntry("connectedReplicas", 1)
                    .containsKeys("lagSeconds", "behindBytes");
            assertThat(run(second).status()).isEqualTo(Status.UP);
            assertThat(run(second).details())
                    .containsEntry("role", "replica")
                    .containsKeys("lagSeconds", "behindBytes");
            assertThat(run(second.expectingPrimary(0)).reason()).isEqualTo("this is a replica, a primary is expected");

            primary.kill();
            eventually(() -> String.valueOf(run(second).reason()).matches("no link to the primary for \\d+ s"));
        }
    }

    @Test
    void sentinelsAreAskedForTheirMasterAndTheirQuorum() throws Exception {
        try (Redis primary = Redis.start();
                RedisSentinels sentinels = RedisSentinels.watch(primary, 2, 2);
                RedisClient client = sentinels.client();
                RedisSentinelCheck check = RedisSentinelCheck.of(client, RedisSentinels.MASTER);
                RedisSentinelCheck unknown = RedisSentinelCheck.of(client, "secret-name");
                RedisCheck master = RedisCheck.of(client)) {
            assertThat(check.advisory()).isTrue();
            Deadline deadline = Deadline.after(LONG);
            eventually(() -> check.check(deadline).status() == Status.UP, () -> "not UP");
            assertThat(check.check(deadline).details())
                    .containsEntry("replicas", 0L)
                    .containsEntry("otherSentinels", 1L);
            assertThat(check.check(deadline).measurements())
                    .contains(new HealthResult.Measurement("sentinel.others", "{sentinel}", 1));
            assertThat(unknown.check(deadline).reason()).isEqualTo("the Sentinels know no master of that name");
            assertThat(run(master).details()).containsEntry("role", "primary");

            sentinels.nodes().get(0).kill();
            eventually(
                    () -> {
                        HealthResult seen = check.check(Deadline.after(LONG));
                        return seen.status() == Status.DEGRADED
                                && "the Sentinels have no quorum: 1 of 2 usable, 2 needed".equals(seen.reason());
                    },
                    () -> "no lost quorum");
            primary.kill();
            // One of two is no majority: what it sees alone is no verdict.
            eventually(() -> String.valueOf(check.check(Deadline.after(LONG)).reason())
                    .startsWith("this Sentinel cannot reach the master; the Sentinels have no quorum"));
        }
    }

    @Test
    void aClusterIsAskedAtANodeThatIsThere() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(false);
                RedisClusterClient client = cluster.client();
                RedisCheck own = RedisCheck.of(client);
                StatefulRedisClusterConnection<String, String> connection = client.connect();
                RedisCheck given = RedisCheck.of(connection)) {
            List<Redis> nodes = cluster.nodes();
            for (Redis node : nodes) {
                node.ask("CONFIG", "SET", "cluster-require-full-coverage", "no");
            }
            for (RedisCheck check : List.of(own, given)) {
                assertThat(run(check).reason()).isNull();
                assertThat(run(check).details())
                        .containsEntry("state", "ok")
                        .containsEntry("nodes", 3)
                        .containsEntry("nodesOutOfReach", 0)
                        .containsEntry("slotsNotCovered", 0L);
            }
            runsCostTwoCommandsOnOneConnection(nodes, own);
            withoutTheRightTheCheckIsUpOnPing(nodes, connection);

            // The node in use dies, silently at first: no run is DOWN for it.
            Redis used = nodes.get(usedBy(own, nodes));
            used.freeze();
            assertThat(own.check(Deadline.after(Duration.ofSeconds(2))).status())
                    .isNotEqualTo(Status.DOWN);
            assertThat(given.check(Deadline.after(Duration.ofSeconds(2))).status())
                    .isNotEqualTo(Status.DOWN);
            used.kill();
            for (RedisCheck check : List.of(own, given)) {
                eventually(() -> {
                    HealthResult seen = check.check(Deadline.after(Duration.ofSeconds(2)));
                    assertThat(seen.status()).as(String.valueOf(seen.reason())).isNotEqualTo(Status.DOWN);
                    return String.valueOf(seen.reason())
                            .matches("5,46[12] of 16,384 slots not covered; 1 of 3 nodes out of reach");
                });
            }
            used.startAgain();
            eventually(() -> run(own).status() == Status.UP, () -> "not well again");
            eventually(() -> run(given).status() == Status.UP, () -> "not well again");
        }
    }

    private static void runsCostTwoCommandsOnOneConnection(List<Redis> nodes, RedisCheck check) throws Exception {
        long clients = nodes.stream().mapToLong(Redis::clients).sum();
        long before = clusterCommands(nodes);
        for (int i = 0; i < 50; i++) {
            assertThat(run(check).status()).isEqualTo(Status.UP);
        }
        assertThat(clusterCommands(nodes) - before).isEqualTo(100);
        assertThat(nodes.stream().mapToLong(Redis::clients).sum()).isEqualTo(clients);
    }

    private static int usedBy(RedisCheck check, List<Redis> nodes) throws Exception {
        List<Long> before = nodes.stream().map(RedisTopologyIT::clusterCommands).toList();
        var unused = run(check);
        for (int i = 0; i < nodes.size(); i++) {
            if (clusterCommands(nodes.get(i)) > before.get(i)) {
                return i;
            }
        }
        throw new AssertionError("no node was asked");
    }

    private static long clusterCommands(List<Redis> nodes) {
        return nodes.stream().mapToLong(RedisTopologyIT::clusterCommands).sum();
    }

    private static long clusterCommands(Redis node) {
        String line = node.info("cmdstat_cluster");
        return line.isEmpty() ? 0 : Long.parseLong(line.substring("calls=".length(), line.indexOf(',')));
    }

    private static void withoutTheRightTheCheckIsUpOnPing(
            List<Redis> nodes, StatefulRedisClusterConnection<String, String> connection) throws Exception {
        for (Redis node : nodes) {
            node.ask("ACL", "SETUSER", "default", "-cluster");
        }
        RedisCheck check = RedisCheck.of(connection);
        for (int i = 0; i < 3; i++) {
            HealthResult result = run(check);
            assertThat(result.status()).isEqualTo(Status.UP);
            assertThat(result.details()).containsEntry("cluster", "not permitted");
        }
        long refused = nodes.stream()
                .filter(node -> node.ask("ACL", "LOG").contains("cluster"))
                .peek(node -> assertThat(node.ask("ACL", "LOG").lines()).startsWith("count", "2"))
                .count();
        assertThat(refused).as("nodes that were asked, with two commands, once").isEqualTo(1);
        for (Redis node : nodes) {
            node.ask("ACL", "SETUSER", "default", "+cluster");
        }
    }

    @Test
    void aServerThatIsNoClusterIsSaidToBeNone() throws Exception {
        try (Redis single = Redis.start();
                RedisClusterClient client = RedisClusterClient.create(single.uri(Redis.PASSWORD));
                RedisCheck check = RedisCheck.of(client)) {
            assertThat(run(check)).isEqualTo(HealthResult.down("the server is not part of a cluster"));
        }
        try (Redis single = Redis.start();
                RedisClusterClient client = RedisClusterClient.create(single.uri("wrong-password"));
                RedisCheck check = RedisCheck.of(client)) {
            assertThat(run(check)).isEqualTo(HealthResult.down("authentication failed"));
        }
    }
}
