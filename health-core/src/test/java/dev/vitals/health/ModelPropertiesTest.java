package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The pure parts beside references that are too simple to be wrong. */
class ModelPropertiesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<Status> ALL = List.of(Status.values());
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

    /** The status as the whole list of results says: no counters, no states. */
    private static Status reference(List<Status> results, int failuresToDown, int successesToUp) {
        Status status = results.get(0);
        for (int i = 1; i < results.size(); i++) {
            List<Status> lastOnes = results.subList(0, i + 1);
            if (results.get(i) == Status.DOWN) {
                status = allOfTheLast(failuresToDown, lastOnes, true) ? Status.DOWN : status;
            } else if (status != Status.DOWN || allOfTheLast(successesToUp, lastOnes, false)) {
                status = results.get(i);
            }
        }
        return status;
    }

    private static boolean allOfTheLast(int count, List<Status> results, boolean down) {
        return results.size() >= count
                && results.subList(results.size() - count, results.size()).stream()
                        .allMatch(result -> (result == Status.DOWN) == down);
    }

    @Property(tries = 2000)
    void thresholdsCountConsecutiveResultsOnly(
            @ForAll @Size(min = 1, max = 40) List<Status> results,
            @ForAll @IntRange(min = 1, max = 5) int failuresToDown,
            @ForAll @IntRange(min = 1, max = 5) int successesToUp) {
        CheckDefinition definition = CheckDefinition.of(
                "check",
                deadline -> HealthResult.up(),
                EnumSet.of(Probe.HEALTH, Probe.READINESS),
                new CheckOptions().failuresToDown(failuresToDown).successesToUp(successesToUp));
        CheckState state = CheckState.notCheckedYet(START, 0);
        Status before = null;
        Instant since = START;
        for (int i = 0; i < results.size(); i++) {
            Instant now = START.plusSeconds(i + 1);
            CheckState next = Transition.onResult(
                    state,
                    definition,
                    new HealthResult(results.get(i), null, Map.of(), List.of()),
                    now,
                    i * SECOND,
                    Duration.ZERO,
                    now);
            Status expected = reference(results.subList(0, i + 1), failuresToDown, successesToUp);
            since = expected == before ? since : now;

            assertThat(next.status()).isEqualTo(expected);
            assertThat(next.since()).isEqualTo(since);
            assertThat(Transition.isChange(state, next)).isEqualTo(expected != before);
            assertThat(next.failures() == 0).isNotEqualTo(next.successes() == 0);
            before = expected;
            state = next;
        }
    }

    /** Some checks of every kind, each last looked at up to two minutes ago, or never. */
    record Fleet(List<CheckDefinition> definitions, List<CheckState> states) {}

    @Provide
    Arbitrary<Fleet> fleets() {
        Arbitrary<Integer> sizes = Arbitraries.of(0, 1, 2, 63, 64, 65, 127, 128, 129, 200);
        return Combinators.combine(
                        sizes, Arbitraries.longs(), Arbitraries.doubles().between(0, 1))
                .as(ModelPropertiesTest::fleet);
    }

    /** How well it is in general decides, or among hundreds of checks something would always be DOWN. */
    private static Fleet fleet(int size, long seed, double ill) {
        var random = new Random(seed);
        var definitions = new ArrayList<CheckDefinition>();
        var states = new ArrayList<CheckState>();
        double share = ill * ill * ill;
        for (int i = 0; i < size; i++) {
            var options = new CheckOptions().longestAge(Duration.ofSeconds(13 + random.nextInt(200)));
            if (random.nextBoolean()) {
                options.optional();
            }
            EnumSet<Probe> probes = EnumSet.of(Probe.HEALTH);
            switch (random.nextInt(4)) {
                case 0 -> probes.add(Probe.STARTUP);
                case 1, 2 -> probes.add(Probe.READINESS);
                default -> {}
            }
            definitions.add(CheckDefinition.of("check-" + i, deadline -> HealthResult.up(), probes, options));
            states.add(state(random, share));
        }
        return new Fleet(definitions, states);
    }

    private static CheckState state(Random random, double ill) {
        if (random.nextDouble() < ill / 4) {
            return CheckState.notCheckedYet(START, -SECOND);
        }
        Status status = random.nextDouble() < ill ? ALL.get(random.nextInt(ALL.size())) : Status.UP;
        long checked = -random.nextInt(120) * SECOND;
        var result = new HealthResult(status, null, Map.of(), List.of());
        boolean open = status == Status.DOWN && random.nextInt(3) == 0;
        return new CheckState(
                status, result, START, START, checked, Duration.ZERO, 1, 1, null, open, CheckState.Counts.NONE);
    }

    /** What a probe says at a moment, check by check, by the words of the documentation. */
    private static Status reference(Fleet fleet, Probe probe, long nanos, long resumed) {
        Status worst = Status.UP;
        for (int i = 0; i < fleet.definitions.size(); i++) {
            CheckDefinition definition = fleet.definitions.get(i);
            CheckState state = fleet.states.get(i);
            if (!definition.probes().contains(probe)) {
                continue;
            }
            Status status = state.status();
            boolean mayStop = definition.critical();
            if (state.failsOpen() && status == Status.DOWN) {
                status = Status.DEGRADED;
            }
            boolean tooOld = state.checkedAt() != null
                    && !definition.probes().contains(Probe.STARTUP)
                    && nanos - state.checkedNanos() >= definition.longestAgeNanos();
            boolean excused = nanos - resumed < definition.intervalNanos() + definition.timeoutNanos();
            if (tooOld && !excused) {
                status = Status.DOWN;
            }
            if (status == Status.DOWN && !mayStop) {
                status = Status.DEGRADED;
            }
            worst = worst.worse(status);
        }
        return worst;
    }

    @Property(tries = 600)
    void blocksSayWhatTheWholeSays(
            @ForAll("fleets") Fleet fleet,
            @ForAll @IntRange(max = 300) int laterSeconds,
            @ForAll @IntRange(min = -300, max = 300) int resumedSeconds,
            @ForAll long base) {
        long resumed = base + resumedSeconds * SECOND;
        long nanos = base + laterSeconds * SECOND;
        Fleet moved = new Fleet(
                fleet.definitions,
                fleet.states.stream().map(state -> movedTo(base, state)).toList());
        Snapshot snapshot = snapshot(moved, base);

        for (Probe probe : Set.of(Probe.READINESS, Probe.STARTUP, Probe.HEALTH)) {
            assertThat(snapshot.status(probe, nanos, resumed, Status.UP))
                    .as("%s of %d checks", probe, fleet.states.size())
                    .isEqualTo(reference(moved, probe, nanos, resumed));
        }
        assertThat(snapshot.lifecycle() == HealthReport.Lifecycle.STARTING).isEqualTo(starting(moved));
    }

    @Property(tries = 200)
    void oneResultAfterTheOtherEndsLikeAllAtOnce(
            @ForAll("fleets") Fleet fleet, @ForAll Random order, @ForAll @LongRange(min = 0, max = 120) long later) {
        Snapshot snapshot = Snapshot.notCheckedYet(fleet.definitions, new Time(() -> -SECOND, () -> START));
        var places = new ArrayList<Integer>();
        for (int i = 0; i < fleet.states.size(); i++) {
            places.add(i);
        }
        java.util.Collections.shuffle(places, order);
        for (int place : places) {
            snapshot = snapshot.with(place, fleet.states.get(place), -SECOND);
        }

        Snapshot atOnce = snapshot(fleet, 0);
        for (int i = 0; i < fleet.states.size(); i++) {
            assertThat(snapshot.state(i)).isSameAs(fleet.states.get(i));
        }
        for (Probe probe : Probe.values()) {
            assertThat(snapshot.status(probe, later * SECOND, -1000 * SECOND, Status.UP))
                    .isEqualTo(atOnce.status(probe, later * SECOND, -1000 * SECOND, Status.UP));
        }
        assertThat(snapshot.starting()).isEqualTo(atOnce.starting());
    }

    private static Snapshot snapshot(Fleet fleet, long nanos) {
        Snapshot snapshot = Snapshot.notCheckedYet(fleet.definitions, new Time(() -> nanos, () -> START));
        for (int i = 0; i < fleet.states.size(); i++) {
            snapshot = snapshot.with(i, fleet.states.get(i), nanos);
        }
        return snapshot;
    }

    private static boolean starting(Fleet fleet) {
        for (int i = 0; i < fleet.states.size(); i++) {
            Set<Probe> probes = fleet.definitions.get(i).probes();
            CheckState state = fleet.states.get(i);
            boolean unfinished = probes.contains(Probe.STARTUP) && state.status() != Status.UP;
            boolean unseen = probes.contains(Probe.READINESS) && state.checkedAt() == null;
            if (unfinished || unseen) {
                return true;
            }
        }
        return false;
    }

    private static CheckState movedTo(long base, CheckState state) {
        return new CheckState(
                state.status(),
                state.result(),
                state.since(),
                state.checkedAt(),
                base + state.checkedNanos(),
                state.duration(),
                state.failures(),
                state.successes(),
                state.cause(),
                state.failsOpen(),
                state.counts());
    }

    @Property(tries = 500)
    void theRingKeepsTheLastOnesInOrder(
            @ForAll @IntRange(max = 20) int size,
            @ForAll @Size(max = 100) List<Status> results,
            @ForAll @LongRange(max = 10_000_000_000L) long nanos) {
        var history = new History(size);
        var all = new ArrayList<HealthReport.Point>();
        for (int i = 0; i < results.size(); i++) {
            Instant at = START.plusNanos(i * 1_234_567L);
            Duration duration = Duration.ofNanos(nanos * i);
            history.add(at, results.get(i), duration);
            long micros = Math.min(Integer.MAX_VALUE, duration.toNanos() / 1000);
            all.add(new HealthReport.Point(
                    at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                    results.get(i),
                    Duration.of(micros, java.time.temporal.ChronoUnit.MICROS)));
            assertThat(history.points()).isEqualTo(all.subList(Math.max(0, all.size() - size), all.size()));
        }
    }
}
