package dev.vitals.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The listeners, each with a queue and a thread of its own, made when needed and let go when idle. A queue is bounded:
 * what finds it full is left out and counted, and half of it is kept for changes, which matter more than the results
 * in between.
 */
final class Listeners {
    static final int LONGEST_QUEUE = 1024;

    private final List<Told> all = new ArrayList<>();
    private final LongAdder dropped = new LongAdder();

    Listeners(List<HealthListener> listeners, Supplier<ExecutorService> threads) {
        listeners.forEach(listener -> all.add(new Told(listener, threads.get())));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Called in the order of events, by one thread at a time. */
    void completed(HealthReport.Check after) {
        for (Told told : all) {
            // It would only fill its queue with what it passes over.
            if (!(told.listener instanceof TransitionLog)) {
                told.tell(listener -> listener.onCompleted(after), LONGEST_QUEUE / 2);
            }
        }
    }

    /** Called in the order of events, by one thread at a time. */
    void changed(HealthReport.Check before, HealthReport.Check after) {
        for (Told told : all) {
            told.tell(listener -> listener.onChanged(before, after), LONGEST_QUEUE);
        }
    }

    long dropped() {
        return dropped.sum();
    }

    /** What was said is still told; nothing more is. */
    void close() {
        all.forEach(told -> told.thread.shutdown());
    }

    private final class Told {
        private final HealthListener listener;
        private final ExecutorService thread;
        private final AtomicInteger waiting = new AtomicInteger();
        private boolean complained;

        Told(HealthListener listener, ExecutorService thread) {
            this.listener = listener;
            this.thread = thread;
        }

        void tell(Consumer<HealthListener> call, int most) {
            if (waiting.get() >= most) {
                dropped.increment();
                return;
            }
            waiting.incrementAndGet();
            try {
                thread.execute(() -> call(call));
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                // Counted and no more: whoever tells holds the board.
                waiting.decrementAndGet();
                dropped.increment();
            }
        }

        /** On the listener's thread. */
        private void call(Consumer<HealthListener> call) {
            waiting.decrementAndGet();
            try {
                call.accept(listener);
            } catch (Throwable thrown) {
                if (!complained) {
                    complained = true;
                    Engine.complain("a listener, told of once", thrown);
                }
            } finally {
                // What a listener does to its own thread must not reach the next call.
                Thread.interrupted();
            }
        }
    }
}
