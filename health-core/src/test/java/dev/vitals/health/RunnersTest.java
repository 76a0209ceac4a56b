package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The threads of checks: 64 at the most, and none of them is ever lost. */
@Timeout(60)
class RunnersTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Runners runners = Runners.onThreads();
    private final String ownName = Thread.currentThread().getName();

    @AfterEach
    void stop() {
        // Some of these run on this very thread.
        Thread.currentThread().setName(ownName);
        release.countDown();
        runners.close();
        logged.close();
    }

    @Test
    void nobodyIsLostAndNeverMoreThanSixtyFourAreUnderWay() {
        var done = new AtomicInteger();
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            runners.run(number, "check", () -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                if (number % 100 == 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
                underWay.decrementAndGet();
                done.incrementAndGet();
                if (number % 7 == 0) {
                    throw new IllegalStateException("a run that throws keeps no thread from the others");
                }
            });
        }

        eventually(() -> done.get() == 5_000);
        eventually(() -> runners.underWay() == 0);
        assertThat(most.get()).isBetween(1, Runners.MOST);
    }

    @Test
    void whoWaitsHasHisTurnInOrderAndMayWithdraw() {
        var order = new ArrayList<Integer>();
        Executor later = new QueuedThreads();
        var inOrder = new Runners(later, () -> {});
        for (int i = 0; i < Runners.MOST + 4; i++) {
            int number = i;
            inOrder.run(number, "check-" + number, () -> order.add(number));
        }
        assertThat(inOrder.underWay()).isEqualTo(Runners.MOST);
        inOrder.withdraw(Runners.MOST + 1);

        ((QueuedThreads) later).runAll();

        assertThat(order).hasSize(Runners.MOST + 3).doesNotContain(Runners.MOST + 1);
        assertThat(order.subList(0, 4)).containsExactly(0, 64, 66, 67);
        assertThat(inOrder.underWay()).isZero();
    }

    @Test
    void withoutMemoryForAThreadNoPlaceIsLost() {
        var none = new AtomicBoolean(true);
        var ran = new AtomicInteger();
        var poor = new Runners(
                task -> {
                    if (none.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                },
                () -> {});
        for (int i = 0; i < 3 * Runners.MOST; i++) {
            int owner = i;
            assertThatThrownBy(() -> poor.run(owner, "check", ran::incrementAndGet))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(poor.underWay()).isZero();
        none.set(false);

        IntStream.range(0, 3 * Runners.MOST).forEach(i -> poor.run(i, "check", ran::incrementAndGet));

        assertThat(ran).hasValue(3 * Runners.MOST);
        assertThat(poor.underWay()).isZero();
    }

    /** Where memory has run out, saying so may fail as well. */
    @Test
    void whereEvenTheLogThrowsNoPlaceAndNoTaskIsLost() {
        Logger logger = (Logger) LoggerFactory.getLogger(HealthMonitor.class);
        var outOfMemory = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                throw new OutOfMemoryError("in the log");
            }
        };
        outOfMemory.start();
        logger.addAppender(outOfMemory);
        var ran = new AtomicInteger();
        try {
            var threads = new QueuedThreads();
            var poor = new Runners(threads, () -> {});
            for (int i = 0; i < 3 * Runners.MOST; i++) {
                poor.run(i, "check", () -> {
                    ran.incrementAndGet();
                    throw new OutOfMemoryError("in the run");
                });
            }
            threads.runAll();

            assertThat(ran).hasValue(3 * Runners.MOST);
            assertThat(poor.underWay()).isZero();
        } finally {
            logger.detachAppender(outOfMemory);
        }
    }

    @Test
    void afterTheCloseNothingBegins() throws Exception {
        var begun = new CountDownLatch(Runners.MOST);
        var later = new AtomicInteger();
        for (int i = 0; i < Runners.MOST; i++) {
            runners.run(i, "check", () -> {
                begun.countDown();
                hang();
            });
        }
        begun.await();
        runners.run("waiting", "check", later::incrementAndGet);

        runners.close();
        assertThatThrownBy(() -> runners.run("late", "check", later::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        release.countDown();

        eventually(() -> runners.underWay() == 0);
        assertThat(later).hasValue(0);
    }

    @Test
    void aThreadBearsTheNameOfItsCheckWhileItRuns() {
        List<String> names = new ArrayList<>();
        var sameThread = new Runners(Runnable::run, () -> {});

        sameThread.run(1, "database", () -> names.add(Thread.currentThread().getName()));

        assertThat(names).containsExactly("vitals-check-database");
        assertThat(Thread.currentThread().getName()).isEqualTo("vitals-idle");
    }

    private void hang() {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                // The kind of run that this is about.
            }
        }
    }

    /** Threads that begin when told to, one after the other on the caller's; what they throw, they alone die of. */
    private static final class QueuedThreads implements Executor {
        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void runAll() {
            for (int i = 0; i < tasks.size(); i++) {
                try {
                    tasks.get(i).run();
                } catch (OutOfMemoryError deathOfTheThread) {
                    // As a real thread's: nobody hears of it.
                }
            }
        }
    }
}
