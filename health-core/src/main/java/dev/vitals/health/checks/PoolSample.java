package dev.vitals.health.checks;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pool at one moment.
 *
 * @param active threads at work
 * @param most threads that it would make
 * @param waiting tasks that wait
 * @param capacity how many may wait; {@link #UNBOUNDED} where nothing stops them
 * @param shutDown whether it takes no more tasks
 */
record PoolSample(int active, int most, long waiting, long capacity, boolean shutDown) {
    static final long UNBOUNDED = Long.MAX_VALUE;

    static PoolSample of(ThreadPoolExecutor pool) {
        BlockingQueue<Runnable> queue = pool.getQueue();
        if (pool instanceof ScheduledThreadPoolExecutor) {
            return new PoolSample(
                    pool.getActiveCount(), pool.getCorePoolSize(), due(queue), UNBOUNDED, pool.isShutdown());
        }
        long waiting = queue.size();
        long capacity = waiting + queue.remainingCapacity();
        boolean unbounded = capacity >= Integer.MAX_VALUE;
        // A pool makes more than its core threads only when its queue refuses a task, and an unbounded one never does.
        int most = unbounded ? pool.getCorePoolSize() : pool.getMaximumPoolSize();
        return new PoolSample(
                pool.getActiveCount(), most, waiting, unbounded ? UNBOUNDED : capacity, pool.isShutdown());
    }

    static PoolSample of(ForkJoinPool pool) {
        long waiting = pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount();
        return new PoolSample(
                pool.getActiveThreadCount(), pool.getParallelism(), waiting, UNBOUNDED, pool.isShutdown());
    }

    /** Tasks that should have begun; most of such a queue is not due yet. */
    private static long due(BlockingQueue<Runnable> queue) {
        return queue.stream()
                .filter(task -> task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) <= 0)
                .count();
    }

    boolean bounded() {
        return capacity != UNBOUNDED;
    }

    boolean refusesNext() {
        return bounded() && waiting >= capacity && active >= most;
    }

    /** How full the queue is; 0 where nothing stops it, or where it holds nothing by its nature. */
    double fill() {
        return bounded() && capacity > 0 ? (double) waiting / capacity : 0;
    }

    double busy() {
        return Math.min(1, (double) active / Math.max(1, most));
    }
}
