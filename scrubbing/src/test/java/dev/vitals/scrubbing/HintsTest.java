package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HintsTest {
    static Stream<String> sensitiveWords() {
        return WordTable.words(KeyWords.SENSITIVE + " password passwd passphrase pass");
    }

    @ParameterizedTest
    @MethodSource("sensitiveWords")
    void noSensitiveWordIsPassedOver(String word) {
        String upper = word.toUpperCase(Locale.ROOT);

        assertThat(Hints.any(word, 0, word.length())).isTrue();
        assertThat(Hints.any(upper, 0, upper.length())).isTrue();
        assertThat(Hints.isOrdinaryQuoted('"' + word + '"', word.length() + 1)).isFalse();
        String apart = String.join("-_", word.split(""));
        assertThat(Hints.isOrdinaryQuoted('"' + apart + '"', apart.length() + 1))
                .isFalse();
    }

    @Test
    void namesInQuotesAreOrdinaryOnlyWhereAllOfThemWasSeen() {
        assertThat(Hints.isOrdinaryQuoted("\"id\"", 3)).isTrue();
        assertThat(Hints.isOrdinaryQuoted("\"password\",\"id\"", 14)).isTrue();
        assertThat(Hints.isOrdinaryQuoted("\"\"", 1)).isTrue();
        assertThat(Hints.isOrdinaryQuoted("id\"", 2)).isFalse();
        assertThat(Hints.isOrdinaryQuoted('"' + "x".repeat(65) + '"', 66)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "id", "OrderService.java", "level", "user", "duration", "15", "thread"})
    void mostNamesArePassedOver(String name) {
        assertThat(Hints.any(name, 0, name.length())).isFalse();
    }
}
