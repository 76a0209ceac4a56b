package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in the documentation is the catalogue; {@code -Dvitals.write.docs=true} writes it anew. */
class CatalogueDocumentTest {
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final String BEGIN = "<!-- catalogue: written by CatalogueDocumentTest -->\n";
    private static final String END = "<!-- end of catalogue -->\n";

    @Test
    void theTableInTheDocumentationIsTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isGreaterThan(BEGIN.length());
        if (Boolean.getBoolean("vitals.write.docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    private static String table() {
        return MetricCatalogue.all().stream()
                .map(metric -> "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                metric.name(),
                                metric.type().name().toLowerCase(Locale.ROOT),
                                metric.unit(),
                                metric.labelNames().stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(", ")),
                                metric.description()))
                .collect(Collectors.joining(
                        "", "| metric | type | unit | labels | what it says |\n|---|---|---|---|---|\n", ""));
    }
}
