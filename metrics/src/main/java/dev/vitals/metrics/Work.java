package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that is measured each time it is done: how long it takes, how often, which errors it ends with, and
 * how many are under way. Get one from {@link Operations}, {@link TaskMetrics.Worker} or {@link TaskMetrics#job}, once,
 * and keep it: then measuring costs no more than two readings of the clock and a count. Safe for use by many threads.
 *
 * <p>What the work throws passes as it is, and is the label {@code error.type} by its class: of an exception that a
 * future wraps ({@link java.util.concurrent.CompletionException}, {@link java.util.concurrent.ExecutionException}), the
 * cause's. Measuring itself never throws.
 */
public abstract sealed class Work permits Operation, TaskMetrics.Worker, TaskMetrics.Job {
    private final Recorder recorder;

    Work(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Work without a result.
     *
     * @param <E> what it throws; the compiler finds it, {@code RuntimeException} where nothing else is thrown
     */
    @FunctionalInterface
    public interface Action<E extends Throwable> {
        /**
         * Does the work.
         *
         * @throws E if it fails
         */
        void run() throws E;
    }

    /**
     * Work with a result.
     *
     * @param <T> the result
     * @param <E> what it throws; the compiler finds it, {@code RuntimeException} where nothing else is thrown
     */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object, E extends Throwable> {
        /**
         * {@return the result of the work}
         *
         * @throws E if it fails
         */
        T call() throws E;
    }

    /**
     * Does work and measures it.
     *
     * @param action the work
     * @param <E> what it throws
     * @throws E what it throws
     */
    public final <E extends Throwable> void run(Action<E> action) throws E {
        long startedAt = begin();
        Throwable error = null;
        try {
            action.run();
        } catch (Throwable thrown) {
            error = thrown;
            throw thrown;
        } finally {
            end(startedAt, error);
        }
    }

    /**
     * Does work and measures it.
     *
     * @param call the work
     * @param <T> its result
     * @param <E> what it throws
     * @return its result
     * @throws E what it throws
     */
    public final <T extends @Nullable Object, E extends Throwable> T call(Call<T, E> call) throws E {
        long startedAt = begin();
        Throwable error = null;
        try {
            return call.call();
        } catch (Throwable thrown) {
            error = thrown;
            throw thrown;
        } finally {
            end(startedAt, error);
        }
    }

    /**
     * Begins work that ends later, on whatever thread, and measures it until then. A stage that is cancelled has failed
     * with {@link java.util.concurrent.CancellationException}; a supplier that gives null, with a
     * {@link NullPointerException} that is counted and not thrown.
     *
     * @param work begins the work
     * @param <S> the stage, or the future
     * @return what the supplier gave, itself
     */
    public final <S extends CompletionStage<?>> S async(Supplier<S> work) {
        Running running = start();
        try {
            S stage = work.get();
            if (stage == null) {
                running.fail(new NullPointerException());
            } else {
                follow(stage, running);
            }
            return stage;
        } catch (Throwable thrown) {
            running.fail(thrown);
            throw thrown;
        }
    }

    private static void follow(CompletionStage<?> stage, Running running) {
        try {
            stage.whenComplete((result, error) -> running.finish(error));
        } catch (RuntimeException unable) {
            // A stage that takes no listener: when it ends cannot be known, and it must not stay under way for ever.
            running.fail(unable);
        }
    }

    /**
     * {@return work that has begun, for code that does not fit into a lambda: to be ended once, by any thread}
     *
     * <p>There is no {@code close()}: try-with-resources does not tell it what was thrown, so all would look well.
     */
    public final Running start() {
        return new Running(this, begin());
    }

    /**
     * Records work that was measured elsewhere.
     *
     * @param duration how long it took; a negative one counts as zero
     * @param error what it failed with, or null
     */
    public final void record(Duration duration, @Nullable Throwable error) {
        long nanos = Recorder.nanos(requireNonNull(duration, "duration"));
        begun(nanos);
        recorder.record(nanos, error);
        ended(error);
    }

    final long begin() {
        begun(0);
        return recorder.begin();
    }

    private void end(long startedAt, @Nullable Throwable error) {
        recorder.end(startedAt, error);
        ended(error);
    }

    /** Work has begun, so many nanoseconds ago. */
    void begun(long nanosAgo) {}

    /** Work has ended. */
    void ended(@Nullable Throwable error) {}

    /** Work that has begun. The first that ends it counts; whatever comes after that is ignored. */
    public static final class Running {
        private final Work work;
        private final long startedAt;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Running(Work work, long startedAt) {
            this.work = work;
            this.startedAt = startedAt;
        }

        /** It went well. */
        public void end() {
            finish(null);
        }

        /**
         * It failed.
         *
         * @param error why
         */
        public void fail(Throwable error) {
            finish(error == null ? new NullPointerException() : error);
        }

        private void finish(@Nullable Throwable error) {
            if (ended.compareAndSet(false, true)) {
                work.end(startedAt, error);
            }
        }
    }
}
