package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values, by table. */
class SmallPartsTest {
    @ParameterizedTest
    @CsvSource({"UP, UP, UP", "UP, DEGRADED, DEGRADED", "DEGRADED, UP, DEGRADED", "DOWN, DEGRADED, DOWN"})
    void theWorseOfTwo(Status one, Status other, Status worse) {
        assertThat(one.worse(other)).isEqualTo(worse);
    }

    static Stream<Arguments> optionsThatMakeNoSense() {
        return Stream.<Map.Entry<String, Consumer<CheckOptions>>>of(
                        Map.entry("every(PT0S)", options -> options.every(Duration.ZERO)),
                        Map.entry("timeout(PT-1S)", options -> options.timeout(Duration.ofSeconds(-1))),
                        Map.entry("longestAge(PT0S)", options -> options.longestAge(Duration.ZERO)),
                        Map.entry("failuresToDown(0)", options -> options.failuresToDown(0)),
                        Map.entry("successesToUp(-1)", options -> options.successesToUp(-1)),
                        Map.entry(
                                "longestAge(PT5S) must exceed every(PT10S)",
                                options -> options.longestAge(Duration.ofSeconds(5))))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("optionsThatMakeNoSense")
    void anOptionThatMakesNoSenseIsNamed(String named, Consumer<CheckOptions> options) {
        assertThatThrownBy(() -> HealthMonitor.builder().observe("x", deadline -> HealthResult.up(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "1first", "with space", "dash-ed", ".dot", "ümlaut"})
    void aMeasurementHasAPlainName(String name) {
        assertThatThrownBy(() -> HealthResult.up().withMeasurement(name, "1", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void aResultIsACopy() {
        var details = new HashMap<String, Object>(Map.of("a", 1));
        var measurements = new ArrayList<>(List.of(new Measurement("a", "1", 1)));
        var result = new HealthResult(Status.UP, null, details, measurements);

        details.clear();
        measurements.clear();

        assertThat(result.details()).containsEntry("a", 1);
        assertThat(result.measurements()).hasSize(1);
        assertThatThrownBy(() -> result.details().put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 2000, 2", "1, 1999, 2", "1000, 1000, 1", "1999, 1, 1", "2000, 0, 1", "9000, 0, 1"})
    void aDeadlineTellsTheTimeLeft(long laterMillis, long leftMillis, int secondsRoundedUp) {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1);
        var deadline = new Deadline(nanos::get, Duration.ofSeconds(2));

        nanos.addAndGet(Duration.ofMillis(laterMillis).toNanos());

        assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(leftMillis));
        assertThat(deadline.remainingSecondsRoundedUp()).isEqualTo(secondsRoundedUp);
        assertThat(deadline.isExpired()).isEqualTo(leftMillis == 0);
    }

    @Test
    void whatIsAskedForAfterTheDeadlineIsDoneAtOnce() {
        var done = new AtomicInteger();
        var deadline = Deadline.after(Duration.ZERO);
        deadline.onExpiry(done::incrementAndGet);

        assertThat(deadline.expire()).hasSize(1);
        assertThat(deadline.expire()).isEmpty();
        assertThat(done).hasValue(0);
        deadline.onExpiry(done::incrementAndGet);
        assertThat(done).hasValue(1);
    }

    @Test
    void aBodyIsRenderedOnFirstReadAndAtMostEvery250Millis() {
        var nanos = new AtomicLong();
        var renderings = new AtomicInteger();
        var body = new Renewed<>(
                nanos::get, () -> dev.vitals.http.Response.text(200, String.valueOf(renderings.incrementAndGet())));

        assertThat(renderings).hasValue(0);
        assertThat(body.get()).isSameAs(body.get());
        nanos.addAndGet(249_999_999);
        assertThat(body.get().bodyAsText()).isEqualTo("1");
        nanos.addAndGet(1);
        assertThat(body.get().bodyAsText()).isEqualTo("2");
    }
}
