package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vitals.health.HealthResult;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.health.Status;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterStateTest {
    private static final Answer NO_RIGHT = new Answer(null, "NOPERM this user has no permissions");

    private static String info(String state, int assigned, int failed) {
        return "cluster_state:" + state + "\r\ncluster_slots_assigned:" + assigned + "\r\ncluster_slots_fail:" + failed
                + "\r\ncluster_known_nodes:6\r\n";
    }

    private static String node(String flags, String link) {
        return "07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004,host.internal " + flags
                + " e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 " + link + " 0-5460\n";
    }

    private static ClusterState state(Answer info, Answer nodes) {
        return ClusterState.of(answers(info, nodes));
    }

    private static Exchange.Answers answers(Answer info, Answer nodes) {
        return new Exchange.Answers(Map.of(ClusterState.INFO, info, ClusterState.NODES, nodes), 1);
    }

    private static HealthResult result(String info, String nodes) {
        Exchange.Answers answers = answers(new Answer(info, null), new Answer(nodes, null));
        return ClusterState.of(answers).result(answers);
    }

    static Stream<Arguments> cases() {
        String well = node("myself,master", "connected") + node("slave", "connected");
        return Stream.of(
                arguments(info("ok", 16384, 0), well, Status.UP, null),
                arguments(
                        info("fail", 16384, 5461),
                        well + node("master,fail", "disconnected"),
                        Status.DOWN,
                        "the cluster is down: 5,461 of 16,384 slots not covered"),
                arguments(
                        info("fail", 10923, 0),
                        well,
                        Status.DOWN,
                        "the cluster is down: 5,461 of 16,384 slots not covered"),
                arguments(info("fail", 16384, 0), well, Status.DOWN, "the cluster is down as this node sees it"),
                arguments(
                        info("ok", 16384, 5461),
                        well + node("master,fail", "connected"),
                        Status.DEGRADED,
                        "5,461 of 16,384 slots not covered; 1 of 3 nodes out of reach"),
                arguments("", "", Status.UP, null),
                arguments("", well, Status.UP, null));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theClusterIsToldInWords(String info, String nodes, Status status, @Nullable String reason) {
        HealthResult result = result(info, nodes);

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.toString()).doesNotContain("127.0.0.1", "host.internal", "07c37dfeb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "myself,master | connected | 1 | 0 | 0",
                "myself,master | disconnected | 1 | 0 | 0",
                "myself,slave,fail? | connected | 1 | 0 | 0",
                "slave | connected | 1 | 0 | 0",
                "slave,nofailover | connected | 1 | 0 | 0",
                "master,fail? | connected | 1 | 1 | 0",
                "master,fail | disconnected | 1 | 1 | 0",
                "slave | disconnected | 1 | 1 | 0",
                "master,noaddr | connected | 1 | 1 | 0",
                "handshake | disconnected | 0 | 0 | 1",
                "noflags | connected | 1 | 0 | 0"
            })
    void aNodesFlagsAreRead(String flags, String link, int all, int unreachable, int greeting) {
        assertThat(ClusterState.Nodes.parse(node(flags, link)))
                .isEqualTo(new ClusterState.Nodes(all, unreachable, greeting));
    }

    @Test
    void brokenLinesAreNoNodes() {
        assertThat(ClusterState.Nodes.parse("\n\nabc\na b master d e f g\n"))
                .isEqualTo(new ClusterState.Nodes(0, 0, 0));
    }

    @Test
    void figuresAreMeasured() {
        assertThat(result(info("ok", 16383, 1), node("myself,master", "connected") + node("slave", "disconnected"))
                        .measurements())
                .containsExactly(
                        new Measurement("cluster.slots.uncovered", "{slot}", 2),
                        new Measurement("cluster.nodes.unreachable", "{node}", 1));
    }

    @Test
    void whatIsRefusedIsSaidAndTheRestIsJudged() {
        Exchange.Answers answers = answers(NO_RIGHT, new Answer(node("master,fail", "connected"), null));
        HealthResult result = ClusterState.of(answers).result(answers);

        assertThat(result.details()).containsEntry("cluster", "not permitted");
        assertThat(result.reason()).isEqualTo("1 of 1 node out of reach");
    }

    @Test
    void aNodeThatWasTakenOutOfItsClusterSpeaksForNobody() {
        Answer itself = new Answer(node("myself,master", "connected"), null);
        Answer two = new Answer(node("myself,master", "connected") + node("master", "connected"), null);
        Answer ok = new Answer(info("ok", 16384, 0), null);
        Answer fail = new Answer(info("fail", 0, 0), null);

        assertThat(state(fail, itself).isAlone()).isTrue();
        assertThat(state(fail, two).isAlone()).isFalse();
        assertThat(state(ok, itself).isAlone()).as("a cluster of one").isFalse();
        assertThat(state(NO_RIGHT, itself).isAlone()).isFalse();
        assertThat(state(fail, two).isDown()).isTrue();
        assertThat(state(ok, two).isDown()).isFalse();
        assertThat(state(NO_RIGHT, two).isDown()).isFalse();
    }
}
