package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.ThreadReference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The thread that keeps the time of all checks is killed or held, or the whole process is stopped: readiness reads stale
 * and recovers, and liveness never fails, since a restart must not be Vitals' own fault.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandstillIT {
    /** 60 s is what is promised; the ordinary run is shorter, and still far beyond every limit of the application. */
    private static final Duration STOPPED = Duration.ofSeconds(Long.getLong("vitals.standstill.seconds", 20));

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);
    private static final String SCHEDULER = "vitals-health";

    @TempDir
    private Path folder;

    private String management = "";
    private int debugPort;

    @BeforeEach
    void takePorts() throws IOException {
        debugPort = Server.freePort();
    }

    @Test
    void aSchedulerThatIsKilledIsMadeAgainAndLivenessNeverFails() throws Exception {
        try (var application = start(0);
                var debugger = Debugger.attach(debugPort);
                var liveness = Probing.of(management + "/health/liveness", PROBE_LIMIT);
                var readiness = Probing.of(management + "/health/readiness", PROBE_LIMIT)) {
            for (int round = 1; round <= 5; round++) {
                ThreadReference victim = only(debugger.threads(SCHEDULER));
                long killed = System.nanoTime();
                debugger.killWhileItWaits(victim);
                application.await(Duration.ofSeconds(30), "another scheduler", () -> {
                    List<ThreadReference> now = debugger.threads(SCHEDULER);
                    return now.size() == 1 && now.get(0).uniqueID() != victim.uniqueID();
                });
                long replaced = System.nanoTime();
                // Longer than the longest age: results that nobody renews are stale by then.
                LockSupport.parkNanos(
                        WatchedApplication.LONGEST_AGE.multipliedBy(2).toNanos());
                application.await(Duration.ofSeconds(30), "readiness recovers", () -> readiness.last() == 200);

                System.out.printf(
                        "scheduler killed, round %d: another after %d ms; liveness %s, readiness %s%n",
                        round, (replaced - killed) / 1_000_000, liveness.since(killed), readiness.since(killed));
            }
            assertThat(liveness.all()).as("liveness").containsOnlyKeys(200);
            assertThat(readiness.all().keySet()).as("readiness").isSubsetOf(200, 503);
        }
    }

    /** Whoever was killed while it waited for a lock must not be waited for by all who want that lock. */
    @Test
    void aSchedulerThatIsKilledUnderLoadLeavesNothingLocked() throws Exception {
        try (var application = start(200);
                var debugger = Debugger.attach(debugPort);
                var liveness = Probing.of(management + "/health/liveness", PROBE_LIMIT);
                var readiness = Probing.of(management + "/health/readiness", PROBE_LIMIT)) {
            for (int round = 1; round <= 12; round++) {
                debugger.killWhileItWaits(only(debugger.threads(SCHEDULER)));
                LockSupport.parkNanos(1_000_000_000L);
            }
            long last = System.nanoTime();
            LockSupport.parkNanos(WatchedApplication.LONGEST_AGE.multipliedBy(2).toNanos());
            application.await(Duration.ofSeconds(15), "readiness recovers", () -> readiness.last() == 200);

            System.out.printf(
                    "scheduler killed 12 times under 2,000 runs a second: liveness %s, readiness %s, and after the last %s%n",
                    liveness.all(), readiness.all(), readiness.since(last));
            assertThat(metric("vitals_engine_stalled 0.0")).isTrue();
            assertThat(liveness.all()).as("liveness").containsOnlyKeys(200);
        }
    }

    @Test
    void aSchedulerThatIsHeldMakesReadinessStaleUntilItGoesOn() throws Exception {
        try (var application = start(0);
                var debugger = Debugger.attach(debugPort);
                var liveness = Probing.of(management + "/health/liveness", PROBE_LIMIT);
                var readiness = Probing.of(management + "/health/readiness", PROBE_LIMIT)) {
            ThreadReference scheduler = only(debugger.threads(SCHEDULER));
            long held = System.nanoTime();
            scheduler.suspend();
            application.await(
                    Duration.ofSeconds(30), "the engine reads stalled", () -> metric("vitals_engine_stalled 1.0"));
            long stalled = System.nanoTime();
            assertThat(Server.get(management + "/health/database").body()).contains("stale");
            assertThat(metric("vitals_health_check_stale{check=\"database\"} 1.0"))
                    .isTrue();
            assertThat(readiness.last()).isEqualTo(503);

            long resumed = System.nanoTime();
            scheduler.resume();
            application.await(Duration.ofSeconds(30), "readiness recovers", () -> readiness.last() == 200);
            application.await(
                    Duration.ofSeconds(30), "the engine is seen at work", () -> metric("vitals_engine_stalled 0.0"));

            System.out.printf(
                    "scheduler held: readiness 503 after %d ms, stalled after %d ms, 200 again %d ms after it went on;"
                            + " liveness %s%n",
                    readiness.span(503, held)[0],
                    (stalled - held) / 1_000_000,
                    readiness.span(200, resumed)[0],
                    liveness.since(held));
            assertThat(readiness.span(503, held)[0])
                    .as("ms until readiness is stale")
                    .isBetween(1L, WatchedApplication.LONGEST_AGE.plusSeconds(2).toMillis());
            assertThat(liveness.all()).as("liveness").containsOnlyKeys(200);
        }
    }

    @Test
    void aProcessThatIsStoppedAndGoesOnIsAliveAndSoonReady() throws Exception {
        assertThat(STOPPED).isGreaterThan(WatchedApplication.HEARTBEAT.multipliedBy(2));
        // Those under way when it stops are answered when it goes on.
        Duration limit = STOPPED.plusSeconds(30);
        try (var application = start(0);
                var liveness = Probing.of(management + "/health/liveness", limit);
                var another = Probing.of(management + "/health/liveness", limit);
                var readiness = Probing.of(management + "/health/readiness", limit)) {
            LockSupport.parkNanos(2_000_000_000L);
            signal("STOP", application.pid());
            LockSupport.parkNanos(STOPPED.toNanos());
            assertThat(liveness.since(System.nanoTime() - 1_000_000_000L))
                    .as("it is stopped")
                    .isEmpty();
            long continued = System.nanoTime();
            signal("CONT", application.pid());
            LockSupport.parkNanos(WatchedApplication.HEARTBEAT.multipliedBy(2).toNanos());
            application.await(Duration.ofSeconds(30), "readiness recovers", () -> readiness.last() == 200);

            System.out.printf(
                    "process stopped for %d s: from then on liveness %s and %s, first after %d ms; readiness %s,"
                            + " 503 from %d to %d ms%n",
                    STOPPED.toSeconds(),
                    liveness.since(continued),
                    another.since(continued),
                    liveness.span(200, continued)[0],
                    readiness.since(continued),
                    readiness.span(503, continued)[0],
                    readiness.span(503, continued)[1]);
            for (Probing probing : List.of(liveness, another)) {
                // A probe that waits from before the stop may find its connection closed: nobody has waited that long.
                assertThat(probing.all().keySet()).as("liveness").isSubsetOf(200, 0);
                assertThat(probing.askedSince(continued)).as("liveness").containsOnlyKeys(200);
            }
            assertThat(liveness.askedSince(continued).get(200))
                    .as("probes since")
                    .isGreaterThan(100);
        }
    }

    private Server start(int busyChecks) throws IOException {
        int port = Server.freePort();
        management = "http://127.0.0.1:" + port;
        var application = Server.start(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Debugger.option(debugPort),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WatchedApplication.class.getName(),
                        String.valueOf(port),
                        String.valueOf(busyChecks)));
        try {
            application.awaitAnswer(management + "/health/readiness", Duration.ofMinutes(1));
            return application;
        } catch (AssertionError failed) {
            application.close();
            throw failed;
        }
    }

    private boolean metric(String line) {
        try {
            return Server.get(management + "/metrics").body().contains(line);
        } catch (IOException none) {
            return false;
        }
    }

    private static ThreadReference only(List<ThreadReference> threads) {
        assertThat(threads).hasSize(1);
        return threads.get(0);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).as("kill -" + name).isZero();
    }
}
