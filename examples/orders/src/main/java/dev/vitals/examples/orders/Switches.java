package dev.vitals.examples.orders;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults inside the service's own code, as switches that it looks at. Safe for use by many threads. */
final class Switches {
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean slow;
    private volatile boolean errors;
    private volatile boolean workerHangs;

    void slow(boolean on) {
        slow = on;
    }

    void errors(boolean on) {
        errors = on;
    }

    void workerHangs(boolean on) {
        workerHangs = on;
    }

    boolean workerHangs() {
        return workerHangs;
    }

    /** Every request passes here: while the faults are on, each takes 1 to 2 s, and every fourth one fails. */
    void misbehave() {
        if (slow) {
            Pause.millis(ThreadLocalRandom.current().nextLong(1_000, 2_000));
        }
        if (errors && requests.incrementAndGet() % 4 == 0) {
            throw new IllegalStateException("the fault \"errors\" is on");
        }
    }
}
