package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.jdbc.FlywayHistory.Line;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlywayHistoryTest {
    /** Lines as "version type ok", or "- script ok" of a repeatable one. */
    private static List<Line> lines(@Nullable String all) {
        return all == null
                ? List.of()
                : Arrays.stream(all.split(", ", -1))
                        .map(FlywayHistoryTest::line)
                        .toList();
    }

    private static Line line(String text) {
        String[] words = text.split(" ", -1);
        boolean ok = words[2].equals("ok");
        return words[0].equals("-")
                ? new Line(null, "SQL", words[1], ok)
                : new Line(words[0], words[1], "V" + words[0], ok);
    }

    @ParameterizedTest
    @CsvSource({
        ", 0, 1 2",
        "'1 SQL ok, 2 SQL ok', 0, ",
        "'1 SQL ok', 0, 2",
        "'01.0 SQL ok, 2.0.0 SQL ok', 0, ",
        "'1 SQL ok, 2 SQL failed', 1, 2",
        "'1 SQL ok, 2 SQL failed, 2 DELETE ok', 0, 2",
        "'1 SQL ok, 2 SQL failed, 2 SQL ok', 0, ",
        "'2 BASELINE ok', 0, ",
        "'1.5 SQL_BASELINE ok', 0, 2",
        "'1.5 BASELINE failed', 1, 1 2",
        "'1 SQL ok, 2 SQL ok, 2 UNDO_SQL ok', 0, 2",
        "'1 SQL ok, 2 SQL ok, 2 UNDO_SQL ok, 2 SQL ok', 0, ",
        "'1 SQL ok, 2 SQL ok, 2 UNDO_SQL failed', 1, 2",
        "'1 SQL ok, 2 JDBC ok, - R__view failed', 1, ",
        "'1 SQL ok, 2 JDBC ok, - R__view failed, - R__view ok', 0, ",
        "'1 SQL ok, 2 JDBC ok, - R__view ok, - R__other failed', 1, "
    })
    void theLastLineOfEachCounts(@Nullable String history, int failed, @Nullable String pending) {
        Migrations told = FlywayHistory.migrations(lines(history), List.of("1", "2"));

        assertThat(told.failed()).isEqualTo(failed);
        assertThat(told.pending()).isEqualTo(pending == null ? List.of() : Arrays.asList(pending.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0, 0", "1_2, 1.2, 0", "1.2, 1.10, -1", "2, 1.9, 1", "20261121.1, 20261121, 1", "0, 0.0, 0"})
    void versionsAreComparedAsFlywayDoes(String one, String other, int order) {
        assertThat(FlywayHistory.compare(FlywayHistory.numbers(one), FlywayHistory.numbers(other)))
                .isEqualTo(order);
    }

    @Test
    void withoutABaselineVersionZeroIsNotThereByItself() {
        assertThat(FlywayHistory.migrations(List.of(), List.of("0")).pending()).containsExactly("0");
    }
}
