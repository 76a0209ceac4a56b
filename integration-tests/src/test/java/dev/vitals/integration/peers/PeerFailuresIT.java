package dev.vitals.integration.peers;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults that other health libraries fail, each played through one of them first, to show that it does, and through
 * Vitals then. Where one of these fails in its first half, that library has mended the fault: good news, and a line to
 * change in the documentation.
 */
@Timeout(120)
@Tag("once")
class PeerFailuresIT {
    private Hangs hangs;
    /** What the check does, from one run to the next. */
    private volatile Callable<Boolean> does = () -> true;

    private final AtomicInteger runs = new AtomicInteger();
    private final Map<String, Callable<Boolean>> database = Map.of("database", () -> {
        runs.incrementAndGet();
        return does.call();
    });

    @BeforeEach
    void open() throws Exception {
        hangs = new Hangs();
    }

    @AfterEach
    void end() throws Exception {
        hangs.end();
    }

    /** Its 30 s and its 10 probes a second are 5 s and 20 a second here. */
    @Test
    void actuatorAnswersNoProbeWhileACheckHangsAndHoldsAThreadForEach() throws Exception {
        runPeer(Actuator.start(database), actuator -> {
            Await.until("it is well", () -> actuator.ask() == 200);
            does = hangs.lock();
            var patient =
                    CompletableFuture.supplyAsync(() -> actuator.ask(actuator.readiness(), Duration.ofSeconds(30)));

            Load.Figures figures = Load.on(actuator, 20, Duration.ofSeconds(5));
            long held = Threads.in(Hangs.class, name -> name.startsWith("http-nio"));
            System.out.printf("Spring Boot Actuator, one check hung: %s; threads held %d%n", figures, held);

            assertThat(figures.sent()).isEqualTo(100);
            assertThat(figures.answered()).isZero();
            assertThat(held).isGreaterThanOrEqualTo(99);
            hangs.end();
            assertThat(patient.get())
                    .as("who waited long enough hears that all was well")
                    .isEqualTo(200);
        });

        runVitals(vitals -> {
            Load.Figures figures = Load.on(vitals, 20, Duration.ofSeconds(5));
            long held = Threads.in(Hangs.class, name -> true);
            System.out.printf("Vitals, one check hung: %s; threads held %d%n", figures, held);

            assertThat(figures.answered()).isEqualTo(100);
            assertThat(figures.statuses()).containsOnlyKeys(503);
            assertThat(held).isEqualTo(1);
        });
    }

    /** Faster than 10 a second for 20 s, and its pool is its own of 200. */
    @Test
    void actuatorsLivenessStarvesOnceItsPoolIsFull() throws Exception {
        runPeer(Actuator.start(database), actuator -> {
            Await.until("it is well", () -> actuator.ask(actuator.liveness()) == 200);
            does = hangs.lock();

            Load.on(actuator, 220, Duration.ofSeconds(1));

            Await.until("its pool is full", () -> Threads.in(Hangs.class, name -> name.startsWith("http-nio")) == 200);
            assertThat(actuator.ask(actuator.liveness())).isZero();
        });

        runVitals(vitals -> {
            Load.on(vitals, 220, Duration.ofSeconds(1));

            assertThat(vitals.ask("/health/liveness")).isEqualTo(200);
        });
    }

    @Test
    void dropwizardKeepsTheLastHealthyOfAHungCheck() throws Exception {
        runPeer(Dropwizard.start(database), dropwizard -> {
            Await.until("it has run", () -> runs.get() > 3);
            does = hangs.lock();
            Await.until("it hangs", () -> Threads.in(Hangs.class, name -> true) == 1);
            int runsThen = runs.get();

            // A hundred intervals long; in its code there is nothing that would end it.
            Load.Figures figures = Load.on(dropwizard, 50, Duration.ofSeconds(1));

            assertThat(figures.statuses()).containsOnlyKeys(200);
            assertThat(runs).hasValue(runsThen);
        });

        runVitals(vitals ->
                assertThat(vitals.monitor.report().checks().get(0).hang()).isNotNull());
    }

