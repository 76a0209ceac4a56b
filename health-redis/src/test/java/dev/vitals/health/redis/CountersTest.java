package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CountersTest {
    private static final Counters BEFORE = new Counters("a", 0, 10, 20);

    static Stream<Arguments> beginnings() {
        return Stream.of(
                arguments("no look before", null, new Counters("a", 1, 11, 21)),
                arguments("another start of the server", BEFORE, new Counters("b", 1, 11, 21)),
                arguments("no id", new Counters(null, 0, 10, 20), new Counters(null, 1, 11, 21)),
                arguments("CONFIG RESETSTAT", BEFORE, new Counters("a", 1, 0, 21)),
                arguments("CONFIG RESETSTAT", BEFORE, new Counters("a", 1, 11, 0)),
                arguments("not told before", new Counters("a", 0, -1, 20), new Counters("a", 1, 11, 21)),
                arguments("not told now", BEFORE, new Counters("a", 1, 11, -1)),
                arguments("no time between", BEFORE, new Counters("a", 0, 11, 21)));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void thereIsNoRateAt(String what, @Nullable Counters before, Counters now) {
        assertThat(now.since(before)).as(what).isNull();
    }

    @Test
    void aRateIsThatOfTheTimeBetween() {
        assertThat(new Counters("a", 2_000_000_000L, 30, 21).since(BEFORE)).isEqualTo(new Counters.Rates(10, 0.5, 1));
    }
}
