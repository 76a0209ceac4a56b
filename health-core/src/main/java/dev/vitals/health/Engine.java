package dev.vitals.health;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks and puts up what they say. One thread keeps the time and never runs a check; readers look at the
 * board and nothing else.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    private final List<CheckDefinition> definitions;
    private final Ground ground;
    private final Time time;
    private final Timetable timetable;
    private final Pulse pulse;
    private final Signs signs;
    private final Listeners listeners;
    private final Journal journal;
    private final Board board;
    private final Reporter reporter;
    /** The run of each check, one at the most; also while it hangs past its deadline. */
    private final AtomicReferenceArray<@Nullable Run> runs;

    Engine(
            List<CheckDefinition> definitions,
            List<LiveSign> signs,
            List<HealthListener> listeners,
            int history,
            Ground ground) {
        this.definitions = definitions;
        this.ground = ground;
        this.time = ground.time();
        this.runs = new AtomicReferenceArray<>(definitions.size());
        this.listeners = new Listeners(listeners, ground.listenerThreads());
        this.journal = new Journal(definitions, history);
        this.board = new Board(definitions, time, journal, this.listeners, runs::get);
        this.timetable = new Timetable(definitions.size(), ground, this::fire);
        this.pulse = new Pulse(time.nanos());
        this.signs = new Signs(signs, board, time);
        this.reporter = new Reporter(definitions, this.signs, board, journal, this.listeners, pulse, ground, runs::get);
    }

    void start() {
        ground.timers().every(Pulse.BEAT_NANOS, this::beat);
        for (int i = 0; i < definitions.size(); i++) {
            timetable.plan(i, definitions.get(i).initialDelayNanos());
        }
    }

    /** On the scheduler's thread, twice a second. */
    private void beat() {
        try {
            long nanos = time.nanos();
            signs.watch(nanos, pulse.beat(nanos));
            timetable.mend();
        } catch (Throwable thrown) {
            complain("the monitor's beat", thrown);
        }
    }

    /** On the scheduler's thread: a check's time has come. */
    private void fire(int index) {
        CheckDefinition definition = definitions.get(index);
        Snapshot snapshot = board.snapshot();
        if (definition.isStartup() && snapshot.state(index).status() == Status.UP) {
            timetable.done(index);
            return;
        }
        try {
            Run before = runs.get(index);
            if (before == null) {
                if (!definition.isUpkeep() || board.wants(index)) {
                    begin(new Run(index, definition, time));
                }
            } else if (before.hasExpired()) {
                // It hangs still, or what it asked for does: one failure more in a row.
                ground.stacks().execute(before::lookAtStack);
                publish(before, noAnswer(definition));
            }
        } finally {
            boolean down = board.snapshot().state(index).isKnownDown();
            timetable.plan(index, jittered(definition, down));
        }
    }

    /** Shortened, so that a fleet does not march in step. */
    private long jittered(CheckDefinition definition, boolean down) {
        long interval = down ? definition.downIntervalNanos() : definition.intervalNanos();
        return interval - (long) (ground.random().getAsDouble() * definition.jitter() * interval);
    }

    private void begin(Run run) {
        runs.set(run.index, run);
        try {
            Runnable giveUp = ground.timers().once(run.definition.timeoutNanos(), () -> noThread(run));
            ground.runners().run(run, run.definition.name(), () -> perform(run, giveUp));
        } catch (RejectedExecutionException | OutOfMemoryError none) {
            noThread(run);
        }
    }

    private void noThread(Run run) {
        if (run.giveUp()) {
            ground.runners().withdraw(run);
            try {
                publish(
                        run,
                        HealthResult.down("no thread free, " + ground.runners().underWay() + " runs are under way"));
            } finally {
                // Whatever happens: or it would never run again.
                runs.set(run.index, null);
            }
        }
    }

    /** On the check's own thread. */
    private void perform(Run run, Runnable giveUp) {
        giveUp.run();
        if (board.isClosed() || !run.start()) {
            return;
        }
        boolean inTime = false;
        try {
            Runnable expiry = ground.timers().once(run.definition.timeoutNanos(), () -> expire(run));
            HealthResult result = run.call();
            if (run.deadline().isExpired()) {
                // The timer is late, or the scheduler is dead. What is late is late.
                expire(run);
            }
            inTime = run.finish();
            expiry.run();
            if (inTime) {
                publish(run, result);
            }
        } finally {
            leave(run);
            if (!inTime) {
                board.count(run.index, CheckState::lateResult);
            }
        }
    }

    private void leave(Run run) {
        if (run.leave()) {
            runs.set(run.index, null);
        }
    }

    /** A run's deadline has come. */
    private void expire(Run run) {
        long excused = excusedNanos(run);
        if (excused > 0) {
            var unused = ground.timers().once(excused, () -> expire(run));
        } else if (run.expire()) {
            try {
                board.count(run.index, CheckState::missedDeadline);
                publish(run, noAnswer(run.definition));
                ground.stacks().execute(run::lookAtStack);
            } finally {
                doWhatItAskedFor(run);
            }
        }
    }

    /** How long a run may still take that the process was stopped in the midst of: its timeout, from when it went on. */
    private long excusedNanos(Run run) {
        long nanos = time.nanos();
        long sinceResumed = nanos - pulse.read(nanos).resumedNanos();
        boolean wasAway = sinceResumed < nanos - run.startedNanos();
        return wasAway ? run.definition.timeoutNanos() - sinceResumed : 0;
    }

    /** Called once for each run that expired. No second run of the check starts before this is done. */
    private void doWhatItAskedFor(Run run) {
        List<Runnable> actions = run.deadline().expire();
        boolean started = false;
        try {
            if (!actions.isEmpty()) {
                Threads.daemon("expiry-" + run.definition.name())
                        .newThread(() -> {
                            try {
                                actions.forEach(Engine::runQuietly);
                            } finally {
                                leave(run);
                            }
                        })
                        .start();
                started = true;
            }
        } catch (OutOfMemoryError noThread) {
            complain("what " + run.definition.name() + " asked for on expiry", noThread);
        } finally {
            if (!started) {
                leave(run);
            }
        }
    }

    private static HealthResult noAnswer(CheckDefinition definition) {
        return HealthResult.down("no answer in " + Text.seconds(definition.timeoutNanos()));
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            LOG.debug("an onExpiry action threw {}", thrown.getClass().getName());
        }
    }

    /** By its class alone: a message may hold what nobody may read. Never throws: who complains has to go on. */
    static void complain(String what, Throwable thrown) {
        try {
            LOG.error("{} threw {}", what, thrown.getClass().getName());
        } catch (Throwable noMemoryForALine) {
            // There is nobody left to tell.
        }
    }

    private void publish(Run run, HealthResult result) {
        Board.Consequences consequences = board.publish(run, result);
        for (int index : consequences.ask()) {
            if (runs.get(index) == null) {
                timetable.hasten(index, 0);
            }
        }
        if (consequences.turnedDown()) {
            long spent = time.nanos() - run.startedNanos();
            timetable.hasten(run.index, Math.max(0, jittered(run.definition, true) - spent));
        }
    }

    void drain() {
        board.become(Snapshot::drained);
        LOG.info("draining: readiness is DOWN from now on");
    }

    void maintenance(@Nullable String reason) {
        String plain = reason == null ? null : Plain.text(reason);
        board.become(snapshot -> snapshot.inMaintenance(plain));
        if (plain == null) {
            LOG.info("maintenance is over");
        } else {
            LOG.info("maintenance: readiness is DOWN: {}", plain);
        }
    }

    Snapshot snapshot() {
        return board.snapshot();
    }

    Status status(Probe probe, Snapshot of) {
        long nanos = time.nanos();
        Pulse.Absences absences = pulse.read(nanos);
        boolean asksForLife = probe == Probe.LIVENESS || probe == Probe.HEALTH;
        return of.status(
                probe, nanos, absences.resumedNanos(), asksForLife ? signs.status(nanos, absences) : Status.UP);
    }

    /** A reading of everything also helps a scheduler up that has died and found no memory to be replaced. */
    HealthReport report() {
        if (pulse.stalled(time.nanos())) {
            ground.timers().revive();
        }
        return reporter.report();
    }

    List<HealthReport.Point> history(String check) {
        return journal.history(check);
    }

    void close() {
        board.close();
        ground.timers().close();
        for (int i = 0; i < definitions.size(); i++) {
            Run run = runs.get(i);
            if (run != null && !run.giveUp() && run.expire()) {
                doWhatItAskedFor(run);
            }
        }
        ground.runners().close();
    }
}
