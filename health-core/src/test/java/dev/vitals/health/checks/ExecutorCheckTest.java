package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorCheckTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<ExecutorService> pools = new ArrayList<>();

    @AfterEach
    void stop() {
        release.countDown();
        pools.forEach(ExecutorService::shutdownNow);
    }

    private ThreadPoolExecutor pool(int core, int most, BlockingQueue<Runnable> queue) {
        var pool = new ThreadPoolExecutor(core, most, 1, TimeUnit.SECONDS, queue);
        pools.add(pool);
        return pool;
    }

    private void submit(ExecutorService pool, int tasks) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(this::hold);
        }
    }

    private void hold() {
        try {
            release.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anIdlePoolAndAPoolWellUsedAreUp() throws Exception {
        ThreadPoolExecutor pool = pool(2, 2, new ArrayBlockingQueue<>(10));
        assertThat(run(ExecutorCheck.of(pool)).status()).isEqualTo(Status.UP);

        submit(pool, 2);
        eventually(() -> pool.getActiveCount() == 2);

        HealthResult result = run(ExecutorCheck.of(pool));
        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(measured(result, "executor.active")).isEqualTo(2);
        assertThat(measured(result, "executor.used.ratio")).isEqualTo(1);
        assertThat(measured(result, "executor.queue.used.ratio")).isEqualTo(0);
    }

    @Test
    void aQueueNearlyFullIsDegradedAndAFullOneIsDown() throws Exception {
        ThreadPoolExecutor pool = pool(2, 2, new ArrayBlockingQueue<>(10));
        ExecutorCheck check = ExecutorCheck.of(pool);
        submit(pool, 2 + 7);
        eventually(() -> pool.getActiveCount() == 2);
        assertThat(run(check).status()).isEqualTo(Status.UP);
        assertThat(run(check.degradedFromFill(0.7)).status()).isEqualTo(Status.DEGRADED);

        submit(pool, 1);
        assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
        assertThat(run(check).reason()).isEqualTo("queue 80 % full, 8 tasks wait");

        submit(pool, 2);
        HealthResult full = run(check);
        assertThat(full.status()).isEqualTo(Status.DOWN);
        assertThat(full.reason()).isEqualTo("all 2 threads at work and the queue of 10 is full");
        assertThat(measured(full, "executor.queued")).isEqualTo(10);
        assertThat(measured(full, "executor.queue.used.ratio")).isEqualTo(1);
    }

    @Test
    void aFullQueueIsNotYetDownWhileThePoolMakesThreads() throws Exception {
        ThreadPoolExecutor pool = pool(1, 2, new ArrayBlockingQueue<>(1));
        submit(pool, 2);
        eventually(() -> pool.getActiveCount() == 1);

        assertThat(run(ExecutorCheck.of(pool)).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void anUnboundedQueueIsDegradedWhenItIsLong() throws Exception {
        ThreadPoolExecutor pool = pool(1, 8, new LinkedBlockingQueue<>());
        submit(pool, 1 + 999);
        eventually(() -> pool.getQueue().size() == 999);
        assertThat(run(ExecutorCheck.of(pool)).status()).isEqualTo(Status.UP);

        submit(pool, 1);
        HealthResult result = run(ExecutorCheck.of(pool));
        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.reason()).isEqualTo("1000 tasks wait, 1000 are many");
        assertThat(result.details()).containsEntry("threads", 1).doesNotContainKey("capacity");
        assertThat(run(ExecutorCheck.of(pool).degradedFromWaiting(1_001)).status())
                .isEqualTo(Status.UP);
    }

    @Test
    void aPoolWithoutAQueueIsDownWhileAllItsThreadsWork() throws Exception {
        ThreadPoolExecutor pool = pool(0, 1, new SynchronousQueue<>());
        assertThat(run(ExecutorCheck.of(pool)).status()).isEqualTo(Status.UP);

        submit(pool, 1);
        eventually(() -> pool.getActiveCount() == 1);

        assertThat(run(ExecutorCheck.of(pool)).reason()).isEqualTo("all 1 threads at work and nothing can wait");
    }

    @Test
    void inAScheduledPoolOnlyWhatIsDueWaits() throws Exception {
        var pool = new ScheduledThreadPoolExecutor(1);
        pools.add(pool);
        for (int i = 0; i < 20; i++) {
            var unused = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
        ExecutorCheck check = ExecutorCheck.of(pool).degradedFromWaiting(3);
        assertThat(measured(run(check), "executor.queued")).isEqualTo(0);

        submit(pool, 4);
        // A thread that is just being made counts as active before it takes its task.
        eventually(() -> pool.getQueue().size() == 20 + 3);

        assertThat(measured(run(check), "executor.queued")).isEqualTo(3);
        assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void tasksRefusedSinceTheLastRunAreToldOnce() throws Exception {
        var refused = new AtomicLong(5);
        ThreadPoolExecutor pool = pool(1, 1, new ArrayBlockingQueue<>(1));
        ExecutorCheck check = ExecutorCheck.of(pool).countingRejected(refused::get);
        assertThat(run(check).status()).isEqualTo(Status.UP);

        refused.addAndGet(3);
        HealthResult result = run(check);
        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.reason()).isEqualTo("3 tasks refused since the last look");
        assertThat(measured(result, "executor.rejected")).isEqualTo(8);
        assertThat(run(check).status()).isEqualTo(Status.UP);
    }

    @Test
    void aPoolThatIsShutDownIsDown() throws Exception {
        ThreadPoolExecutor pool = pool(1, 1, new ArrayBlockingQueue<>(1));
        pool.shutdown();

        assertThat(run(ExecutorCheck.of(pool)).status()).isEqualTo(Status.DOWN);
        assertThat(run(ExecutorCheck.of(pool)).reason()).isEqualTo("the pool is shut down");
    }

    @Test
    void aForkJoinPoolIsDegradedWhenManyTasksWait() throws Exception {
        var pool = new ForkJoinPool(1);
        pools.add(pool);
        ExecutorCheck check = ExecutorCheck.of(pool).degradedFromWaiting(5);
        assertThat(run(check).status()).isEqualTo(Status.UP);

        submit(pool, 1 + 5);
        eventually(() -> pool.getQueuedSubmissionCount() + pool.getQueuedTaskCount() == 5);

        HealthResult result = run(check);
        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(measured(result, "executor.active")).isEqualTo(1);
        assertThat(run(ExecutorCheck.of(ForkJoinPool.commonPool())).status()).isEqualTo(Status.UP);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> ExecutorCheck.of((ThreadPoolExecutor) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make it first");
        ExecutorCheck check = ExecutorCheck.of(ForkJoinPool.commonPool());
        assertThatThrownBy(() -> check.degradedFromWaiting(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.degradedFromFill(80)).isInstanceOf(IllegalArgumentException.class);
    }
}
