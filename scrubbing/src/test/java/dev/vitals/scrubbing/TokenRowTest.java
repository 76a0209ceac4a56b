package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row at its bounds: in each line a text, and the same with a bar where the token at its beginning ends. */
class TokenRowTest {
    private static final String A12 = "a".repeat(12);

    private static final TokenRow LETTERS = new TokenRow("ab_", Ascii.ALNUM, 4, 6, TokenRow.Shape.ANY);
    private static final TokenRow DOTS = new TokenRow("ab_", Ascii.ALNUM | Ascii.DOT, 4, 6, TokenRow.Shape.ANY);
    private static final TokenRow HEX = new TokenRow("ab_", Ascii.HEX, 4, 8, TokenRow.Shape.ANY);
    private static final TokenRow OPEN = new TokenRow("ab_", Ascii.ALNUM, 4, TokenRow.OPEN, TokenRow.Shape.DIGIT);
    private static final TokenRow PARTS =
            new TokenRow("ab.", Ascii.ALNUM | Ascii.DOT, 10, 80, TokenRow.Shape.TWO_PARTS);
    private static final TokenRow HASH = new TokenRow("$2$", Ascii.ALNUM | Ascii.DOLLAR, 10, 80, TokenRow.Shape.HASH);

    private static Arguments of(TokenRow row, String text) {
        return Arguments.of(row, text);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                of(LETTERS, "ab_"),
                of(LETTERS, "ab_cde"),
                of(LETTERS, "ab_cdef¦"),
                of(LETTERS, "ab_cdef¦ x"),
                of(LETTERS, "ab_cd-ef"),
                of(LETTERS, "ab_-cdef"),
                of(LETTERS, "ab_cdefgh¦"),
                of(LETTERS, "ab_cdefgh¦.x"),
                of(LETTERS, "ab_cdefghi"),
                of(DOTS, "ab_cdefgh¦."),
                of(DOTS, "ab_cdefgh¦. x"),
                of(DOTS, "ab_cdefgh.x"),
                of(DOTS, "ab_cdefghi."),
                of(DOTS, "ab_cdef¦.."),
                of(DOTS, "ab_cde.¦."),
                of(DOTS, "ab_cd..¦ x"),
                of(HEX, "ab_0123ffg"),
                of(HEX, "ab_0123ff¦-g"),
                of(OPEN, "ab_cde1¦"),
                of(OPEN, "ab_cdef"),
                of(OPEN, "ab_" + "c".repeat(39) + "1" + "c".repeat(99) + "¦-"),
                of(OPEN, "ab_" + "c".repeat(40) + "1"),
                of(PARTS, "ab." + A12 + "." + A12 + "¦ x"),
                of(PARTS, "ab." + A12 + "." + A12.substring(1) + " x"),
                of(PARTS, "ab." + A12.substring(1) + "." + A12 + " x"),
                of(HASH, "$2$a$" + "b".repeat(20) + "¦ x"),
                of(HASH, "$2$a$" + "b".repeat(19) + " x"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTokenHasItsLengthAndItsForm(TokenRow row, String marked) {
        int end = marked.indexOf('¦');
        String text = marked.replace("¦", "");
        assertThat(row.verify(text, 0, 0, Kind.ALL)).isEqualTo(end < 0 ? Found.NONE : Found.of(Kind.TOKEN, 0, end));
        String longer = "(" + "-".repeat(60) + text;
        assertThat(row.verify(longer, 61, 0, Kind.ALL))
                .isEqualTo(end < 0 ? Found.NONE : Found.of(Kind.TOKEN, 61, end + 61));
        assertThat(row.verify("x" + text, 1, 0, Kind.ALL)).isEqualTo(Found.NONE);
    }

    @Test
    void noTokensAreFoundWhereNoneAreLookedFor() {
        assertThat(LETTERS.verify("ab_cdef", 0, 0, 0)).isEqualTo(Found.NONE);
    }
}
