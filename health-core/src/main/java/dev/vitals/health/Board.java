package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where results are put up for all to see. Writers take turns; readers take the snapshot that hangs there, and wait for
 * nobody. No foreign code runs while a writer has its turn.
 */
final class Board {
    /**
     * What a result makes the engine do.
     *
     * @param turnedDown whether the check is DOWN from now on
     * @param ask the checks whose word is wanted soon
     */
    record Consequences(boolean turnedDown, Set<Integer> ask) {
        static final Consequences NONE = new Consequences(false, Set.of());
    }

    private final List<CheckDefinition> definitions;
    private final Dependencies dependencies;
    private final Time time;
    private final Journal journal;
    private final Listeners listeners;
    private final IntFunction<@Nullable Run> underWay;

    private final Object publishing = new Object();
    private final Held held = new Held();
    private volatile boolean closed;
    private volatile Snapshot snapshot;

    Board(
            List<CheckDefinition> definitions,
            Time time,
            Journal journal,
            Listeners listeners,
            IntFunction<@Nullable Run> underWay) {
        this.definitions = definitions;
        this.dependencies = new Dependencies(definitions);
        this.time = time;
        this.journal = journal;
        this.listeners = listeners;
        this.underWay = underWay;
        this.snapshot = Snapshot.notCheckedYet(definitions, time);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Whether a round of the monitor's own upkeep is of use: whether to fail open matters only while a check is DOWN,
     * and that nobody accepts connections any more is no news while the application stops.
     */
    boolean wants(int index) {
        Integer place = dependencies.decidesFor(index);
        return place == null ? !snapshot.draining() : snapshot.state(place).isKnownDown();
    }

    /** A run has given its result, or its deadline has passed. */
    Consequences publish(Run run, HealthResult result) {
        synchronized (publishing) {
            if (closed) {
                return Consequences.NONE;
            }
            int index = run.index;
            Duration duration = Duration.ofNanos(time.nanos() - run.startedNanos());
            CheckState before = snapshot.state(index);
            CheckState after = Transition.onResult(
                    before, run.definition, result, run.startedAt(), run.startedNanos(), duration, time.now());
            String cause = after.status() == Status.DOWN ? cause(run, before) : null;
            CheckState next = after.because(cause).failingOpen(failsOpen(index, after, cause));
            // DOWN because it still hangs is known as of now; that it is well, though it hangs, as of its beginning.
            put(index, run.hasExpired() && next.status() == Status.DOWN ? next.knownAt(time.nanos()) : next);
            return run.definition.isUpkeep() ? decide(run) : tell(run, before);
        }
    }

    private void put(int index, CheckState state) {
        snapshot = snapshot.with(index, state, time.nanos());
    }

    /** A run that began before what it needs was well again says nothing new: the cause is the one that was known. */
    private @Nullable String cause(Run run, CheckState before) {
        String cause = cause(run.index);
        if (cause != null || before.cause() == null) {
            return cause;
        }
        for (int needed : dependencies.needs(run.index)) {
            Instant knownAt = run.hasExpired() ? time.now().minusNanos(run.definition.timeoutNanos()) : run.startedAt();
            if (knownAt.isBefore(snapshot.state(needed).since())) {
                return before.cause();
            }
        }
        return null;
    }

    /** The check that this one is DOWN because of: not the next one in the chain, but the one at its end. */
    private @Nullable String cause(int index) {
        for (int needed : dependencies.needs(index)) {
            CheckState state = snapshot.state(needed);
            if (state.isKnownDown()) {
                return state.cause() != null
                        ? state.cause()
                        : definitions.get(needed).name();
            }
        }
        return null;
    }

    private Consequences decide(Run run) {
        Integer place = dependencies.decidesFor(run.index);
        if (place != null) {
            CheckState state = snapshot.state(place);
            boolean open = state.isKnownDown() && snapshot.state(run.index).status() == Status.UP;
            if (open != state.failsOpen()) {
                put(place, state.failingOpen(open));
                followOpen(place);
            }
        }
        return Consequences.NONE;
    }

    /** By its own decision, or because that is what its cause does: the fleet's failure is the fleet's all the way. */
    private boolean failsOpen(int index, CheckState state, @Nullable String cause) {
        if (state.status() != Status.DOWN) {
            return false;
        }
        boolean own = state.failsOpen() && !dependencies.deciders(index).isEmpty();
        return own
                || (cause != null && snapshot.state(dependencies.place(cause)).failsOpen());
    }

    private void followOpen(int index) {
        for (int dependent : dependencies.neededBy(index)) {
            CheckState state = snapshot.state(dependent);
            boolean open = failsOpen(dependent, state, state.cause());
            if (open != state.failsOpen()) {
                put(dependent, state.failingOpen(open));
            }
            followOpen(dependent);
        }
    }

    private Consequences tell(Run run, CheckState before) {
        int index = run.index;
        CheckState after = snapshot.state(index);
        journal.add(run.definition, after);
        if (!listeners.isEmpty()) {
            listeners.completed(entry(index, after));
        }
        Consequences consequences = Consequences.NONE;
        if (Transition.isChange(before, after)) {
            HealthReport.Check heldBack = held.release(index);
            if (heldBack != null) {
                announce(heldBack, past(index, before));
            }
            consequences = change(run, before, after);
        }
        tellWhoWaitedFor(index);
        return consequences;
    }

    private Consequences change(Run run, CheckState before, CheckState after) {
        int index = run.index;
        boolean down = after.status() == Status.DOWN;
        Set<Integer> awaited = down && after.cause() == null ? notLookedAtSince(run) : Set.of();
        if (awaited.isEmpty()) {
            announce(past(index, before), entry(index, after));
        } else {
            held.hold(index, past(index, before), awaited);
        }
        if (!down) {
            return new Consequences(false, downDependents(index));
        }
        blame(index);
        var ask = new TreeSet<>(awaited);
        ask.addAll(dependencies.deciders(index));
        return new Consequences(true, ask);
    }

    private Set<Integer> notLookedAtSince(Run run) {
        var awaited = new TreeSet<Integer>();
        for (int needed : dependencies.needs(run.index)) {
            CheckState state = snapshot.state(needed);
            boolean older = state.neverChecked() || state.checkedNanos() - run.startedNanos() < 0;
            boolean finished = definitions.get(needed).isStartup() && state.status() == Status.UP;
            if (older && !finished) {
                awaited.add(needed);
            }
        }
        return awaited;
    }

    /** All that is DOWN without a cause, and cannot work without this one, is DOWN because of it. */
    private void blame(int index) {
        for (int dependent : dependencies.neededBy(index)) {
            CheckState state = snapshot.state(dependent);
            String cause = cause(dependent);
            if (state.isKnownDown() && cause != null && !cause.equals(state.cause())) {
                CheckState blamed = state.because(cause);
                put(dependent, blamed.failingOpen(failsOpen(dependent, blamed, cause)));
                blame(dependent);
            }
        }
    }

    private Set<Integer> downDependents(int index) {
        return dependencies.neededBy(index).stream()
                .filter(dependent -> snapshot.state(dependent).isKnownDown())
                .collect(Collectors.toSet());
    }

    /**
     * Unless its own news wait as well, for only the end of the chain knows the cause; or it has failed, and its
     * threshold is not reached yet.
     */
    private void tellWhoWaitedFor(int index) {
        CheckState state = snapshot.state(index);
        boolean mayTurnDown = state.result().status() == Status.DOWN && state.status() != Status.DOWN;
        if (held.holds(index) || mayTurnDown) {
            return;
        }
        for (int dependent : dependencies.neededBy(index)) {
            if (held.ripe(dependent, index, state.isKnownDown())) {
                HealthReport.Check before = held.release(dependent);
                if (before != null) {
                    announce(before, entry(dependent, snapshot.state(dependent)));
                    tellWhoWaitedFor(dependent);
                }
            }
        }
    }

    /** A sign of life has changed. It is told like everything else: it explains a restart. */
    void announceSign(HealthReport.Check before, HealthReport.Check after) {
        synchronized (publishing) {
            if (!closed) {
                announce(before, after);
            }
        }
    }

    private void announce(HealthReport.Check before, HealthReport.Check after) {
        Status from = before.checkedAt() == null ? null : before.status();
        journal.add(
                new HealthReport.Change(time.now(), after.name(), from, after.status(), after.reason(), after.cause()));
        listeners.changed(before, after);
    }

    private HealthReport.Check entry(int index, CheckState state) {
        return entry(index, state, underWay.apply(index));
    }

    /** What was known before the run that is under way. */
    private HealthReport.Check past(int index, CheckState state) {
        return entry(index, state, null);
    }

    private HealthReport.Check entry(int index, CheckState state, @Nullable Run run) {
        long nanos = time.nanos();
        return Reports.of(definitions.get(index), state, run, nanos, nanos);
    }

    void count(int index, UnaryOperator<CheckState> what) {
        synchronized (publishing) {
            put(index, what.apply(snapshot.state(index)));
        }
    }

    void become(UnaryOperator<Snapshot> next) {
        synchronized (publishing) {
            snapshot = next.apply(snapshot);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        synchronized (publishing) {
            closed = true;
        }
        listeners.close();
    }
}
