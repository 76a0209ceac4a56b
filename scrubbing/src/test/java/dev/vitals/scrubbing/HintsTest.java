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
        assertThat(Hints.isOrdinary(word, word.length(), 0)).isFalse();
        assertThat(Hints.isOrdinary(upper, upper.length(), 0)).isFalse();
        assertThat(Hints.isOrdinary(word + " id", word.length() + 3, 0)).isFalse();
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
        assertThat(Hints.isOrdinaryQuoted('"' + "x".repeat(63) + '"', 64)).isTrue();
        assertThat(Hints.isOrdinaryQuoted('"' + "x".repeat(64) + '"', 65)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "order id", "password,id", "password, order id", "password of id", "password  id", "é,id"})
    void aNameAndTheWordBeforeItAreOrdinary(String text) {
        assertThat(Hints.isOrdinary(text, text.length(), 0)).isTrue();
    }

    @Test
    void aNameIsOrdinaryOnlyWhereAllOfItWasSeen() {
        assertThat(Hints.isOrdinary("éid", 3, 0)).isFalse();
        assertThat(Hints.isOrdinary("\u0080id", 3, 0)).isFalse();
        assertThat(Hints.isOrdinary("x".repeat(128), 128, 0)).isTrue();
        assertThat(Hints.isOrdinary("x".repeat(129), 129, 0)).isFalse();
        assertThat(Hints.isOrdinary("passwordid", 10, 8)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "id", "OrderService.java", "level", "user", "duration", "15", "thread"})
    void mostNamesArePassedOver(String name) {
        assertThat(Hints.any(name, 0, name.length())).isFalse();
    }
}
