package dev.vitals.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what must come, with a limit. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Eventually() {}

    /**
     * Asks until it holds.
     *
     * @param holds what must come true; what it throws fails the test
     * @param instead what there is instead, for the failure's message
     * @throws Exception what the condition throws
     */
    public static void eventually(Callable<Boolean> holds, Supplier<?> instead) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + LIMIT.toSeconds() + " s; instead: " + instead.get());
            }
            Thread.sleep(10);
        }
    }

    /**
     * Asks until it holds.
     *
     * @param holds what must come true
     * @throws Exception what the condition throws
     */
    public static void eventually(Callable<Boolean> holds) throws Exception {
        eventually(holds, () -> "still not so");
    }
}
