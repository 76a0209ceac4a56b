package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of W3C Baggage, 3.2.1. */
class BaggageHeaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"a=b", "a=", "a=b;p", "a=b;p=q , c=d", "\ta = b ", "a=%2F", "a=b=c", "a!=~"})
    void whatKeepsToTheGrammarIsWellFormed(String text) {
        assertThat(BaggageHeader.isWellFormed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "a",
                "=b",
                "a=b,",
                "a=b c",
                "a b=c",
                "a=b\\",
                "a=\"b\"",
                "a=%",
                "a=%2",
                "a=%2g",
                "a=%g2",
                "a=\u00e9",
                "a=\u007f",
                "a=\u0001",
                "\u00e4=b",
                "a=b;;",
                "a=b;=c",
                "a=b;p=\\",
                "a=b;"
            })
    void whatBreaksItIsNot(String text) {
        assertThat(BaggageHeader.isWellFormed(text)).isFalse();
    }
}
