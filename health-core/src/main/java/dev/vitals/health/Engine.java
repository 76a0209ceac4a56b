package dev.vitals.health;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks and publishes what they say. One thread keeps the time and never runs a check; readers look at the
 * published snapshot and nothing else.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    private final List<CheckDefinition> definitions;
    private final List<LiveSign> signs;
    private final Time time;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.daemon("health"));
    private final Runners runners = new Runners();
    /** The run under way for each check, one at the most; also while it hangs past its deadline. */
    private final AtomicReferenceArray<@Nullable Run> underWay;

    private final Object publishing = new Object();
    private volatile Snapshot snapshot;

    Engine(List<CheckDefinition> definitions, List<LiveSign> signs, Time time) {
        this.definitions = definitions;
        this.signs = signs;
        this.time = time;
        this.underWay = new AtomicReferenceArray<>(definitions.size());
        CheckState unknown = CheckState.notCheckedYet(time.now(), time.nanos());
        List<CheckState> states = Collections.nCopies(definitions.size(), unknown);
        this.snapshot = Snapshot.of(definitions, states, false, time.nanos());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        for (int i = 0; i < definitions.size(); i++) {
            schedule(i, 0);
        }
    }

    private void schedule(int index, long delayNanos) {
        try {
            var unused = scheduler.schedule(() -> fire(index), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("closed", closed);
        }
    }

    /** On the scheduler's thread: a check's time has come. */
    private void fire(int index) {
        CheckDefinition definition = definitions.get(index);
        try {
            if (definition.isStartup() && snapshot.states().get(index).status() == Status.UP) {
                return;
            }
            if (underWay.get(index) == null) {
                begin(new Run(index, definition, time));
            }
        } catch (Throwable thrown) {
            underWay.set(index, null);
            LOG.error(
                    "could not run the check {}: {}",
                    definition.name(),
                    thrown.getClass().getName());
        }
        long tenth = definition.intervalNanos() / 10;
        schedule(index, definition.intervalNanos() - ThreadLocalRandom.current().nextLong(tenth + 1));
    }

    private void begin(Run run) {
        underWay.set(run.index, run);
        var expiry = scheduler.schedule(() -> expire(run), run.definition.timeoutNanos(), TimeUnit.NANOSECONDS);
        boolean started = runners.tryRun(run.definition.name(), () -> {
            HealthResult result = run.call();
            expiry.cancel(false);
            if (run.finish()) {
                publish(run, result);
                underWay.set(run.index, null);
            } else {
                // First, so that expire() cannot mark a run as hanging that is over.
                underWay.set(run.index, null);
                update(run.index, CheckState::lateResult);
            }
        });
        if (!started) {
            expiry.cancel(false);
            run.finish();
            publish(run, HealthResult.down("no thread free, " + Runners.MOST + " runs are under way"));
            underWay.set(run.index, null);
        }
    }

    /** On the scheduler's thread: a run's deadline has come. */
    private void expire(Run run) {
        if (!run.expire()) {
            return;
        }
        publish(run, HealthResult.down("no answer in " + seconds(run.definition.timeoutNanos())));
        update(run.index, state -> underWay.get(run.index) == run ? state.hangingSince(run.startedNanos) : state);
        List<Runnable> actions = run.deadline.expire();
        if (!actions.isEmpty()) {
            Threads.daemon("expiry-" + run.definition.name())
                    .newThread(() -> actions.forEach(Engine::runQuietly))
                    .start();
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            LOG.debug("an onExpiry action threw {}", thrown.getClass().getName());
        }
    }

    private void publish(Run run, HealthResult result) {
        Duration duration = Duration.ofNanos(time.nanos() - run.startedNanos);
        update(
                run.index,
                state -> Transition.onResult(
                        state, run.definition, result, run.startedAt, run.startedNanos, duration, time.now()));
    }

    private void update(int index, UnaryOperator<CheckState> change) {
        synchronized (publishing) {
            snapshot = snapshot.with(index, change.apply(snapshot.states().get(index)), time.nanos());
        }
    }

    void drain() {
        synchronized (publishing) {
            snapshot = snapshot.drained(time.nanos());
        }
    }

    Status status(Probe probe) {
        Snapshot current = snapshot;
        return switch (probe) {
            case LIVENESS -> liveness();
            case READINESS -> current.readiness().at(time.nanos());
            case STARTUP -> current.startup().at(time.nanos());
            case HEALTH -> current.health().at(time.nanos()).worse(liveness());
        };
    }

    HealthReport.Lifecycle lifecycle() {
        return snapshot.lifecycle();
    }

    private Status liveness() {
        for (int i = 0; i < signs.size(); i++) {
            if (signs.get(i).check().failure() != null) {
                return Status.DOWN;
            }
        }
        return Status.UP;
    }

    HealthReport report() {
        return Reports.of(snapshot, signs, this::status, time);
    }

    void close() {
        scheduler.shutdownNow();
        runners.close();
    }

    static String seconds(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
