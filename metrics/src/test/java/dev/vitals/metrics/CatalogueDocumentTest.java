package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.metrics.MetricCatalogue.Label;
import dev.vitals.metrics.MetricCatalogue.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        return metrics() + "\nEach label, and how many values it has at the most in one process:\n\n" + labels();
    }

    private static String metrics() {
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

    private static String labels() {
        Map<Label, Set<String>> metrics = new LinkedHashMap<>();
        for (Metric metric : MetricCatalogue.all()) {
            metric.labels().forEach(label -> metrics.computeIfAbsent(label, unused -> new LinkedHashSet<>())
                    .add("`" + metric.name().replaceFirst("_max$", "") + "`"));
        }
        return metrics.entrySet().stream()
                .map(entry -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                entry.getKey().name(),
                                entry.getKey().most() == 0
                                        ? "as named"
                                        : entry.getKey().most(),
                                entry.getKey().values(),
                                entry.getValue().size() > 3
                                        ? entry.getValue().size() + " metrics"
                                        : String.join(", ", entry.getValue())))
                .collect(Collectors.joining("", "| label | values | which | of |\n|---|---|---|---|\n", ""));
    }
}
