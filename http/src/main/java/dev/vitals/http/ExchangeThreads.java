package dev.vitals.http;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
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
 * which closes the client's connection. When all threads are taken, whoever has held one for longer than an honest
 * exchange takes is given up for those who wait, and of those the newest goes first: it may be a probe, while an old one
 * has most likely given up itself.
 */
final class ExchangeThreads implements Executor {
    static final int MOST = 128;
    static final long LIMIT_NANOS = 2_000_000_000L;
    /** What an honest exchange stays far below. */
    static final long SLOW_NANOS = 250_000_000L;

    private static final int MOST_WAITING = 1024;
    private static final long LOOK_EVERY_MILLIS = 20;

    private static final System.Logger LOG = System.getLogger(ManagementServer.class.getName());

    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final BlockingDeque<Runnable> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
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
        if (tryRun(exchange)) {
            return;
        }
        while (!waiting.offerLast(exchange)) {
            Runnable oldest = waiting.pollFirst();
            if (threads.isShutdown() || oldest == null) {
                throw new RejectedExecutionException("closed");
            }
            drop(oldest);
        }
        giveUpSlow(System.nanoTime(), SLOW_NANOS, 1);
    }

    private boolean tryRun(@Nullable Runnable exchange) {
        try {
            threads.execute(() -> runAll(exchange));
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return false;
        }
    }

    /** One exchange after the other, as long as somebody waits. */
    private void runAll(@Nullable Runnable first) {
        Runnable next = first != null ? first : waiting.pollLast();
        while (next != null) {
            var exchange = new Exchange(Thread.currentThread());
            underWay.add(exchange);
            try {
                next.run();
            } finally {
                exchange.finish();
                underWay.remove(exchange);
            }
            next = waiting.pollLast();
        }
    }

    /** Run on an interrupted thread, an exchange ends at its first read, and its connection is closed with it. */
    private static void drop(Runnable exchange) {
        boolean interrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        try {
            exchange.run();
        } finally {
            if (!interrupted) {
                Thread.interrupted();
            }
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            giveUpSlow(now, LIMIT_NANOS, MOST);
            int waiters = waiting.size();
            if (waiters > 0) {
                giveUpSlow(now, SLOW_NANOS, waiters);
                // A thread may have let go between a refusal and the queueing: whoever waits then is taken up here.
                tryRun(null);
            }
        } catch (Throwable thrown) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the watchdog of the management server goes on after {0}",
                    thrown.getClass());
        }
    }

    /** Gives up those that have held their thread longest, so many at the most, and none below a limit. */
    private void giveUpSlow(long now, long limitNanos, int most) {
        underWay.stream()
                .filter(exchange -> now - exchange.startedNanos >= limitNanos && exchange.holdsItsThread())
                .sorted(Comparator.comparingLong((Exchange exchange) -> exchange.startedNanos - now))
                .limit(most)
                .forEach(Exchange::giveUp);
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

        synchronized boolean holdsItsThread() {
            return thread != null;
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
