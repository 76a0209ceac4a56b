package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vitals.health.HealthResult;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.health.Status;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerReportTest {
    private static final String OLD = Texts.read("info-6.2.txt");
    private static final String PRIMARY = Texts.read("info-7.0-primary.txt");
    private static final String REPLICA = Texts.read("info-7.0-replica.txt");
    private static final Settings PLAIN = Settings.DEFAULT;
    private static final Answer PONG = new Answer("PONG", null);
    private static final long SECOND = 1_000_000_000L;

    private static HealthResult report(Settings settings, Answer ping, Answer info) {
        return new ServerReport(settings)
                .of(new Exchange.Answers(Map.of(Ask.PING, ping, ServerReport.INFO, info), 0.84), SECOND);
    }

    private static HealthResult report(Settings settings, String info) {
        return report(settings, PONG, new Answer(info, null));
    }

    private static String[] online(String... offsetAndLag) {
        return Stream.of(offsetAndLag)
                .map(each ->
                        "slave" + Math.floorMod(each.hashCode(), 1_000) + ":ip=10.0.0.1,port=1,state=online,offset="
                                + each.split("/", 2)[0] + ",lag=" + each.split("/", 2)[1])
                .toArray(String[]::new);
    }

    static Stream<Arguments> cases() {
        String full = "used_memory:91";
        String keys = "db0:keys=2,expires=0,avg_ttl=0";
        return Stream.of(
                arguments(PLAIN, OLD, null, null),
                arguments(PLAIN, PRIMARY, null, null),
                arguments(PLAIN, REPLICA, null, null),
                arguments(PLAIN, "", null, null),
                // Memory.
                refused("at 91 % of maxmemory, policy noeviction: writes will be refused", full, "maxmemory:100"),
                refused(
                        "at 90 % of maxmemory, policy noeviction: writes will be refused",
                        "used_memory:90", "maxmemory:100"),
                refused(
                        "at 99 % of maxmemory, policy noeviction: writes will be refused",
                        "used_memory:999", "maxmemory:1000"),
                refused(
                        "at 100 % of maxmemory, policy noeviction: writes are refused",
                        "used_memory:100", "maxmemory:100"),
                arguments(PLAIN, Texts.with(PRIMARY, "used_memory:89", "maxmemory:100"), null, null),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, "used_memory:95", "mem_not_counted_for_evict:6", "maxmemory:100"),
                        null,
                        null),
                arguments(
                        PLAIN.withMemory(0.5),
                        Texts.with(PRIMARY, "used_memory:50", "maxmemory:100"),
                        "memory at 50 % of maxmemory, policy noeviction: writes will be refused",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, full, "maxmemory:100", "maxmemory_policy:allkeys-lru"),
                        null,
                        "at 91 % of maxmemory, evicting"),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, full, "maxmemory:100", "maxmemory_policy:volatile-lru"),
                        null,
                        "at 91 % of maxmemory, evicting"),
                refused(
                        "at 91 % of maxmemory, policy volatile-lru and no key has an expiry: writes will be refused",
                        full, "maxmemory:100", "maxmemory_policy:volatile-lru", keys),
                arguments(PLAIN, Texts.with(REPLICA, full, "maxmemory:100"), null, "at 91 % of maxmemory"),
                refused("at 91 % of the host's, maxmemory not set", full, "maxmemory:0", "total_system_memory:100"),
                arguments(PLAIN, Texts.with(PRIMARY, "maxmemory:0", "total_system_memory:0"), null, null),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, "maxmemory:0", "used_memory:268435456", "mem_fragmentation_ratio:1.51"),
                        "memory is fragmented: 1.51 times what is used",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, "maxmemory:0", "used_memory:268435455", "mem_fragmentation_ratio:9.0"),
                        null,
                        null),
                // Saves.
                arguments(PLAIN, Texts.with(OLD, "rdb_last_bgsave_status:err"), "the last RDB save failed", null),
                arguments(PLAIN, Texts.with(OLD, "aof_last_write_status:err"), "the last AOF write failed", null),
                arguments(PLAIN, Texts.with(OLD, "aof_last_bgrewrite_status:err"), "the last AOF rewrite failed", null),
                // Replication.
                arguments(PLAIN.expecting(Settings.Role.PRIMARY, 0), PRIMARY, null, null),
                arguments(PLAIN.expecting(Settings.Role.PRIMARY, 1), PRIMARY, "0 of 1 replicas connected", null),
                arguments(
                        PLAIN.expecting(Settings.Role.PRIMARY, 2),
                        Texts.with(PRIMARY, online("107/0")),
                        "1 of 2 replicas connected",
                        null),
                arguments(
                        PLAIN.expecting(Settings.Role.PRIMARY, 2),
                        Texts.with(PRIMARY, online("107/0", "106/1")),
                        null,
                        null),
                arguments(
                        PLAIN.expecting(Settings.Role.PRIMARY, 0),
                        REPLICA,
                        "this is a replica, a primary is expected",
                        null),
                arguments(
                        PLAIN.expecting(Settings.Role.REPLICA, 0),
                        PRIMARY,
                        "this is a primary, a replica is expected",
                        null),
                arguments(PLAIN.expecting(Settings.Role.REPLICA, 0), REPLICA, null, null),
                arguments(
                        PLAIN,
                        Texts.with(PRIMARY, online("100/31", "107/0")),
                        "a replica has not answered for 31 s",
                        null),
                arguments(
                        PLAIN.withBehind(7),
                        Texts.with(PRIMARY, online("107/0", "100/0")),
                        "a replica is 7 bytes behind",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(REPLICA, "master_link_status:down", "master_link_down_since_seconds:12"),
                        "no link to the primary for 12 s",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(REPLICA, "master_link_status:down", "master_link_down_since_seconds:-1"),
                        "no link to the primary",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(REPLICA, "master_link_status:down", "master_sync_in_progress:1"),
                        "the primary's data is still being copied",
                        null),
                arguments(
                        PLAIN.withLag(Duration.ofSeconds(5)),
                        Texts.with(REPLICA, "master_last_io_seconds_ago:5"),
                        "nothing heard from the primary for 5 s",
                        null),
                arguments(
                        PLAIN.withBehind(10),
                        Texts.with(
                                REPLICA, "slave_read_repl_offset:30", "slave_repl_offset:20", "master_repl_offset:20"),
                        "this replica is 10 bytes behind",
                        null),
                arguments(
                        PLAIN,
                        Texts.with(OLD, "rdb_last_bgsave_status:err", "role:slave", "master_link_status:down"),
                        "the last RDB save failed; no link to the primary",
                        null));
    }

    private static Arguments refused(String reason, String... lines) {
        return arguments(PLAIN, Texts.with(PRIMARY, lines), "memory " + reason, null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatInfoTellsIsDegradedAtMost(
            Settings settings, String info, @Nullable String reason, @Nullable String memory) {
        HealthResult result = report(settings, info);

        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.status()).isEqualTo(reason == null ? Status.UP : Status.DEGRADED);
        assertThat(result.details().get("memory")).isEqualTo(memory);
    }

    @Test
    void whatCannotBeToldWhileTheLinkIsDownIsSaidByAFigureOfItsOwn() {
        String lost = Texts.with(
                PRIMARY,
                "role:slave",
                "master_link_status:down",
                "master_link_down_since_seconds:12",
                "rdb_last_bgsave_status:err");
        HealthResult result = report(PLAIN, lost);

        assertThat(result.measurements())
                .contains(new Measurement("replication.linked", "1", 0), new Measurement("saves.failed", "{save}", 1));
        assertThat(result.measurements())
                .noneMatch(measurement -> measurement.name().equals("replication.lag"));
    }

    @Test
    void aRealTextBecomesDetailsAndMeasurements() {
        HealthResult result = report(PLAIN, Texts.with(PRIMARY, online("100/1")));

        assertThat(result.details())
                .containsEntry("product", "Redis 7.0.15")
                .containsEntry("latencyMs", 0.8)
                .containsEntry("usedBytes", 1_038_656L)
                .containsEntry("maxBytes", 52_428_800L)
                .containsEntry("policy", "noeviction")
                .containsEntry("fragmentation", 12.52)
                .containsEntry("role", "primary")
                .containsEntry("connectedReplicas", 1)
                .containsEntry("lagSeconds", 1L)
                .containsEntry("behindBytes", 7L)
                .containsEntry("connectedClients", 1L)
                .doesNotContainKey("maxmemory");
        assertThat(result.measurements())
                .containsExactlyInAnyOrder(
                        new Measurement("memory.used", "By", 1_038_656),
                        new Measurement("memory.max", "By", 52_428_800),
                        new Measurement("saves.failed", "{save}", 0),
                        new Measurement("memory.used.ratio", "1", 1_038_656.0 / 52_428_800),
                        new Measurement("memory.fragmentation.ratio", "1", 12.52),
                        new Measurement("replication.replicas", "{replica}", 1),
                        new Measurement("replication.lag", "s", 1),
                        new Measurement("replication.behind", "By", 7),
                        new Measurement("clients.connected", "{client}", 1));
        assertThat(result.toString()).doesNotContain("10.0.0.1", "17001");
    }

    @Test
    void withoutMaxmemoryThatIsSaidAndTheHostsMemoryIsTheMeasure() {
        HealthResult result = report(PLAIN, OLD);

        assertThat(result.details()).containsEntry("maxmemory", "not set").containsEntry("product", "Redis 6.2.11");
        double used = ((Number) result.details().get("usedBytes")).doubleValue();
        double host = ((Number) result.details().get("hostBytes")).doubleValue();
        assertThat(result.measurements()).contains(new Measurement("memory.used.ratio", "1", used / host));
    }

    @Test
    void valkeyIsCalledByItsName() {
        assertThat(report(PLAIN, Texts.with(PRIMARY, "redis_version:7.2.4", "valkey_version:8.0.1"))
                        .details())
                .containsEntry("product", "Valkey 8.0.1");
    }

    static Stream<Arguments> pings() {
        String info = "loading_eta_seconds:1234\r\n";
        String loading = "LOADING Redis is loading the dataset in memory";
        return Stream.of(
                arguments(loading, info, Status.DOWN, "server is loading its data, 1,234 s left"),
                arguments(loading, "", Status.DOWN, "server is loading its data"),
                arguments(loading, "loading_eta_seconds:-1", Status.DOWN, "server is loading its data"),
                arguments("NOPERM this user", "", Status.DOWN, "the user may not PING"),
                arguments("NOAUTH x", "", Status.DOWN, "authentication failed"),
                arguments("BUSY x", "", Status.DOWN, "the server is busy with a script"),
                arguments("MASTERDOWN x", "", Status.DOWN, "replica serves nothing while its primary is away"),
                arguments(
                        "MISCONF x",
                        "rdb_last_bgsave_status:err",
                        Status.DEGRADED,
                        "writes are refused, since data cannot be saved; the last RDB save failed"));
    }

    @ParameterizedTest
    @MethodSource("pings")
    void anErrorToPingDecides(String error, String info, Status status, String reason) {
        HealthResult result = report(PLAIN, new Answer(null, error), new Answer(info, null));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
    }

    @Test
    void theTimeThatLoadingStillTakesIsMeasured() {
        assertThat(report(PLAIN, new Answer(null, "LOADING x"), new Answer("loading_eta_seconds:12", null))
                        .measurements())
                .contains(new Measurement("loading.remaining", "s", 12));
    }

    @Test
    void anotherAnswerThanPongIsDown() {
        assertThat(report(PLAIN, new Answer("QUEUED", null), new Answer("", null))
                        .reason())
                .isEqualTo("the answer to PING is not PONG");
    }

    @Test
    void infoThatIsRefusedLeavesTheCheckUp() {
        Answer refused = new Answer(null, "NOPERM this user has no permissions to run the 'info' command");

        assertThat(report(PLAIN, PONG, refused).status()).isEqualTo(Status.UP);
        assertThat(report(PLAIN, PONG, refused).details())
                .containsEntry("memory", "not permitted")
                .doesNotContainKey("replication");
        assertThat(report(PLAIN.expecting(Settings.Role.REPLICA, 0), PONG, refused)
                        .details())
                .containsEntry("replication", "not permitted");
        assertThat(report(PLAIN, PONG, new Answer(null, "ERR unknown command `INFO`"))
                        .details())
                .containsEntry("memory", "not permitted");
        assertThat(report(PLAIN, PONG, new Answer(null, "ERR else")).details()).containsEntry("memory", "not told");
    }

    @Test
    void ratesAreThoseBetweenTwoLooks() {
        var report = new ServerReport(PLAIN.withEvictions(50));
        String first = Texts.with(PRIMARY, "evicted_keys:100", "rejected_connections:7");

        assertThat(names(look(report, first, 1))).doesNotContain("keys.evicted.rate", "connections.rejected.rate");
        HealthResult well = look(report, Texts.with(first, "evicted_keys:180"), 3);
        HealthResult evicting = look(report, Texts.with(first, "evicted_keys:280"), 5);
        HealthResult rejecting = look(report, Texts.with(first, "evicted_keys:280", "rejected_connections:8"), 7);
        HealthResult rejectingMore = look(report, Texts.with(first, "evicted_keys:280", "rejected_connections:18"), 9);

        assertThat(well.status()).isEqualTo(Status.UP);
        assertThat(well.measurements())
                .contains(
                        new Measurement("keys.evicted.rate", "{key}/s", 40),
                        new Measurement("connections.rejected.rate", "{connection}/s", 0));
        assertThat(evicting.reason()).isEqualTo("50 keys a second evicted");
        assertThat(rejecting.reason()).isEqualTo("1 connection rejected since the last look: maxclients reached");
        assertThat(rejectingMore.reason()).isEqualTo("10 connections rejected since the last look: maxclients reached");
        assertThat(rejectingMore.measurements())
                .contains(new Measurement("connections.rejected.rate", "{connection}/s", 5));
    }

    private static HealthResult look(ServerReport report, String info, long second) {
        return report.of(
                new Exchange.Answers(Map.of(Ask.PING, PONG, ServerReport.INFO, new Answer(info, null)), 1),
                second * SECOND);
    }

    private static Stream<String> names(HealthResult result) {
        return result.measurements().stream().map(Measurement::name);
    }
}
