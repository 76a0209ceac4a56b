package dev.vitals.health;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The real timers, on one thread named {@code vitals-health}, which never runs a check. If it dies, another takes its
 * place.
 *
 * <p>It waits on a monitor, and not in a {@code ScheduledThreadPoolExecutor}: a thread that is killed while it waits on
 * a condition of {@code java.util.concurrent} stays in the queue of its lock, and sooner or later everybody waits behind
 * it for ever. A monitor is left in order whatever ends the thread.
 */
final class SystemTimers implements Timers {
    /** Something to do, and when. Once more after the period, if that is not 0. */
    private record Due(long nanos, long number, long periodNanos, Runnable task) {}

    /** In the order of time, and of arrival; the clock may wrap around. */
    private static final Comparator<Due> IN_ORDER = (one, other) -> one.nanos() != other.nanos()
            ? Long.signum(one.nanos() - other.nanos())
            : Long.compare(one.number(), other.number());

    private final Object monitor = new Object();
    private final TreeSet<Due> queue = new TreeSet<>(IN_ORDER);
    private @Nullable Thread thread;
    private long number;
    private boolean closed;

    @Override
    public Runnable once(long delayNanos, Runnable task) {
        Due due = add(delayNanos, 0, task);
        return () -> {
            synchronized (monitor) {
                queue.remove(due);
            }
        };
    }

    @Override
    public void every(long periodNanos, Runnable task) {
        add(periodNanos, periodNanos, task);
    }

    @Override
    public void revive() {
        synchronized (monitor) {
            if (closed || (thread != null && thread.isAlive())) {
                return;
            }
            Thread next = Threads.daemon("health").newThread(this::run);
            try {
                next.start();
                thread = next;
            } catch (OutOfMemoryError noThread) {
                // The next one who comes by tries again.
                thread = null;
            }
        }
    }

    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            queue.clear();
            monitor.notifyAll();
        }
    }

    private Due add(long delayNanos, long periodNanos, Runnable task) {
        synchronized (monitor) {
            var due = new Due(System.nanoTime() + delayNanos, number++, periodNanos, task);
            if (!closed) {
                queue.add(due);
                if (queue.first().equals(due)) {
                    monitor.notifyAll();
                }
                revive();
            }
            return due;
        }
    }

    private void run() {
        try {
            for (Runnable task = next(); task != null; task = next()) {
                try {
                    task.run();
                } catch (Throwable thrown) {
                    Engine.complain("a timer", thrown);
                }
            }
        } finally {
            synchronized (monitor) {
                if (thread == Thread.currentThread()) {
                    thread = null;
                    revive();
                }
            }
        }
    }

    /** Waits for what is due. Null once this is closed. */
    private @Nullable Runnable next() {
        synchronized (monitor) {
            while (!closed) {
                Due first = queue.isEmpty() ? null : queue.first();
                long remaining = first == null ? Long.MAX_VALUE : first.nanos() - System.nanoTime();
                if (first != null && remaining <= 0) {
                    if (first.periodNanos() > 0) {
                        // Before the old one goes: whatever happens to this thread, it is never forgotten.
                        add(first.periodNanos(), first.periodNanos(), first.task());
                    }
                    queue.remove(first);
                    return first.task();
                }
                try {
                    monitor.wait(remaining / 1_000_000L + 1);
                } catch (InterruptedException nobodyDoes) {
                    // It looks again what is due.
                }
            }
            return null;
        }
    }
}
