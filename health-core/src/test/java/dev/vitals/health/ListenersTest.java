package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners hear everything in order, and harm nobody. */
@Timeout(60)
class ListenersTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        logged.close();
    }

    @Test
    void aSlowListenerLosesCompletionsBeforeChangesAndTheOthersLoseNothing() {
        var heard = new ArrayList<String>();
        var otherHeard = new AtomicInteger();
        var begun = new CountDownLatch(1);
        HealthListener slow = new HealthListener() {
            @Override
            public void onCompleted(HealthReport.Check after) {
                begun.countDown();
                awaitRelease();
                heard.add("completed");
            }

            @Override
            public void onChanged(HealthReport.Check before, HealthReport.Check after) {
                heard.add("changed");
            }
        };
        HealthListener quick = new HealthListener() {
            @Override
            public void onCompleted(HealthReport.Check after) {
                otherHeard.incrementAndGet();
            }
        };
        var listeners = new Listeners(List.of(slow, quick), ListenersTest::thread);
        HealthReport.Check check = check(Status.DOWN);
        listeners.completed(check);
        eventually(() -> begun.getCount() == 0);
        int half = Listeners.LONGEST_QUEUE / 2;
        for (int i = 0; i < 2 * half; i++) {
            int told = i + 2;
            listeners.completed(check);
            eventually(() -> otherHeard.get() == told);
        }
        assertThat(listeners.dropped()).isEqualTo(half);
        for (int i = 0; i < half; i++) {
            listeners.changed(check, check);
        }
        assertThat(listeners.dropped()).as("there is room for changes").isEqualTo(half);
        listeners.changed(check, check);
        assertThat(listeners.dropped()).as("up to a limit").isEqualTo(half + 1);

        release.countDown();
        listeners.close();

        eventually(() -> heard.size() == 1 + half + half);
        assertThat(heard.subList(0, half + 1)).containsOnly("completed");
        assertThat(heard.subList(half + 1, heard.size())).containsOnly("changed");
    }

    @Test
    void aListenerThatThrowsIsComplainedOfOnceAndGoesOnHearing() {
        var heard = new AtomicInteger();
        HealthListener throwing = new HealthListener() {
            @Override
            public void onCompleted(HealthReport.Check after) {
                if (heard.incrementAndGet() % 2 == 0) {
                    throw new StackOverflowError("secret");
                }
                throw new IllegalStateException("secret");
            }
        };
        var listeners = new Listeners(List.of(throwing), ListenersTest::thread);

        for (int i = 0; i < 100; i++) {
            listeners.completed(check(Status.UP));
        }

        eventually(() -> heard.get() == 100);
        listeners.close();
        assertThat(listeners.dropped()).isZero();
        assertThat(logged.lines())
                .containsExactly("ERROR a listener, told of once threw java.lang.IllegalStateException");
    }

    @Test
    void aListenerThatInterruptsItselfHearsTheNextCallInPeace() {
        var interrupted = new CopyOnWriteArrayList<Boolean>();
        HealthListener self = new HealthListener() {
            @Override
            public void onCompleted(HealthReport.Check after) {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
            }
        };
        var listeners = new Listeners(List.of(self), ListenersTest::thread);

        for (int i = 0; i < 3; i++) {
            listeners.completed(check(Status.UP));
        }

        eventually(() -> interrupted.size() == 3);
        listeners.close();
        assertThat(interrupted).containsOnly(false);
    }

    @Test
    void withoutAThreadForItACallIsCountedAsLeftOut() {
        var listeners = new Listeners(
                List.of(new HealthListener() {}), () -> new java.util.concurrent.AbstractExecutorService() {
                    @Override
                    public void execute(Runnable task) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }

                    @Override
                    public void shutdown() {}

                    @Override
                    public List<Runnable> shutdownNow() {
                        return List.of();
                    }

                    @Override
                    public boolean isShutdown() {
                        return false;
                    }

                    @Override
                    public boolean isTerminated() {
                        return false;
                    }

                    @Override
                    public boolean awaitTermination(long timeout, java.util.concurrent.TimeUnit unit) {
                        return true;
                    }
                });

        for (int i = 0; i < 2 * Listeners.LONGEST_QUEUE; i++) {
            listeners.changed(check(Status.UP), check(Status.DOWN));
        }

        assertThat(listeners.dropped()).isEqualTo(2 * Listeners.LONGEST_QUEUE);
    }

    @Test
    void aListenerThatHangsHoldsUpNeitherChecksNorReaders() {
        HealthListener hung = new HealthListener() {
            @Override
            public void onChanged(HealthReport.Check before, HealthReport.Check after) {
                awaitRelease();
            }
        };
        var runs = new AtomicInteger();
        try (var monitor = HealthMonitor.builder()
                .listener(hung)
                .readiness(
                        "database",
                        deadline -> runs.incrementAndGet() % 2 == 0 ? HealthResult.up() : HealthResult.down("odd"),
                        check -> check.every(Duration.ofMillis(10)))
                .start()) {
            eventually(() -> runs.get() > 100);
            eventually(() -> monitor.status(Probe.READINESS) == Status.UP);
            assertThat(monitor.report().engine().underWay()).isLessThanOrEqualTo(1);
        }
    }

    private static java.util.concurrent.ExecutorService thread() {
        return Threads.one("listener", Listeners.LONGEST_QUEUE, new ThreadPoolExecutor.AbortPolicy());
    }

    private void awaitRelease() {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                // Slow whatever happens.
            }
        }
    }

    private static HealthReport.Check check(Status status) {
        var state = new CheckState(
                status,
                HealthResult.up(),
                SimulatedGround.START,
                SimulatedGround.START,
                0,
                Duration.ZERO,
                0,
                0,
                null,
                false,
                CheckState.Counts.NONE);
        var definition = CheckDefinition.of(
                "check", deadline -> HealthResult.up(), java.util.EnumSet.of(Probe.HEALTH), new CheckOptions());
        return Reports.of(definition, state, null, 0, 0);
    }
}
