package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // failuresToDown, successesToUp, results, statuses
        "1, 1, UP,                     UP",
        "1, 1, DOWN,                   DOWN",
        "1, 1, UP DOWN UP,             UP DOWN UP",
        "1, 1, UP DEGRADED UP,         UP DEGRADED UP",
        "3, 1, DOWN,                   DOWN",
        "3, 1, UP DOWN DOWN,           UP UP UP",
        "3, 1, UP DOWN DOWN DOWN,      UP UP UP DOWN",
        "3, 1, UP DOWN DOWN UP DOWN DOWN, UP UP UP UP UP UP",
        "3, 1, DEGRADED DOWN DOWN DOWN, DEGRADED DEGRADED DEGRADED DOWN",
        "1, 2, DOWN UP,                DOWN DOWN",
        "1, 2, DOWN UP UP,             DOWN DOWN UP",
        "1, 2, DOWN UP DEGRADED,       DOWN DOWN DEGRADED",
        "1, 2, DOWN UP DOWN UP UP,     DOWN DOWN DOWN DOWN UP",
        "1, 2, UP DEGRADED,            UP DEGRADED",
    })
    void onlyConsecutiveResultsCount(int failuresToDown, int successesToUp, String results, String statuses) {
        CheckDefinition definition =
                definition(options -> options.failuresToDown(failuresToDown).successesToUp(successesToUp));

        CheckState state = CheckState.notCheckedYet(START, 0);
        var seen = Stream.<Status>builder();
        for (Status given : statuses(results)) {
            state = next(state, definition, given, 1);
            seen.add(state.status());
        }

        assertThat(seen.build()).containsExactlyElementsOf(statuses(statuses));
    }

    @ParameterizedTest
    @CsvSource({
        "1, UP,                0",
        "1, DOWN,              0",
        "1, UP UP UP,          0",
        "1, UP DOWN UP,        2",
        "1, UP DEGRADED DOWN,  2",
        "3, UP DOWN DOWN UP,   0",
        "3, UP DOWN DOWN DOWN, 1",
    })
    void aTransitionIsAChangeOfTheStatusAfterTheFirstResult(int failuresToDown, String results, long transitions) {
        CheckDefinition definition = definition(options -> options.failuresToDown(failuresToDown));

        CheckState state = CheckState.notCheckedYet(START, 0);
        for (Status given : statuses(results)) {
            state = next(state, definition, given, 1);
        }

        assertThat(state.counts()).isEqualTo(new CheckState.Counts(transitions, 0, 0));
    }

    @Test
    void sinceMovesOnlyWithTheStatus() {
        CheckDefinition definition = definition(options -> {});

        CheckState up = next(CheckState.notCheckedYet(START, 0), definition, Status.UP, 1);
        CheckState stillUp = next(up, definition, Status.UP, 2);
        CheckState down = next(stillUp, definition, Status.DOWN, 3);

        assertThat(up.since()).isEqualTo(START.plusSeconds(1));
        assertThat(stillUp.since()).isEqualTo(START.plusSeconds(1));
        assertThat(stillUp.checkedAt()).isEqualTo(START.plusSeconds(2));
        assertThat(down.since()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void theFirstDownIsADownSinceItWasSeen() {
        CheckState down = next(CheckState.notCheckedYet(START, 0), definition(options -> {}), Status.DOWN, 5);

        assertThat(down.since()).isEqualTo(START.plusSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // status and cause before, status and cause after, whether that is a change
                "DOWN, database, DOWN, -,        true",
                "DOWN, database, DOWN, database, false",
                "DOWN, -,        DOWN, database, false",
                "DOWN, -,        DOWN, -,        false",
                "DOWN, database, UP,   -,        true",
                "UP,   -,        UP,   -,        false",
                "UP,   -,        DOWN, database, true",
            })
    void aFailureThatStandsOnItsOwnNowIsAChange(
            Status was, String causeBefore, Status is, String causeAfter, boolean change) {
        CheckDefinition definition = definition(options -> {});
        CheckState before = next(CheckState.notCheckedYet(START, 0), definition, was, 1);
        CheckState after = next(before, definition, is, 2);

        assertThat(Transition.isChange(before.because(causeBefore), after.because(causeAfter)))
                .isEqualTo(change);
    }

    @Test
    void itFailsOpenAsLongAsItIsDownAndTheCauseIsSaidByWhoKnowsTheOthers() {
        CheckDefinition definition = definition(options -> {});
        CheckState open = next(CheckState.notCheckedYet(START, 0), definition, Status.DOWN, 1)
                .failingOpen(true)
                .because("database")
                .lateResult();

        CheckState still = next(open, definition, Status.DOWN, 2);
        CheckState over = next(still, definition, Status.UP, 3);

        assertThat(still.failsOpen()).isTrue();
        assertThat(still.cause()).isNull();
        assertThat(over.failsOpen()).isFalse();
        assertThat(over.counts()).isEqualTo(new CheckState.Counts(1, 0, 1));
    }

    private static List<Status> statuses(String text) {
        return Arrays.stream(text.split(" ")).map(Status::valueOf).toList();
    }

    private static CheckState next(CheckState before, CheckDefinition definition, Status given, long second) {
        Instant at = START.plusSeconds(second);
        var result = new HealthResult(given, null, java.util.Map.of(), List.of());
        return Transition.onResult(before, definition, result, at, second * 1_000_000_000L, Duration.ofMillis(1), at);
    }

    private static CheckDefinition definition(java.util.function.Consumer<CheckOptions> customise) {
        var options = new CheckOptions();
        customise.accept(options);
        return CheckDefinition.of(
                "database", deadline -> HealthResult.up(), EnumSet.of(Probe.HEALTH, Probe.READINESS), options);
    }
}
