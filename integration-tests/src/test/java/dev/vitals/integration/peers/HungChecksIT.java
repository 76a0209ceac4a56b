package dev.vitals.integration.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.CheckOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Twenty checks, ten of them hung in ways that ignore interruption, and 500 probes a second. One of the hung ones takes
 * a core for itself: on a machine of two, half of it.
 */
@Timeout(300)
@Tag("once")
class HungChecksIT {
    private static final int PER_SECOND = 500;
    private static final int HUNG = 10;
    /** One that keeps the time, one that tells and logs changes, one that looks where the hung ones are. */
    private static final long OWN = 3;

    private static final long MOST_BYTES_MORE = 2 << 20;

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration TIME_WELL = Duration.ofSeconds(2);
    /** The claim is for 30 s: -Dvitals.hung.seconds=30. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("vitals.hung.seconds", 10));

    private static final Duration TIME_OF_A_PEER = Duration.ofSeconds(3);

    private volatile boolean hanging;

    @Test
    void everyProbeAnswersAndThreadsGrowByTheHungChecksAlone() throws Exception {
        Await.until("what ran before has let its threads go", () -> Threads.count(HungChecksIT::isOfTheEngine) == 0);
        try (var hangs = new Hangs();
                var vitals = Vitals.start(checks(hangs), HungChecksIT.oneAfterTheOther())) {
            Load.on(vitals, 100, WARM_UP);
            Load.Figures well = Load.on(vitals, PER_SECOND, TIME_WELL);
            long threadsBefore = Threads.count(HungChecksIT::isOfTheRest);
            long ownBefore = Threads.count(HungChecksIT::isOfTheEngine);
            long heapBefore = usedHeap();
            hanging = true;
            Load.Figures figures = Load.on(vitals, PER_SECOND, TIME);
            long threads = Threads.count(HungChecksIT::isOfTheRest);
            long own = Threads.count(HungChecksIT::isOfTheEngine);
            long idle = Threads.count(HungChecksIT::runsWhatIsWell);
            long hung = Threads.count(name -> name.startsWith("vitals-check-hung-"));
            long heap = usedHeap();
            System.out.printf("Vitals, all well: %s%n", well);
            System.out.printf("Vitals, %d of 20 hung: %s%n", HUNG, figures);
            System.out.printf(
                    "threads of the engine %d, then %d, and %d for the other checks, %d of the server;"
                            + " heap after GC %d KiB, then %d KiB%n",
                    ownBefore, own, idle, Threads.count(HungChecksIT::isOfTheServer), heapBefore / 1024, heap / 1024);

            assertThat(figures.answered()).as("answered").isEqualTo(figures.sent());
            assertThat(figures.statuses()).as("once they hang").containsKey(503);
            assertThat(vitals.ask()).isEqualTo(503);
            assertThat(vitals.ask("/health/liveness")).isEqualTo(200);
            assertThat(hung).as("threads that hang").isEqualTo(HUNG);
            assertThat(ownBefore).as("threads of the engine before").isBetween(1L, OWN);
            assertThat(own).as("threads of the engine").isLessThanOrEqualTo(HUNG + OWN);
            assertThat(threads - threadsBefore).as("threads more than before").isLessThanOrEqualTo(HUNG + OWN - 1);
            assertThat(idle).as("threads of the other checks").isLessThanOrEqualTo(10);
            assertThat(heap - heapBefore).as("bytes more than before").isLessThan(MOST_BYTES_MORE);
            // Of an idle machine each is below 10 ms. The bounds leave room for one that has other work as well.
            assertThat(figures.usualP99()).as("ms, p99 of the median second").isLessThan(100);
        }
    }

    /** In these the figures differ from run to run by a lot; what does not is asserted. */
    @Test
    void thePeersBesideIt() throws Exception {
        Load.Figures actuator = beside("Spring Boot Actuator", Actuator::start);
        assertThat(actuator.answered()).isZero();

        Load.Figures dropwizard = beside("dropwizard-health", Dropwizard::start);
        assertThat(dropwizard.statuses()).as("healthy as ever").containsOnlyKeys(200);

        Load.Figures vertx = beside("Vert.x", VertxPeer::start);
        assertThat(vertx.answered()).isLessThan(vertx.sent());
        assertThat(vertx.statuses()).doesNotContainKey(200);

        Load.Figures smallRye = beside("SmallRye", SmallRye::start);
        assertThat(smallRye.answered()).isZero();
    }

    private interface Start {
        Peer start(Map<String, Callable<Boolean>> checks) throws Exception;
    }

    private Load.Figures beside(String name, Start start) throws Exception {
        hanging = false;
        long threadsBefore = Threads.count(any -> true);
        try (var hangs = new Hangs()) {
            Peer peer = start.start(checks(hangs));
            try {
                Load.on(peer, 100, WARM_UP);
                Load.Figures well = Load.on(peer, PER_SECOND, TIME_WELL);
                hanging = true;
                Load.Figures figures = Load.on(peer, PER_SECOND, TIME_OF_A_PEER);
                System.out.printf("%s, all well: %s%n", name, well);
                System.out.printf(
                        "%s, %d of 20 hung: %s; its threads %d%n",
                        name, HUNG, figures, Threads.count(any -> true) - threadsBefore);
                return figures;
            } finally {
                // First, for some peers wait for their checks when they stop.
                hangs.end();
                peer.close();
            }
        }
    }

    private Map<String, Callable<Boolean>> checks(Hangs hangs) {
        var checks = new LinkedHashMap<String, Callable<Boolean>>();
        List<Callable<Boolean>> kinds = List.of(hangs.lock(), hangs.monitor(), hangs.socketRead());
        for (int i = 0; i < HUNG; i++) {
            checks.put("well-" + i, () -> true);
            // The busy one is the last: peers that run all checks at each probe do not get that far. Else each of their
            // threads would take a core, and the load that measures them would starve with them.
            Callable<Boolean> hang = i == HUNG - 1 ? hangs.busyLoop() : kinds.get(i % kinds.size());
            checks.put("hung-" + i, () -> !hanging || hang.call());
        }
        return checks;
    }

    /** So that the runs do not begin at the same moment, each on a thread of its own. */
    private static Consumer<CheckOptions> oneAfterTheOther() {
        var place = new AtomicInteger();
        return options -> options.initialDelay(Duration.ofMillis(10L * place.incrementAndGet()));
    }

    private static boolean isOfTheEngine(String thread) {
        return thread.startsWith("vitals-") && isOfTheRest(thread);
    }

    private static boolean isOfTheRest(String thread) {
        return !isOfTheServer(thread) && !runsWhatIsWell(thread);
    }

    private static boolean runsWhatIsWell(String thread) {
        return thread.equals("vitals-idle") || thread.startsWith("vitals-check-well-");
    }

    /** The server has more of them after a pause of the machine, and lets them go after 30 s; 128 at the most. */
    private static boolean isOfTheServer(String thread) {
        return thread.startsWith("vitals-management-");
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
