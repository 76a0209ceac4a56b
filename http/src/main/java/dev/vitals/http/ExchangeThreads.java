package dev.vitals.http;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a {@link ManagementServer}. The JDK's server reads a request on the thread that answers it, so a
 * client that sends a byte a second holds one. Nobody holds one for long here: past a limit the thread is interrupted,
 * which closes the client's connection; and when all are taken, the one held longest is given up at once.
 */
final class ExchangeThreads implements Executor {
    static final int MOST = 128;
    static final long LIMIT_NANOS = 2_000_000_000L;
    /** What an honest exchange stays far below; one that has taken longer may be given up when threads are short. */
    static final long SLOW_NANOS = 250_000_000L;

    private static final int MOST_WAITING = 1024;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final Queue<Runnable> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger made = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            MOST,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, "vitals-management-" + made.incrementAndGet()));
    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, task -> daemon(task, "vitals-management-watchdog"));

    void start() {
        var unused = watchdog.scheduleWithFixedDelay(
                this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Called by the JDK server's dispatcher for each request; it drops the connection where this throws. */
    @Override
    public void execute(Runnable exchange) {
        try {
            threads.execute(() -> runAll(exchange));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            if (threads.isShutdown() || !waiting.offer(exchange)) {
                throw new RejectedExecutionException("no thread and no place to wait");
            }
            giveUpSlowest();
        }
    }

    private void runAll(@Nullable Runnable first) {
        Runnable next = first;
        while (next != null) {
            var exchange = new Exchange(Thread.currentThread());
            underWay.add(exchange);
            try {
                next.run();
            } finally {
                exchange.finish();
                underWay.remove(exchange);
            }
            next = waiting.poll();
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Exchange exchange : underWay) {
            if (now - exchange.startedNanos >= LIMIT_NANOS) {
                exchange.giveUp();
            }
        }
        // A thread may have let go between a refusal and the queueing: whoever waits then is taken up here.
        if (!waiting.isEmpty()) {
            try {
                threads.execute(() -> runAll(waiting.poll()));
            } catch (RejectedExecutionException | OutOfMemoryError stillBusy) {
                giveUpSlowest();
            }
        }
    }

    private void giveUpSlowest() {
        Exchange slowest = null;
        for (Exchange exchange : underWay) {
            if (slowest == null || exchange.startedNanos - slowest.startedNanos < 0) {
                slowest = exchange;
            }
        }
        if (slowest != null && System.nanoTime() - slowest.startedNanos >= SLOW_NANOS) {
            slowest.giveUp();
        }
    }

    /** Waits until nothing is under way, then lets all threads go. */
    void awaitQuiet(long limitNanos) {
        long end = System.nanoTime() + limitNanos;
        boolean interrupted = false;
        while (!underWay.isEmpty() && System.nanoTime() - end < 0 && !interrupted) {
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        threads.shutdownNow();
        watchdog.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One exchange on its thread. */
    private static final class Exchange {
        final long startedNanos = System.nanoTime();
        private @Nullable Thread thread;

        Exchange(Thread thread) {
            this.thread = thread;
        }

        synchronized void giveUp() {
            if (thread != null) {
                thread.interrupt();
                thread = null;
            }
        }

        synchronized void finish() {
            thread = null;
            // Clears what the watchdog may have left for the next exchange on this thread.
            Thread.interrupted();
        }
    }
}