    @Test
    void dropwizardCountsFailuresThatAreNotConsecutive() throws Exception {
        does = () -> runs.get() % 2 == 1;
        try (var dropwizard = Dropwizard.start(database)) {
            Await.until("three failures, none after another", () -> !dropwizard.told.isEmpty());

            assertThat(dropwizard.told.get(0)).isEqualTo("database=unhealthy");
        }

        runs.set(0);
        try (var vitals = Vitals.start(
                database,
                options -> options.every(Duration.ofMillis(10)).jitter(0).failuresToDown(3))) {
            Await.until("it has run", () -> runs.get() > 20);

            assertThat(vitals.ask()).isEqualTo(200);
            assertThat(vitals.monitor.report().changes())
                    .extracting(HealthReport.Change::to)
                    .containsExactly(Status.UP);
        }
    }

    @Test
    void dropwizardTellsItsListenersTwice() throws Exception {
        try (var dropwizard = Dropwizard.start(database)) {
            Await.until("it has run", () -> runs.get() > 3);
            does = () -> false;
            Await.until("it is down", () -> dropwizard.ask() == 503);
            Await.until("told", () -> dropwizard.told.size() > 1);

            assertThat(dropwizard.told).containsExactly("database=unhealthy", "database=unhealthy");
        }

        does = () -> true;
        List<String> told = new CopyOnWriteArrayList<>();
        var completed = new AtomicInteger();
        HealthMonitor.Builder builder = HealthMonitor.builder()
                .readiness(
                        "database",
                        Vitals.of(database.get("database")),
                        options -> options.every(Duration.ofMillis(20)))
                .listener(new HealthListener() {
                    @Override
                    public void onCompleted(HealthReport.Check after) {
                        completed.incrementAndGet();
                    }

                    @Override
                    public void onChanged(HealthReport.Check before, HealthReport.Check after) {
                        told.add(before.status() + " to " + after.status());
                    }
                });
        try (var vitals = Vitals.start(builder)) {
            Await.until("it is up", () -> vitals.ask() == 200);
            does = () -> false;
            Await.until("it is down", () -> vitals.ask() == 503);
            int soFar = completed.get();
            Await.until("it has run on", () -> completed.get() > soFar + 3);

            assertThat(told).containsExactly("DOWN to UP", "UP to DOWN");
        }
    }

    @Test
    void dropwizardUndoesItsDrainWhenAnOptionalCheckRecovers() throws Exception {
        Map<String, Callable<Boolean>> optional = Map.of("optional", () -> does.call());
        does = () -> false;
        try (var dropwizard = Dropwizard.start(optional)) {
            Await.until("it is down", () -> dropwizard.told.contains("optional=unhealthy"));
            assertThat(dropwizard.ask()).as("it is not critical").isEqualTo(200);
            var drain = CompletableFuture.runAsync(dropwizard::shutDownDelayed);
            Await.until("it drains", () -> dropwizard.ask() == 503);
            does = () -> true;
            Await.until("it wants traffic again", () -> dropwizard.ask() == 200);

            assertThat(drain).as("drains still").isNotDone();
            drain.get();
            assertThat(dropwizard.ask()).as("at the end of its drain").isEqualTo(200);
        }

        does = () -> false;
        try (var vitals = Vitals.start(optional, options -> options.optional())) {
            Await.until("it is down", () -> statusOf("optional", vitals) == Status.DOWN);
            assertThat(vitals.ask()).as("it is not critical").isEqualTo(200);
            vitals.monitor.drain(Duration.ZERO);
            does = () -> true;
            Await.until("it recovers", () -> statusOf("optional", vitals) == Status.UP);

            assertThat(vitals.ask()).isEqualTo(503);
        }
    }

    @Test
    void dropwizardNeverAgainRunsACheckThatThrewAnError() throws Exception {
        Callable<Boolean> throwing = () -> {
            throw new NoClassDefFoundError("driver");
        };
        try (var dropwizard = Dropwizard.start(database)) {
            Await.until("it has run", () -> runs.get() > 3);
            does = throwing;
            Await.until("it threw", () -> settles(runs));

            assertThat(dropwizard.ask()).as("healthy as ever").isEqualTo(200);
        }

        does = () -> true;
        try (var vitals = Vitals.start(database)) {
            Await.until("it is up", () -> vitals.ask() == 200);
            does = throwing;
            Await.until("it is down", () -> vitals.ask() == 503);
            assertThat(vitals.monitor.report().checks().get(0).reason()).isEqualTo("NoClassDefFoundError");
            does = () -> true;
            Await.until("it is up again", () -> vitals.ask() == 200);
        }
    }

