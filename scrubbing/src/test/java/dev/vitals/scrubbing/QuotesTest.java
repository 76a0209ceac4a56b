package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In each line a text, and the same with a bar where what begins with its first quote or bracket ends. */
class QuotesTest {
    private static final String IN_LINES = """
            "ab" x ⇒ "ab¦" x
            "ab" ⇒ "ab¦"
            "ab ⇒ "ab¦
            'it''s' ⇒ 'it''s¦'
            "a"" ⇒ "a""¦
            "a\\"b" x ⇒ "a\\"b¦" x
            "a\\\\" x ⇒ "a\\\\¦" x
            "\\xa" ⇒ "\\xa¦"
            "\\xa\\"b" ⇒ "\\xa\\"b¦"
            "a⏎b" ⇒ "a¦⏎b"
            \\"ab\\" x ⇒ \\"ab¦\\" x
            \\"ab" x ⇒ \\"ab¦" x
            \\"ab"" x ⇒ \\"ab¦"" x
            \\"a\\\\\\"b\\" x ⇒ \\"a\\\\\\"b¦\\" x
            \\"a\\\\\\\\\\" x ⇒ \\"a\\\\\\\\¦\\" x
            \\\\\\"a\\\\\\" x ⇒ \\\\\\"a¦\\\\\\" x
            (a(b)c) x ⇒ (a(b)c)¦ x
            [a] ⇒ [a]¦
            [a ⇒ [a¦
            {"a}":1} x ⇒ {"a}":1}¦ x
            ("a)" ⇒ ("a)"¦
            ("a) ⇒ ("a)¦
            (a⏎b) ⇒ (a¦⏎b)
            ("a⏎b") ⇒ ("a¦⏎b")
            (\\"a)\\") x ⇒ (\\"a)\\")¦ x
            (\\x"a)") x ⇒ (\\x"a)")¦ x
            (a>b) x ⇒ (a>b)¦ x
            """;

    private static final String ACROSS = """
            "a⏎b" ⇒ "a⏎b¦"
            "a⏎b ⇒ "a⏎b¦
            (a⏎b) ⇒ (a⏎b)¦
            ("a⏎b") x ⇒ ("a⏎b")¦ x
            ("a)"⏎b) x ⇒ ("a)"⏎b)¦ x
            """;

    static Stream<Arguments> inLines() {
        return TextTable.changes(IN_LINES);
    }

    static Stream<Arguments> across() {
        return TextTable.changes(ACROSS);
    }

    @ParameterizedTest
    @MethodSource("inLines")
    void theEndIsFoundInTheLine(String text, String expected) {
        assertThat(marked(text, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("across")
    void orInAnotherOne(String text, String expected) {
        assertThat(marked(text, true)).isEqualTo(expected);
    }

    private static String marked(String text, boolean lines) {
        int open = Chars.skipBackslashes(text, 0);
        boolean bracket = Chars.opens(text.charAt(open));
        int end = bracket ? Quotes.bracketEnd(text, open, lines) : Quotes.end(text, open, open, lines);
        return text.substring(0, end) + "¦" + text.substring(end);
    }
}
