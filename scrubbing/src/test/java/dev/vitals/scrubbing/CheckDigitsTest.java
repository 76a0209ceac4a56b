package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDigitsTest {
    @ParameterizedTest
    @CsvSource({"1, 31", "2, 29", "4, 30", "7, 31", "8, 31", "9, 30", "11, 30", "12, 31"})
    void theLastDayOfAMonthIsOneAndTheNextIsNone(int month, int last) {
        assertThat(CheckDigits.isDay(month, 1)).isTrue();
        assertThat(CheckDigits.isDay(month, last)).isTrue();
        assertThat(CheckDigits.isDay(month, last + 1)).isFalse();
        assertThat(CheckDigits.isDay(month, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13})
    void thereAreTwelveMonths(int month) {
        assertThat(CheckDigits.isDay(month, 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11010519000101123", "82010520991231123", "11010519491231002"})
    void oneOfElevenEndingsIsThatOfAChineseResident(String start) {
        assertThat(endings(start)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10010519491231002", "83010519491231002", "11010518991231002", "11010521001231002"})
    void noEndingIsThatOfAProvinceOrAYearThatIsNone(String start) {
        assertThat(endings(start)).isZero();
    }

    private static long endings(String start) {
        return IntStream.range(0, 11)
                .mapToObj(i -> start + "0123456789X".charAt(i))
                .filter(id -> CheckDigits.china(id, 0, id.length()))
                .count();
    }
}
