package dev.vitals.health;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
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
    private boolean closed;
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
        if (definition.isStartup() && snapshot.states().get(index).status() == Status.UP) {
            return;
        }
        try {
            Run before = underWay.get(index);
            if (before == null) {
                begin(new Run(index, definition, time));
            } else if (before.hasExpired()) {
                // It hangs still, or what it asked for does: one failure more in a row.
                publish(before, noAnswer(definition));
            }
        } finally {
            schedule(index, jittered(definition.intervalNanos()));
        }
    }

    /** Shortened by up to a tenth, so that a fleet does not march in step. */
    private static long jittered(long intervalNanos) {
        return intervalNanos - ThreadLocalRandom.current().nextLong(intervalNanos / 10 + 1);
    }

    private void begin(Run run) {
        underWay.set(run.index, run);
        boolean started = false;
        try {
            var expiry = scheduler.schedule(() -> expire(run), run.definition.timeoutNanos(), TimeUnit.NANOSECONDS);
            started = runners.tryRun(run.definition.name(), () -> perform(run, expiry));
            if (!started) {
                expiry.cancel(false);
                run.finish();
                publish(run, HealthResult.down("no thread free, " + Runners.MOST + " runs are under way"));
            }
        } finally {
            if (!started) {
                underWay.set(run.index, null);
            }
        }
    }

    /** On the check's own thread. */
    private void perform(Run run, Future<?> expiry) {
        boolean inTime = false;
        try {
            HealthResult result = run.call();
            inTime = run.finish();
            expiry.cancel(false);
            if (inTime) {
                publish(run, result);
            }
        } finally {
            // Before the late result is counted, so that expire() cannot mark a run as hanging that is over.
            leave(run);
            if (!inTime) {
                update(run.index, CheckState::lateResult);
            }
        }
    }

    private void leave(Run run) {
        if (run.leave()) {
            underWay.set(run.index, null);
        }
    }

    /** On the scheduler's thread: a run's deadline has come. */
    private void expire(Run run) {
        if (run.expire()) {
            try {
                publish(run, noAnswer(run.definition));
                update(run.index, state -> run.hangs() ? state.hangingSince(run.startedNanos) : state);
            } finally {
                doWhatItAskedFor(run);
            }
        }
    }

    /** Called once for each run that expired. No second run of the check starts before this is done. */
    private void doWhatItAskedFor(Run run) {
        List<Runnable> actions = run.deadline.expire();
        if (actions.isEmpty()) {
            leave(run);
            return;
        }
        Threads.daemon("expiry-" + run.definition.name())
                .newThread(() -> {
                    actions.forEach(Engine::runQuietly);
                    leave(run);
                })
                .start();
    }

    private static HealthResult noAnswer(CheckDefinition definition) {
        return HealthResult.down("no answer in " + seconds(definition.timeoutNanos()));
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
            if (!closed) {
                snapshot = snapshot.with(index, change.apply(snapshot.states().get(index)), time.nanos());
            }
        }
    }

    void drain() {
        synchronized (publishing) {
            snapshot = snapshot.drained(time.nanos());
        }
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Status status(Probe probe, Snapshot of) {
        boolean asksForLife = probe == Probe.LIVENESS || probe == Probe.HEALTH;
        return of.status(probe, time.nanos(), asksForLife ? liveness() : Status.UP);
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
        return Reports.of(snapshot, signs, time);
    }

    void close() {
        synchronized (publishing) {
            closed = true;
        }
        scheduler.shutdownNow();
        for (int i = 0; i < definitions.size(); i++) {
            Run run = underWay.get(i);
            if (run != null && run.expire()) {
                doWhatItAskedFor(run);
            }
        }
        runners.close();
    }

    static String seconds(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
