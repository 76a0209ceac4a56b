package dev.vitals.health;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What the engine stands on: clocks, threads and chance. A simulation brings its own.
 *
 * @param runners where checks run
 * @param listenerThreads makes the thread of one listener
 * @param stacks where hung threads are looked at: that may have to wait for them
 * @param random from 0 up to 1, for the jitter
 */
record Ground(
        Time time,
        Timers timers,
        Runners runners,
        Supplier<ExecutorService> listenerThreads,
        Executor stacks,
        DoubleSupplier random) {
    static Ground real() {
        return new Ground(
                Time.SYSTEM,
                new SystemTimers(),
                Runners.onThreads(),
                () -> Threads.one("listener", Listeners.LONGEST_QUEUE, new ThreadPoolExecutor.AbortPolicy()),
                Threads.one("stacks", Runners.MOST, new ThreadPoolExecutor.DiscardPolicy()),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
