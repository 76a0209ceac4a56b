package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {
    private static Literal literal(String text) {
        return new Literal(text, (in, at, from, kinds) -> Found.of(Kind.TOKEN, at, at + text.length()));
    }

    private static Triggers of(String... literals) {
        return new Triggers(Stream.of(literals).map(TriggersTest::literal).toList());
    }

    private static int expected(char previous, char c) {
        return switch (c) {
            case ':' -> Triggers.COLON;
            case '=' -> Triggers.EQUALS;
            case '@' -> Triggers.AT;
            default -> Digits.isDigit(c) && !Digits.isDigit(previous) ? Triggers.DIGIT : 0;
        };
    }

    @Test
    void twoNeighboursSayWhatMayBeThere() {
        Triggers triggers = of();

        for (char previous = 0; previous < 200; previous++) {
            for (char c = 0; c < 200; c++) {
                assertThat(triggers.at("" + previous + c, 1)).isEqualTo(expected(previous, c));
            }
        }
        assertThat(triggers.at("7", 0)).isEqualTo(Triggers.DIGIT);
        assertThat(triggers.next("abc", 0)).isEqualTo(3);
        assertThat(triggers.next("abc:", 0)).isEqualTo(3);
        assertThat(triggers.next("", 0)).isZero();
        assertThat(triggers.literal("ab", 1, 0, Kind.ALL)).isEqualTo(Found.NONE);
    }

    @ParameterizedTest
    @CsvSource({"therQZ, 5", "QZther, 1", "QZQZ, 1", "theror, 4", "aa~^, 3", "ea~ea, 2", "a\tQ, 2"})
    void aLiteralIsEnteredByItsRarestNeighbours(String literal, int entry) {
        Triggers triggers = of(literal);

        assertThat(triggers.next(literal, 0)).isEqualTo(entry);
        assertThat(triggers.at(literal, entry)).isEqualTo(Triggers.LITERAL);
        assertThat(triggers.literal(literal, entry, 0, Kind.ALL)).isEqualTo(Found.of(Kind.TOKEN, 0, literal.length()));
        assertThat(triggers.literal("x" + literal, entry + 1, 2, Kind.ALL)).isEqualTo(Found.NONE);
    }

    @Test
    void literalsThatShareNeighboursAreAllFound() {
        Triggers triggers = of("QZa", "QZb", "QZc");

        for (String text : List.of("QZa", "QZb", "QZc")) {
            assertThat(triggers.literal(text, 1, 0, Kind.ALL)).isEqualTo(Found.of(Kind.TOKEN, 0, 3));
        }
        assertThat(triggers.literal("QZd", 1, 0, Kind.ALL)).isEqualTo(Found.NONE);
    }
}
