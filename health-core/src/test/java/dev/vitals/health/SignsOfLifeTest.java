package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flag and a deadlock: what is known to be broken in this very process. */
@Timeout(60)
class SignsOfLifeTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final List<Thread> deadlocked = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : deadlocked) {
            thread.interrupt();
            thread.join();
        }
        logged.close();
    }

    @Test
    void aRaisedFlagFailsLivenessAtOnceUntilItIsLowered() throws Exception {
        var flag = LivenessFlag.lowered();
        try (var ground = new SimulatedGround()) {
            var monitor = HealthMonitor.builder()
                    .liveness("index", flag)
                    .readiness("index-for-traffic", flag.asCheck())
                    .start(ground.ground());
            ground.advanceSeconds(1);
            assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);

            flag.raise("corrupted, password=hunter2hunter2");
            assertThat(monitor.status(Probe.LIVENESS)).as("no check has to run").isEqualTo(Status.DOWN);
            assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.DOWN);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
            assertThat(monitor.report().checks().get(0).reason())
                    .startsWith("corrupted")
                    .doesNotContain("hunter2");
            ground.advanceSeconds(10);
            assertThat(monitor.status(Probe.READINESS)).as("as a check").isEqualTo(Status.DOWN);
            flag.lower();
            assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
            ground.advanceSeconds(10);

            assertThat(logged.lines("index is")).hasSize(2);
            assertThat(monitor.history("index")).isEmpty();
        }
        assertThatThrownBy(() -> flag.raise(null)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeadlockIsFoundNamedAndForgottenWhenItIsOver(boolean throughTheMonitor) throws Exception {
        var nanos = new AtomicLong();
        var scan = new DeadlockScan(nanos::get);
        scan.scan(Deadline.after(Duration.ofSeconds(5)));
        assertThat(scan.failure()).isNull();
        deadlock();

        if (throughTheMonitor) {
            try (var ground = new SimulatedGround()) {
                var monitor = HealthMonitor.builder()
                        .liveness("deadlocks", new DeadlockScan(ground.time().nanoTime()))
                        .start(ground.ground());
                assertThat(monitor.status(Probe.LIVENESS)).as("not looked yet").isEqualTo(Status.UP);
                ground.advanceSeconds(1);
                assertThat(monitor.status(Probe.LIVENESS)).as("seen once").isEqualTo(Status.UP);
                ground.advanceSeconds(10);
                assertThat(monitor.status(Probe.LIVENESS)).as("seen twice").isEqualTo(Status.DOWN);
                assertThat(monitor.report().checks()).singleElement().satisfies(check -> {
                    assertThat(check.name()).isEqualTo("deadlocks");
                    assertThat(check.probes()).containsExactlyInAnyOrder(Probe.HEALTH, Probe.LIVENESS);
                });
                ground.killScheduler();
                ground.advanceSeconds(36);
                assertThat(monitor.status(Probe.LIVENESS))
                        .as("what was found long ago is not known any more")
                        .isEqualTo(Status.UP);
            }
            return;
        }
        scan.scan(Deadline.after(Duration.ofSeconds(5)));
        assertThat(scan.failure()).isNull();
        scan.scan(Deadline.after(Duration.ofSeconds(5)));
        assertThat(scan.failure()).matches("2 threads are deadlocked: (one, other|other, one)");
        nanos.set(Duration.ofSeconds(35).toNanos());
        assertThat(scan.failure()).isNotNull();
        nanos.incrementAndGet();
        assertThat(scan.failure()).isNull();

        stop();
        scan.scan(Deadline.after(Duration.ofSeconds(5)));
        nanos.set(0);
        assertThat(scan.failure()).isNull();
    }

    @Test
    void asACheckAScanLooksByItself() throws Exception {
        HealthCheck check = LivenessCheck.deadlock().asCheck();
        assertThat(check.check(Deadline.after(Duration.ofSeconds(5))).status()).isEqualTo(Status.UP);
        deadlock();

        assertThat(check.check(Deadline.after(Duration.ofSeconds(5))).status()).isEqualTo(Status.UP);
        assertThat(check.check(Deadline.after(Duration.ofSeconds(5))).status()).isEqualTo(Status.DOWN);
    }

    @Test
    void locksThatGiveUpByThemselvesAreNoDeadlock() throws Exception {
        Lock one = new ReentrantLock();
        Lock other = new ReentrantLock();
        var bothHold = new CyclicBarrier(2);
        deadlocked.add(patient(one, other, bothHold));
        deadlocked.add(patient(other, one, bothHold));
        deadlocked.forEach(Thread::start);
        eventually(() -> ((ReentrantLock) one).hasQueuedThreads() && ((ReentrantLock) other).hasQueuedThreads());
        var scan = new DeadlockScan(System::nanoTime);

        for (int i = 0; i < 3; i++) {
            scan.scan(Deadline.after(Duration.ofSeconds(5)));
            assertThat(scan.failure()).isNull();
        }
    }

    private static Thread patient(Lock first, Lock second, CyclicBarrier bothHold) {
        var thread = new Thread(() -> {
            first.lock();
            try {
                bothHold.await();
                if (second.tryLock(1, TimeUnit.MINUTES)) {
                    second.unlock();
                }
            } catch (InterruptedException | BrokenBarrierException undone) {
                Thread.currentThread().interrupt();
            } finally {
                first.unlock();
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void aScanThatFailsLeavesWhatIsKnown() throws Exception {
        var fails = new AtomicBoolean();
        var port = new AcceptorScan(
                () -> {
                    if (fails.get()) {
                        throw new IllegalStateException("the server is not there");
                    }
                    return 0;
                },
                new AcceptedSockets(List.of()),
                System::nanoTime);
        try (var ground = new SimulatedGround()) {
            var monitor = HealthMonitor.builder().liveness("port", port).start(ground.ground());
            fails.set(true);

            ground.advance(Duration.ofMinutes(10));

            assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
            assertThat(monitor.report().engine().underWay()).isZero();
        }
    }

    private void deadlock() {
        Lock one = new ReentrantLock();
        Lock other = new ReentrantLock();
        var bothHold = new CyclicBarrier(2);
        deadlocked.add(waiter("one", one, other, bothHold));
        deadlocked.add(waiter("other", other, one, bothHold));
        deadlocked.forEach(Thread::start);
        eventually(() -> deadlocked.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)
                && bothHold.getNumberWaiting() == 0
                && ((ReentrantLock) one).hasQueuedThreads()
                && ((ReentrantLock) other).hasQueuedThreads());
    }

    private static Thread waiter(String name, Lock first, Lock second, CyclicBarrier bothHold) {
        var thread = new Thread(
                () -> {
                    first.lock();
                    try {
                        bothHold.await();
                        second.lockInterruptibly();
                        second.unlock();
                    } catch (InterruptedException | BrokenBarrierException undone) {
                        Thread.currentThread().interrupt();
                    } finally {
                        first.unlock();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }
}
