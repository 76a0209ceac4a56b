package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens away from requests: workers and what they execute, the queues before them, and scheduled jobs. One for
 * the whole application; safe for use by many threads.
 *
 * <pre>{@code
 * TaskMetrics tasks = TaskMetrics.of(registry);
 * TaskMetrics.Worker worker = tasks.worker("orders", 8);               // 8 can be under way at once
 * worker.run(() -> fill(order));
 * tasks.queue("orders", queue::size).capacity(1_000).oldestAge(queue::oldestAge);
 * TaskMetrics.Job nightly = tasks.job("cleanup", Duration.ofDays(1));
 * nightly.run(this::cleanUp);
 * }</pre>
 *
 * <p>Of a worker: {@code vitals.task.duration} (its count is what was executed; failed is what has an
 * {@code error.type}), {@code vitals.task.active}, {@code vitals.task.retried}, {@code vitals.task.saturation}. Of a
 * queue: {@code vitals.queue.depth}, {@code vitals.queue.oldest.age}, {@code vitals.queue.saturation}. Of a job:
 * {@code vitals.job.duration}, {@code vitals.job.last.success.timestamp}, {@code vitals.job.missed}. For a
 * {@link java.util.concurrent.ThreadPoolExecutor} Micrometer's {@code ExecutorServiceMetrics} knows all that already.
 */
public final class TaskMetrics {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final MeterRegistry registry;
    private final Clock clock;
    private final WorkTimers taskTimers;
    private final WorkTimers jobTimers;
    private final BoundedLabel names;
    private final ConcurrentMap<String, Worker> workers = new ConcurrentHashMap<>();
    private final UnderWay active;
    private final ConcurrentMap<String, Integer> room = new ConcurrentHashMap<>();
    private final Set<String> queues = ConcurrentHashMap.newKeySet();
    private final Set<String> jobs = ConcurrentHashMap.newKeySet();

    private TaskMetrics(MeterRegistry registry) {
        this.registry = registry;
        clock = registry.config().clock();
        taskTimers = new WorkTimers(registry, WorkDefinitions.TASK_DURATION, List.of(), WorkDefinitions.BUCKETS);
        jobTimers = new WorkTimers(registry, WorkDefinitions.JOB_DURATION, List.of(), WorkDefinitions.JOB_BUCKETS);
        active = new UnderWay(registry, WorkDefinitions.TASK_ACTIVE);
        names = taskTimers.label(WorkDefinitions.TASK.name(), WorkDefinitions.MOST_NAMES);
    }

    /**
     * {@return the metrics of workers, queues and jobs}
     *
     * @param registry where the meters go; its clock is the one that measures
     * @throws IllegalArgumentException if the registry has them already
     */
    public static TaskMetrics of(MeterRegistry registry) {
        WorkTimers.requireNone(requireNonNull(registry, "registry"), WorkDefinitions.TASK_DURATION, "TaskMetrics");
        return new TaskMetrics(registry);
    }

    /**
     * {@return the worker of a name, the same for the same; beyond 100 one that all others share, {@code _OTHER}}
     *
     * @param name up to 63 lower-case letters, digits, {@code .}, {@code _} and {@code -}
     * @throws IllegalArgumentException if the name is none
     */
    public Worker worker(String name) {
        Worker known = workers.get(Names.requireName("a worker", name));
        if (known != null) {
            return known;
        }
        String label = names.of(name);
        LongAdder underWay = active.of(label);
        var recorder = new Recorder(taskTimers, List.of(label), underWay, List.of(), clock).atZero();
        Counter retried =
                WorkMeters.counter(registry, WorkDefinitions.TASK_RETRIED, WorkDefinitions.TASK.name(), label);
        var made = new Worker(recorder, label, underWay, retried);
        Worker earlier = workers.putIfAbsent(label, made);
        return earlier == null ? made : earlier;
    }

