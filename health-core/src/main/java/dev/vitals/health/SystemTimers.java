package dev.vitals.health;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real timers, on one thread named {@code vitals-health}, which never runs a check. */
final class SystemTimers implements Timers {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.daemon("health"));

    SystemTimers() {
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    @Override
    public Runnable once(long delayNanos, Runnable task) {
        try {
            var scheduled = scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return SystemTimers::nothing;
        }
    }

    private static void nothing() {}

    @Override
    public void every(long periodNanos, Runnable task) {
        var unused = scheduler.scheduleWithFixedDelay(task, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void revive() {
        scheduler.prestartCoreThread();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
