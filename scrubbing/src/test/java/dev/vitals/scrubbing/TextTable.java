package dev.vitals.scrubbing;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Tables of texts, one in each line. */
final class TextTable {
    private TextTable() {}

    /** {@return each line's text and, behind the arrow, what must be left of it; ⏎ stands for the end of a line} */
    static Stream<Arguments> changes(String table) {
        return table.lines()
                .map(line -> line.replace('⏎', '\n').split(" ⇒ ", 2))
                .map(pair -> Arguments.of(pair[0], pair[1]));
    }

    static Stream<String> lines(String table) {
        return table.lines().map(line -> line.replace('⏎', '\n'));
    }
}
