package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTrackingBuilderTest {
    static Stream<Arguments> mistakes() {
        Duration minute = Duration.ofMinutes(1);
        return Stream.of(
                mistake(builder -> builder.perError(0, minute), "burst is 0: choose 1 to 10000"),
                mistake(builder -> builder.perError(10_001, minute), "burst is 10001"),
                mistake(builder -> builder.perError(5, Duration.ZERO), "refill is zero"),
                mistake(builder -> builder.perError(5, minute.negated()), "refill is PT-1M: choose a time up to a day"),
                mistake(builder -> builder.perError(5, Duration.ofDays(2)), "refill is PT48H"),
                mistake(builder -> builder.perMinute(0), "perMinute is 0: choose 1 to 10000000"),
                mistake(builder -> builder.perMinute(10_000_001), "perMinute is 10000001"),
                mistake(builder -> builder.duplicatesWithin(minute.negated()), "duplicatesWithin is PT-1M"),
                mistake(builder -> builder.duplicatesWithin(Duration.ofDays(2)), "duplicatesWithin is PT48H"));
    }

    private static Arguments mistake(Consumer<ErrorTrackingBuilder> mistake, String message) {
        return Arguments.of(mistake, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldAtSetUp(Consumer<ErrorTrackingBuilder> mistake, String message) {
        assertThatThrownBy(() -> mistake.accept(ErrorTracking.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
