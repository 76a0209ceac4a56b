package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {
    private static String passed(String text) {
        int at = 0;
        while (!Character.isDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(at, Harmless.end(text, at));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "2026-01-01",
                "2026-12-31",
                "2026-11-21T07:15:47",
                "2026-11-21T07:15:47Z",
                "2026-11-21 07:15:47,123",
                "2026-11-21T07:15:47.123456789Z",
                "2026-11-21T07:15:47.123+01:00",
                "2026-11-21T07:15:47-0800",
                "2026-11-21 23:59:60+02",
                "07:15:47",
                "07:15:47.123",
                "550e8400-e29b-41d4-a716-446655440000",
                "00000000-0000-0000-0000-000000000000",
                "1b6d35861b6d3586",
                "12a4567890123456",
                "5f43a1b2c3d4e5f60718293a",
                "41d8cd98f00b204e9800998ecf8427ed",
                "9a39a3ee5e6b4b0d3255bfef95601890afd80709",
                "83b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            })
    void thePassGoesOnBehindIt(String text) {
        assertThat(passed(text)).isEqualTo(text);
        assertThat(passed("[" + text + "] x")).isEqualTo(text);
        assertThat(passed(text + ", x")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111",
                "4111-1111-1111-1111",
                "2026-13-21",
                "2026-00-21",
                "2026-11-00",
                "2026-11-32",
                "2026-11-211",
                "2026-11-21-1",
                "x2026-11-21",
                "+2026-11-21",
                "-2026-11-21",
                "24:15:47",
                "07:60:47",
                "07:15:61",
                "07:15:477",
                "07:15:47:ab:cd:ef",
                "07:15:47-1",
                "a:07:15:47",
                "4111111111111111",
                "BE68539007547034",
                "AD1200012030200359100100",
                "550e8400-e29b-41d4-a716-44665544000",
                "550e8400-e29b-41d4-a716-4466554400000",
                "550e8400-e29b-41d4-a716-44665544000g",
                "550e8400-e29b-41d4-a716x446655440000",
                "41d8cd98f00b204e9800998ecf8427e",
                "41d8cd98f00b204e9800998ecf8427eg",
                "x41d8cd98f00b204e9800998ecf8427ed",
                "41d8cd98f00b204e9800998ecf8427ed-us13"
            })
    void itMayBeAnything(String text) {
        assertThat(passed(text)).isEmpty();
        assertThat(passed(" " + text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc41d8cd98f00b204e9800998ecf842", "deadbee1-e29b-41d4-a716-446655440000"})
    void itsFirstDigitNeedNotBeItsFirstCharacter(String text) {
        assertThat(text).endsWith(passed(text));
        assertThat(passed(text)).isNotEmpty();
    }
}
