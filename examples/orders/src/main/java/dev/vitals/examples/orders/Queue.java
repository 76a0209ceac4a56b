package dev.vitals.examples.orders;

import dev.vitals.examples.orders.Orders.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the worker last saw of its queue: a scrape reads it here, and never waits for the database. */
final class Queue {
    private static final Duration OLD = Duration.ofSeconds(2);
    /** After that, the worker hangs, and what it saw is no longer so. */
    private static final Duration TOO_OLD = Duration.ofSeconds(15);

    private record Seen(Waiting waiting, long at) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }
    }

    private volatile @Nullable Seen seen;

    void is(Waiting waiting) {
        seen = new Seen(waiting, System.nanoTime());
    }

    void unknown() {
        seen = null;
    }

    boolean isOld() {
        Seen last = seen;
        return last == null || last.age().compareTo(OLD) > 0;
    }

    double depth() {
        Waiting waiting = recent();
        return waiting == null ? Double.NaN : waiting.number();
    }

    @Nullable
    Duration oldestAge() {
        Waiting waiting = recent();
        return waiting == null ? null : waiting.oldest();
    }

    private @Nullable Waiting recent() {
        Seen last = seen;
        return last == null || last.age().compareTo(TOO_OLD) > 0 ? null : last.waiting();
    }
}