    /**
     * {@return the worker of a name, with its saturation}
     *
     * @param name as for {@link #worker(String)}
     * @param atOnce how many tasks can be under way at once, for example its threads, at least 1
     * @throws IllegalArgumentException if the name is none, the number is below 1, or the worker has another one
     */
    public Worker worker(String name, int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException(
                    "worker(\"" + name + "\", " + atOnce + ") must have room for at least 1");
        }
        Worker worker = worker(name);
        if (worker.label.equals(BoundedLabel.OTHER)) {
            return worker;
        }
        Integer earlier = room.putIfAbsent(worker.label, atOnce);
        if (earlier == null) {
            LongAdder underWay = worker.underWay;
            WorkMeters.gauge(
                    registry,
                    WorkDefinitions.TASK_SATURATION,
                    () -> (double) UnderWay.number(underWay) / atOnce,
                    WorkDefinitions.TASK.name(),
                    worker.label);
        } else if (earlier != atOnce) {
            throw new IllegalArgumentException("the worker \"" + name + "\" has room for " + earlier + " already");
        }
        return worker;
    }

    /**
     * {@return a queue, whose depth is measured, for the registry's lifetime; what it can tell more is for its methods}
     *
     * @param name as for {@link #worker(String)}
     * @param depth what waits in it. Asked at each scrape, on the scrape's thread: let it read a field, not ask a
     *     database. Where it throws, or is negative, nobody knows, and the gauge is NaN
     * @throws IllegalArgumentException if the name is none, there is a queue of that name, or there are 100
     */
    public Queue queue(String name, DoubleSupplier depth) {
        requireNonNull(depth, "depth");
        Names.claim("a queue", name, queues);
        var queue = new Queue(registry, name, depth);
        queue.gauge(WorkDefinitions.QUEUE_DEPTH, queue::depth);
        return queue;
    }

    /**
     * {@return a scheduled job}
     *
     * <p>A run is missed when it has not begun half an interval after it was due, counted from the run before it, or
     * from here. Time passes as the machine's monotonic clock has it: setting the clock misses nothing, and nothing is
     * known of the time before the process began. Whoever must know that too looks at the last success.
     *
     * @param name as for {@link #worker(String)}
     * @param every how often it is due, 1 s to 366 days
     * @throws IllegalArgumentException if the name is none, there is a job of that name, there are 100, or the interval
     *     is out of range
     */
    public Job job(String name, Duration every) {
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the job \"" + name + "\" must be due every 1 s to 366 days, not every " + every);
        }
        Names.claim("a job", name, jobs);
        var missed = new MissedRuns(every, clock.monotonicTime());
        var recorder = new Recorder(jobTimers, List.of(name), new LongAdder(), List.of(), clock).atZero();
        var job = new Job(recorder, clock, missed);
        String label = WorkDefinitions.JOB.name();
        WorkMeters.gauge(registry, WorkDefinitions.JOB_LAST_SUCCESS, () -> job.lastSuccess, label, name);
        WorkMeters.counted(
                registry, WorkDefinitions.JOB_MISSED, () -> missed.count(clock.monotonicTime()), label, name);
        return job;
    }

    /** Executes tasks. What was executed elsewhere is told with {@link #record} or {@link #executed}. */
    public static final class Worker extends Work {
        private final String label;
        private final LongAdder underWay;
        private final Counter retried;

        private Worker(Recorder recorder, String label, LongAdder underWay, Counter retried) {
            super(recorder);
            this.label = label;
            this.underWay = underWay;
            this.retried = retried;
        }

        /** A task that failed is given another try. */
        public void retried() {
            retried.increment();
        }

        /**
         * Records tasks that went well together, each with its share of the time. Costs as much as to record each.
         *
         * @param tasks how many; none for a negative number
         * @param together how long all of them took
         */
        public void executed(int tasks, Duration together) {
            if (tasks > 0) {
                Duration share = together.dividedBy(tasks);
                for (int i = 0; i < tasks; i++) {
                    record(share, null);
                }
            }
        }
    }

    /** A queue whose depth is measured, and what else it can tell. */
    public static final class Queue {
        private final MeterRegistry registry;
        private final String name;
        private final DoubleSupplier depth;
        private final Set<Definition> told = ConcurrentHashMap.newKeySet();

        private Queue(MeterRegistry registry, String name, DoubleSupplier depth) {
            this.registry = registry;
            this.name = name;
            this.depth = depth;
        }

        private double depth() {
            double waiting = depth.getAsDouble();
            return waiting >= 0 ? waiting : Double.NaN;
        }

        /**
         * Measures how long the oldest has waited.
         *
         * @param age asked as the depth is; null where nobody knows, and zero while the queue is empty. A negative one,
         *     of a clock that was set, counts as zero
         * @return this
         * @throws IllegalArgumentException if it is measured already
         */
        public Queue oldestAge(Supplier<@Nullable Duration> age) {
            requireNonNull(age, "age");
            once("oldestAge", WorkDefinitions.QUEUE_OLDEST);
            gauge(WorkDefinitions.QUEUE_OLDEST, () -> {
                Duration oldest = age.get();
                return oldest == null ? Double.NaN : Recorder.nanos(oldest) / 1e9;
            });
            return this;
        }

        /**
         * Measures its depth as a share of what it can hold.
         *
         * @param most how many it can hold, at least 1
         * @return this
         * @throws IllegalArgumentException if the number is below 1, or it has a capacity already
         */
        public Queue capacity(long most) {
            if (most < 1) {
                throw new IllegalArgumentException(
                        "the queue \"" + name + "\" must have room for at least 1, not " + most);
            }
            once("capacity", WorkDefinitions.QUEUE_SATURATION);
            gauge(WorkDefinitions.QUEUE_SATURATION, () -> depth() / most);
            return this;
        }

        /** A registry keeps the first, and would not say so. */
        private void once(String method, Definition definition) {
            if (!told.add(definition)) {
                throw new IllegalArgumentException("the queue \"" + name + "\" was told its " + method
                        + " already: call " + method + "(...) once");
            }
        }

        private void gauge(Definition definition, DoubleSupplier value) {
            WorkMeters.gauge(registry, definition, value, WorkDefinitions.QUEUE.name(), name);
        }
    }

    /** A job that is due at regular times. */
    public static final class Job extends Work {
        private final Clock clock;
        private final MissedRuns missed;
        /** Not 0: whoever subtracts it from now would see decades after each restart. */
        private volatile double lastSuccess = Double.NaN;

        private Job(Recorder recorder, Clock clock, MissedRuns missed) {
            super(recorder);
            this.clock = clock;
            this.missed = missed;
        }

        @Override
        void begun(long nanosAgo) {
            long now = clock.monotonicTime();
            missed.began(now - nanosAgo, now);
        }

        @Override
        void ended(@Nullable Throwable error) {
            if (error == null) {
                lastSuccess = clock.wallTime() / 1e3;
            }
        }
    }
}
