package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissedRunsTest {
    /** Where the clock begins means nothing: here it runs over soon. */
    private static final long ORIGIN = Long.MAX_VALUE - 7;

    @ParameterizedTest
    @CsvSource({
        // began at, asked at, missed: in tenths of an interval
        "'', 0, 0",
        "'', 14, 0",
        "'', 15, 1",
        "'', 24, 1",
        "'', 25, 2",
        "'', 100, 9",
        "'10', 24, 0",
        "'10', 25, 1",
        "'14', 14, 0",
        "'16', 16, 1",
        "'16', 30, 1",
        "'10 20 30', 30, 0",
        "'10 20 30', 44, 0",
        "'10 120', 120, 10",
        "'10 120 121 122 123', 124, 10",
        "'10 20 10', 34, 0",
        "'10 11 12 13', 27, 0",
        "'10 30 40 70', 70, 3",
    })
    void aRunIsMissedWhenItDidNotBeginHalfAnIntervalAfterItWasDue(String began, long asked, long expected) {
        var runs = new MissedRuns(Duration.ofNanos(1_000), ORIGIN);

        for (long at : tenths(began)) {
            runs.began(ORIGIN + at * 100, ORIGIN + at * 100);
        }

        assertThat(runs.count(ORIGIN + asked * 100)).isEqualTo(expected);
    }

    @Test
    void itNeverFallsWhateverTheClockDoesAndWheneverRunsAreToldOf() {
        var random = new Random(7);
        var runs = new MissedRuns(Duration.ofNanos(1_000), ORIGIN);
        long now = ORIGIN;
        long before = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(-700, 1_500);
            if (random.nextInt(3) == 0) {
                runs.began(now - random.nextInt(2_000), now);
            }
            long count = runs.count(now);
            assertThat(count).isGreaterThanOrEqualTo(before);
            before = count;
        }
    }

    private static long[] tenths(String text) {
        return text.isEmpty()
                ? new long[0]
                : Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
