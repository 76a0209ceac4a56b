package dev.vitals.health;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the platform threads that Vitals works on. */
final class Threads {
    private Threads() {}

    static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, "vitals-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** One thread, made when needed and let go when idle, for one thing after the other. */
    static ExecutorService one(String name, int longestQueue, RejectedExecutionHandler whenFull) {
        var one = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(longestQueue), daemon(name), whenFull);
        one.allowCoreThreadTimeOut(true);
        return one;
    }
}
