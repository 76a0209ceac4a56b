package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is what the tests run. */
class DocumentedTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path HERE = Path.of("src/test/java/dev/vitals/integration");
    private static final Path OPTIONS = Path.of("../health-core/src/main/java/dev/vitals/health/CheckOptions.java");

    @ParameterizedTest
    @ValueSource(strings = {"FleetByPrometheus", "FleetByRedis"})
    void aSourceOfFailingOpenIsTheOneThatIsTested(String name) throws IOException {
        String source = Files.readString(HERE.resolve(name + ".java"));

        assertThat(Files.readString(DOCS.resolve("fail-open.md")))
                .contains("<!-- the source of " + name + " -->\n```java\n" + source.substring(source.indexOf("/** "))
                        + "```\n");
    }

    @Test
    void theTableOfOptionsIsTheOneInTheJavadoc() throws IOException {
        List<String> rows = rows(OPTIONS, "\\* <tr><td>\\{@link #(\\w+)}</td><td>(.*)</td><td>(.*)</td></tr>");

        assertThat(rows).hasSizeGreaterThan(8);
        assertThat(rows(DOCS.resolve("health-core.md"), "\\| `(\\w+)` \\| (.*) \\| (.*) \\|"))
                .containsSequence(rows);
    }

    private static List<String> rows(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(DocumentedTest::row)
                .toList();
    }

    private static String row(MatchResult row) {
        return row.group(1) + ": " + row.group(2) + ": " + row.group(3);
    }
}
