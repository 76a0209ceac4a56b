package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a thread pool keeps up. DOWN when it was shut down, or when all its threads are at work and its queue is full, so
 * that the next task is refused; DEGRADED when its queue is four fifths full, when 1,000 tasks wait, or when tasks were
 * refused since the run before. Advisory. Safe for use by many threads.
 *
 * <pre>{@code
 * .readiness("workers", ExecutorCheck.of(workers), check -> check.failuresToDown(3))
 * }</pre>
 *
 * <p>All threads at work and nothing waiting is a pool well used. A pool without a queue, such as one over a
 * {@link java.util.concurrent.SynchronousQueue}, refuses whatever comes while all its threads are at work: where that happens for
 * moments, ask for several failures in a row. In a scheduled pool only tasks that are due count as waiting.
 *
 * <p>Measures {@code executor.active} ({thread}), {@code executor.used.ratio} (1), {@code executor.queued} ({task}), for a
 * queue with an end {@code executor.queue.used.ratio} (1), and {@code executor.rejected} ({task}) where it is told.
 */
public final class ExecutorCheck implements HealthCheck {
    private final Supplier<PoolSample> pool;
    private final long many;
    private final double full;
    private final @Nullable LongSupplier rejected;
    private long lastRejected;

    private ExecutorCheck(Supplier<PoolSample> pool, long many, double full, @Nullable LongSupplier rejected) {
        this.pool = pool;
        this.many = many;
        this.full = full;
        this.rejected = rejected;
        this.lastRejected = rejected == null ? 0 : rejected.getAsLong();
    }

    /**
     * {@return a check of a pool}
     *
     * @param pool the application's own; its queue's {@code size} is asked in each run
     * @throws IllegalArgumentException if there is none
     */
    public static ExecutorCheck of(@Nullable ThreadPoolExecutor pool) {
        ThreadPoolExecutor given =
                Options.given(pool, "the pool is null: make it first, then give it to ExecutorCheck.of");
        return new ExecutorCheck(() -> PoolSample.of(given), 1_000, 0.8, null);
    }

    /**
     * {@return a check of a fork-join pool}
     *
     * @param pool the application's own, or the common one
     * @throws IllegalArgumentException if there is none
     */
    public static ExecutorCheck of(@Nullable ForkJoinPool pool) {
        ForkJoinPool given = Options.given(pool, "the pool is null: make it first, then give it to ExecutorCheck.of");
        return new ExecutorCheck(() -> PoolSample.of(given), 1_000, 0.8, null);
    }

    /**
     * {@return this check, DEGRADED when another number of tasks wait}
     *
     * @param tasks at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    public ExecutorCheck degradedFromWaiting(long tasks) {
        return new ExecutorCheck(pool, Options.atLeast(1, tasks, "degradedFromWaiting"), full, rejected);
    }

    /**
     * {@return this check, DEGRADED when another share of a queue with an end is taken}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share
     */
    public ExecutorCheck degradedFromFill(double share) {
        return new ExecutorCheck(pool, many, Options.share(share, "degradedFromFill"), rejected);
    }

    /**
     * {@return this check, DEGRADED also when tasks were refused since the run before} A pool does not count them; its
     * {@link java.util.concurrent.RejectedExecutionHandler} can.
     *
     * @param count all that were ever refused
     */
    public ExecutorCheck countingRejected(LongSupplier count) {
        return new ExecutorCheck(
                pool, many, full, Options.given(count, "countingRejected(null): give it a counter's get"));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public synchronized HealthResult check(Deadline deadline) {
        PoolSample now = pool.get();
        LongSupplier count = rejected;
        long total = count == null ? 0 : count.getAsLong();
        HealthResult result = verdict(now, total - lastRejected)
                .withDetail("active", now.active())
                .withDetail("threads", now.most())
                .withDetail("waiting", now.waiting())
                .withMeasurement("executor.active", "{thread}", now.active())
                .withMeasurement("executor.used.ratio", "1", now.busy())
                .withMeasurement("executor.queued", "{task}", (double) now.waiting());
        lastRejected = total;
        if (now.bounded()) {
            result = result.withDetail("capacity", now.capacity())
                    .withMeasurement("executor.queue.used.ratio", "1", now.fill());
        }
        return count == null
                ? result
                : result.withDetail("rejected", total).withMeasurement("executor.rejected", "{task}", (double) total);
    }

    private HealthResult verdict(PoolSample now, long refused) {
        if (now.shutDown()) {
            return HealthResult.down("the pool is shut down");
        }
        if (now.refusesNext()) {
            String queue = now.capacity() == 0 ? "nothing can wait" : "the queue of " + now.capacity() + " is full";
            return HealthResult.down("all " + now.most() + " threads at work and " + queue);
        }
        if (refused > 0) {
            return HealthResult.degraded(refused + " tasks refused since the last look");
        }
        if (now.waiting() > 0 && now.fill() >= full) {
            return HealthResult.degraded(
                    "queue " + Text.percent(now.fill()) + " full, " + now.waiting() + " tasks wait");
        }
        return now.waiting() >= many
                ? HealthResult.degraded(now.waiting() + " tasks wait, " + many + " are many")
                : HealthResult.up();
    }
}
