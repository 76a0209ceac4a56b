package dev.vitals.health;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that checks run on: made when needed, let go when idle, named after what they run. 64 runs are under way
 * at the most; those that come then wait for their turn, in order. Nobody waits here with a thread, and who waits too
 * long is for the caller to say.
 */
final class Runners {
    static final int MOST = 64;

    private record Task(Object owner, String name, Runnable work) {}

    private final Executor threads;
    private final Runnable close;
    private final Map<Object, Task> waiting = new LinkedHashMap<>();
    private int underWay;
    private boolean closed;

    Runners(Executor threads, Runnable close) {
        this.threads = threads;
        this.close = close;
    }

    static Runners onThreads() {
        var pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.daemon("idle"));
        return new Runners(pool, pool::shutdownNow);
    }

    /**
     * Runs a task on a thread named after a check, at once or when it is its turn.
     *
     * @param owner whose task it is
     * @throws OutOfMemoryError if there is no memory for a thread
     * @throws RejectedExecutionException after {@link #close}
     */
    void run(Object owner, String name, Runnable work) {
        var task = new Task(owner, name, work);
        synchronized (waiting) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            if (underWay == MOST) {
                waiting.put(owner, task);
                return;
            }
            underWay++;
        }
        boolean started = false;
        try {
            threads.execute(() -> runAllFrom(task));
            started = true;
        } finally {
            if (!started) {
                synchronized (waiting) {
                    underWay--;
                }
            }
        }
    }

    private void runAllFrom(Task first) {
        for (Task task = first; task != null; task = next()) {
            runOne(task);
        }
    }

    private static void runOne(Task task) {
        Thread thread = Thread.currentThread();
        try {
            thread.setName("vitals-check-" + task.name());
            task.work().run();
        } catch (Throwable thrown) {
            Engine.complain("a run", thrown);
        } finally {
            thread.setName("vitals-idle");
            // Clears what the deadline may have left for the next run on this thread.
            Thread.interrupted();
        }
    }

    private @Nullable Task next() {
        synchronized (waiting) {
            Iterator<Task> inOrder = waiting.values().iterator();
            if (!inOrder.hasNext()) {
                underWay--;
                return null;
            }
            Task task = inOrder.next();
            inOrder.remove();
            return task;
        }
    }

    /** It need not have its turn any more. */
    void withdraw(Object owner) {
        synchronized (waiting) {
            waiting.remove(owner);
        }
    }

    int underWay() {
        synchronized (waiting) {
            return underWay;
        }
    }

    void close() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
        }
        close.run();
    }
}