    @Test
    void smallRyeDoesNotApplyItsTimeoutToSynchronousChecks() throws Exception {
        AsyncHealthCheck silent = () -> Uni.createFrom().nothing();
        try (var smallRye = SmallRye.start(Map.of())) {
            smallRye.reporter.addHealthCheck(silent);
            assertThatThrownBy(smallRye.reporter::getHealth)
                    .as("the second that it may take is over")
                    .isInstanceOf(io.smallrye.mutiny.TimeoutException.class);
            smallRye.reporter.removeHealthCheck(silent);
        }
        runPeer(SmallRye.start(database), smallRye -> {
            Await.until("it is well", () -> smallRye.ask() == 200);
            does = hangs.lock();
            var patient = CompletableFuture.supplyAsync(
                    () -> smallRye.reporter.getHealth().getPayload().getString("status"));

            assertThat(smallRye.ask(smallRye.readiness(), Duration.ofSeconds(3)))
                    .as("three times its timeout")
                    .isZero();
            assertThat(patient).isNotDone();
            hangs.end();
            assertThat(patient.get()).as("long after its timeout").isEqualTo(HealthCheckResponse.Status.UP.name());
        });

        // That it has an answer, and the reason for it, is what the method holds by itself.
        runVitals(vitals -> assertThat(vitals.monitor.report().engine().hung()).isEqualTo(1));
    }

    /**
     * Of 5.1.1 the status is 500 and not the 503 of a check that is down: its handler takes a timeout for an error of
     * the check.
     */
    @Test
    void vertxAnswersAfterASecondEachAndLosesItsWorkerThreads() throws Exception {
        runPeer(VertxPeer.start(database), vertx -> {
            Await.until("it is well", () -> vertx.ask() == 200);
            does = hangs.lock();
            long start = System.nanoTime();
            assertThat(vertx.ask(vertx.readiness(), Duration.ofSeconds(5))).isEqualTo(500);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));

            Load.Figures figures = Load.on(vertx, 30, Duration.ofSeconds(1));

            assertThat(figures.answered()).as("within a second").isZero();
            Await.until(
                    "all 20 hang",
                    () -> Threads.in(Hangs.class, name -> name.startsWith("vert.x-worker-thread")) == 20);
            var ofTheApplication = vertx.vertx
                    .executeBlocking(() -> "done", false)
                    .toCompletionStage()
                    .toCompletableFuture();
            assertThatThrownBy(() -> ofTheApplication.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            hangs.end();
            assertThat(ofTheApplication.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        });

        runVitals(vitals -> {
            Load.Figures figures = Load.on(vitals, 30, Duration.ofSeconds(1));

            assertThat(figures.answered()).as("within a second").isEqualTo(30);
            assertThat(figures.statuses()).containsOnlyKeys(503);
            assertThat(Threads.in(Hangs.class, name -> true)).isEqualTo(1);
        });
    }

    private interface Assertion<T> {
        void on(T peer) throws Exception;
    }

    /** Hangs end before the peer stops, for some wait for their checks then. */
    private <T extends Peer> void runPeer(T peer, Assertion<T> assertion) throws Exception {
        try {
            assertion.on(peer);
        } finally {
            hangs.end();
            peer.close();
        }
    }

    /** The check is well, then it hangs, what is asserted holds, and it recovers. */
    private void runVitals(Assertion<Vitals> assertion) throws Exception {
        hangs.end();
        hangs = new Hangs();
        does = () -> true;
        try (var vitals = Vitals.start(database)) {
            Await.until("it is up", () -> vitals.ask() == 200);
            does = hangs.lock();
            Await.until("its deadline has passed", () -> reasonOf(vitals).startsWith("no answer in 200 ms"));
            assertThat(vitals.ask()).isEqualTo(503);

            assertion.on(vitals);

            hangs.end();
            Await.until("it is up again", () -> vitals.ask() == 200);
        }
    }

    private static String reasonOf(Vitals vitals) {
        return requireNonNullElse(vitals.monitor.report().checks().get(0).reason(), "");
    }

    private static Status statusOf(String name, Vitals vitals) {
        return vitals.monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findAny()
                .orElseThrow()
                .status();
    }

    /** Whether a count stands still for fifty intervals of dropwizard's checks. */
    private static boolean settles(AtomicInteger count) {
        int before = count.get();
        LockSupport.parkNanos(500_000_000);
        return count.get() == before;
    }
}
