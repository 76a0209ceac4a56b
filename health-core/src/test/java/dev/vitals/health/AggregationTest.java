package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // critical check, optional check, readiness
        "UP,       UP,       UP",
        "UP,       DEGRADED, DEGRADED",
        "UP,       DOWN,     DEGRADED",
        "DEGRADED, UP,       DEGRADED",
        "DEGRADED, DOWN,     DEGRADED",
        "DOWN,     UP,       DOWN",
        "DOWN,     DOWN,     DOWN",
    })
    void theWorstCountsAndAnOptionalDownOnlyDegrades(Status critical, Status optional, Status readiness) {
        ProbeState state = aggregate(
                List.of(check(true, 30), check(false, 30)), List.of(checked(critical, 0), checked(optional, 0)));

        assertThat(state.at(0)).isEqualTo(readiness);
    }

    @ParameterizedTest
    @CsvSource({
        // longest age of the critical one, of the optional one, seconds later, readiness
        "30, 60, 29, UP",
        "30, 60, 30, DOWN",
        "60, 30, 29, UP",
        "60, 30, 30, DEGRADED",
        "60, 30, 59, DEGRADED",
        "60, 30, 60, DOWN",
    })
    void aSnapshotNobodyRenewsGoesBadByItself(int criticalAge, int optionalAge, long later, Status readiness) {
        ProbeState state = aggregate(
                List.of(check(true, criticalAge), check(false, optionalAge)),
                List.of(checked(Status.UP, 0), checked(Status.UP, 0)));

        assertThat(state.at(later * SECOND)).isEqualTo(readiness);
    }

    @Test
    void theFirstToTurnStaleDecides() {
        ProbeState state = aggregate(
                List.of(check(true, 30), check(true, 30)),
                List.of(checked(Status.UP, 20 * SECOND), checked(Status.UP, 0)));

        assertThat(state.at(29 * SECOND)).isEqualTo(Status.UP);
        assertThat(state.at(30 * SECOND)).isEqualTo(Status.DOWN);
    }

    @Test
    void theMonotonicClockMayWrap() {
        long nearTheEnd = Long.MAX_VALUE - 5 * SECOND;
        ProbeState state = Aggregation.aggregate(
                Probe.READINESS, List.of(check(true, 30)), List.of(checked(Status.UP, nearTheEnd)), nearTheEnd);

        assertThat(state.at(nearTheEnd + 29 * SECOND)).isEqualTo(Status.UP);
        assertThat(state.at(nearTheEnd + 30 * SECOND)).isEqualTo(Status.DOWN);
    }

    @Test
    void aCheckThatHasNotSpokenIsDown() {
        ProbeState state = aggregate(List.of(check(true, 30)), List.of(CheckState.notCheckedYet(START, 0)));

        assertThat(state.at(0)).isEqualTo(Status.DOWN);
    }

    @Test
    void withoutAnyCheckAllIsWell() {
        assertThat(aggregate(List.of(), List.of()).at(Long.MAX_VALUE)).isEqualTo(Status.UP);
    }

    @Test
    void anObservedCheckLeavesReadinessAlone() {
        var observed = CheckDefinition.of(
                "outside", deadline -> HealthResult.up(), EnumSet.of(Probe.HEALTH), new CheckOptions());

        assertThat(aggregate(List.of(observed), List.of(checked(Status.DOWN, 0)))
                        .at(0))
                .isEqualTo(Status.UP);
        assertThat(Aggregation.aggregate(Probe.HEALTH, List.of(observed), List.of(checked(Status.DOWN, 0)), 0)
                        .at(0))
                .isEqualTo(Status.DOWN);
    }

    @Test
    void whatHasStartedStaysStarted() {
        var startup = CheckDefinition.of(
                "migrations",
                deadline -> HealthResult.up(),
                EnumSet.of(Probe.HEALTH, Probe.STARTUP),
                new CheckOptions());

        assertThat(Aggregation.aggregate(Probe.STARTUP, List.of(startup), List.of(checked(Status.UP, 0)), 0)
                        .at(1_000_000 * SECOND))
                .isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "63, 1", "64, 1", "65, 2", "128, 2", "129, 3"})
    void aSnapshotHasAsManyBlocksAsItNeeds(int checks, int blocks) {
        var definitions = java.util.Collections.nCopies(checks, check(true, 30));

        assertThat(Snapshot.notCheckedYet(definitions, Time.SYSTEM).blocks()).hasSize(blocks);
    }

    private static ProbeState aggregate(List<CheckDefinition> definitions, List<CheckState> states) {
        return Aggregation.aggregate(Probe.READINESS, definitions, states, 0);
    }

    private static CheckDefinition check(boolean critical, long longestAgeSeconds) {
        var options = new CheckOptions().longestAge(Duration.ofSeconds(longestAgeSeconds));
        if (!critical) {
            options.optional();
        }
        return CheckDefinition.of(
                "check", deadline -> HealthResult.up(), Set.of(Probe.HEALTH, Probe.READINESS), options);
    }

    private static CheckState checked(Status status, long nanos) {
        var result = new HealthResult(status, null, Map.of(), List.of());
        return new CheckState(
                status, result, START, START, nanos, Duration.ZERO, 0, 0, null, false, CheckState.Counts.NONE);
    }
}
