package dev.vitals.health.redis;

import dev.vitals.health.HealthReport;
import dev.vitals.health.redis.FaultStage.Act;
import dev.vitals.health.redis.FaultStage.Fault;
import dev.vitals.testkit.Eventually;
import dev.vitals.testkit.Redis;
import dev.vitals.testkit.RedisSentinels;
import io.lettuce.core.RedisClient;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A primary whose replica takes over, and Sentinels that are not enough for that. */
class SentinelFaults {
    private static final String ALONE = "DEGRADED: this Sentinel cannot reach the master";
    private static final String TOGETHER = "DOWN: the Sentinels hold the master for down";

    private static final String FAILOVER = "master killed (SIGKILL) and failed over, seen through the Sentinels' URI";
    private static final String HELD_DOWN = "master killed (SIGKILL) and failed over, seen by RedisSentinelCheck";
    private static final String NO_QUORUM = "two of three Sentinels killed (SIGKILL), seen by RedisSentinelCheck";
    private static final String NO_SENTINEL = "all Sentinels killed (SIGKILL), seen by RedisSentinelCheck";
    static final List<String> NAMES = List.of(FAILOVER, HELD_DOWN, NO_QUORUM, NO_SENTINEL);

    private static FaultStage ofMaster;
    private static FaultStage ofSentinels;
    private static Redis master;
    private static Redis replica;
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() throws Exception {
        ofMaster = new FaultStage("faults of a master", RedisFaultsIT.TABLE);
        ofSentinels = new FaultStage("faults of Sentinels", RedisFaultsIT.TABLE);
        master = ofMaster.owning(Redis.start());
        replica = ofMaster.owning(master.replica());
        sentinels = ofMaster.owning(RedisSentinels.watch(master, 3, 2));
        ofMaster.warmUp(master);
        ofSentinels.warmUp(master);
    }

    @AfterAll
    static void stop() throws Exception {
        ofSentinels.end();
        ofMaster.end();
    }

    /** Both checks see the same failover, and so does the same end of it. */
    @FaultTest
    void afterAFailoverAllIsWellAgain() throws Exception {
        var both = new CyclicBarrier(2, master::kill);
        Act begin = both::await;
        Act end = () -> Eventually.eventually(() -> replica.info("role").equals("master"));
        var seenBySentinels = new FutureTask<>(() -> {
            playSentinels(new Fault(HELD_DOWN, begin, end, ALONE + ", or " + TOGETHER));
            return true;
        });
        new Thread(seenBySentinels, "seen by Sentinels").start();
        try (RedisClient client = ofMaster.client(sentinels.uri());
                RedisCheck check = RedisCheck.of(client)) {
            ofMaster.play(
                    check,
                    () -> replica.clients() + (replica.info("role").equals("master") ? 0 : master.clients()),
                    new Fault(FAILOVER, begin, end, "DOWN: cannot connect: connection refused"));
        }
        seenBySentinels.get();
        master.startAgain();
    }

    @FaultTest
    void twoOfThreeAreNeeded() throws Exception {
        List<Redis> others = sentinels.nodes().subList(1, 3);
        playSentinels(new Fault(
                NO_QUORUM,
                () -> others.forEach(Redis::kill),
                () -> startAgain(others),
                "DEGRADED: the Sentinels have no quorum: 1 of 3 usable, 2 needed"));
    }

    @FaultTest
    void withoutAnySentinelNothingIsKnown() throws Exception {
        playSentinels(new Fault(
                NO_SENTINEL,
                () -> sentinels.nodes().forEach(Redis::kill),
                () -> startAgain(sentinels.nodes()),
                "DOWN: cannot connect: connection refused"));
    }

    private static void startAgain(List<Redis> nodes) throws Exception {
        for (Redis node : nodes) {
            node.startAgain();
        }
        sentinels.awaitWell();
    }

    private static void playSentinels(Fault fault) throws Exception {
        try (RedisClient client = ofSentinels.client(sentinels.uri());
                RedisSentinelCheck check = RedisSentinelCheck.of(client, RedisSentinels.MASTER)) {
            ofSentinels.play(
                    check,
                    () -> sentinels.nodes().stream().mapToLong(Redis::clients).sum(),
                    fault,
                    SentinelFaults::eitherWay);
        }
    }

    /** Only the Sentinel that leads the failover says what all agreed upon, and which one is asked is a matter of chance. */
    private static String eitherWay(HealthReport.Check seen) {
        String words = FaultStage.statusAndReason(seen);
        return words.equals(ALONE) || words.equals(TOGETHER) ? ALONE + ", or " + TOGETHER : words;
    }
}
