package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides whether a value was drawn at random, at the edges. Each value stands alone, and inside something longer. */
class RandomnessTest {
    private static final String BEFORE = "x_".repeat(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2c/d3e4f5", // one slash in twelve
                "1a2b3c4d5678", // four letters
                "abcd1efGh2ij", // two groups of digits
                "1abcdefghij2", // two changes in twelve
                "a1b2c3a1b2c3d", // seven different characters
                "aBcDeFgHiJkLmNoPqRsTuVw1", // one digit, long
                "abCdeFghIjkLmnOpqRstUvwX1", // a third of the letters are capitals
                "ABcDEfGHiJKlMNoPQrSTuVWx1", // or small
                "ABCdefGHIjklMNOpqrSTU1vw", // eight changes in 24
                "abc.def-a1b2c3d4e5f6", // the last part alone
                "123e4567-e89b-12d3-a456-4a2b6c1d7e0f1", // none of these is a UUID
                "123e4567.e89b-12d3-a456-4a2b6c1d7e0f",
                "123e4567-e89b.12d3-a456-4a2b6c1d7e0f",
                "123e4567-e89b-12d3.a456-4a2b6c1d7e0f",
                "123e4567-e89b-12d3-a456.4a2b6c1d7e0f"
            })
    void drawnAtRandom(String value) {
        assertThat(Randomness.isRandom(value, 0, value.length())).isTrue();
        assertThat(Randomness.isRandom(BEFORE + value + "Z/", BEFORE.length(), BEFORE.length() + value.length()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2/c3d4/e5f6", // a path
                "1a2b3c456789", // three letters
                "abcdefg1hijk", // one group of digits
                "12abCdefghij",
                "abC12defghij",
                "1abcdefghijk2", // two changes in thirteen
                "a1b2c3a1b2c3", // six different characters
                "a1b2c3d4e5f", // eleven characters
                "--------a1b2c3d4",
                "aBcDeFgHiJkLmNoPqRsTuVwX", // no digit
                "aBcDeFgHiJkLmNoPqRsTuV1", // one digit, 23 characters
                "abCdeFghIjkLmnOpqRstUvwx1", // fewer than a third are capitals
                "ABcDEfGHiJKlMNoPQrSTuVWX1", // or small
                "ABCdefGHIjklMNOpqrSTU1vwx", // eight changes in 25
                "123e4567-e89b-12d3-a456-4a2b6c1d7e0f", // a UUID
                ""
            })
    void wordsPathsAndDates(String value) {
        for (String behind : new String[] {"", "Z", "9", "/", "-"}) {
            String text = BEFORE + value + behind;
            assertThat(Randomness.isRandom(text, BEFORE.length(), BEFORE.length() + value.length()))
                    .as(text)
                    .isFalse();
            assertThat(Randomness.isRandom(value + behind, 0, value.length())).isFalse();
        }
    }

    /** The value, how often its class changes, how many classes it has, whether it is mixed, whether it is no word. */
    @ParameterizedTest
    @CsvSource({
        "abc, 0, 1, false, false",
        "aB1, 2, 3, true, true",
        "a-b_c.d, 6, 1, true, false",
        "hunter!, 1, 2, false, true",
        "hunter@x, 2, 2, false, true",
        "hunter€, 1, 2, false, true",
        "123-45, 2, 1, false, false",
        "12#45, 2, 2, false, false",
        "€#!, 0, 1, false, false",
        "abcdefgh1, 1, 2, true, true",
        "abCdefgh, 2, 2, false, false",
        "abCdeFgh, 4, 2, true, false",
        "abCdeFghijklmnop, 4, 2, false, false",
        "'', 0, 0, false, false"
    })
    void classesOfCharacters(String value, int changes, int classes, boolean mixed, boolean moreThanWords) {
        for (String behind : new String[] {"", "1Aa", "aB1", "!2", "-"}) {
            String text = BEFORE + value + behind;
            int from = BEFORE.length();
            int to = from + value.length();
            assertThat(Randomness.changes(text, from, to)).isEqualTo(changes);
            assertThat(Randomness.classes(text, from, to)).isEqualTo(classes);
            assertThat(Randomness.isMixed(text, from, to)).isEqualTo(mixed);
            assertThat(Randomness.isMoreThanWords(text, from, to)).isEqualTo(moreThanWords);
        }
        assertThat(Randomness.changes(value, 0, value.length())).isEqualTo(changes);
        assertThat(Randomness.isMixed(value, 0, value.length())).isEqualTo(mixed);
    }
}
