package dev.vitals.health;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that checks run on: made when needed, let go when idle, named after what they run, 64 at most. */
final class Runners {
    static final int MOST = 64;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.daemon("idle"));

    /** Runs a task on a thread named after a check. False where no thread is free, or none can be made. */
    boolean tryRun(String name, Runnable task) {
        try {
            threads.execute(() -> {
                Thread thread = Thread.currentThread();
                thread.setName("vitals-check-" + name);
                try {
                    task.run();
                } finally {
                    thread.setName("vitals-idle");
                    // Clears what the deadline may have left for the next run on this thread.
                    Thread.interrupted();
                }
            });
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            return false;
        }
    }

    void close() {
        threads.shutdownNow();
    }
}
