package dev.vitals.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.PromQl.Matcher;
import dev.vitals.bundle.PromQl.Selector;
import dev.vitals.bundle.Rules.Rule;
import dev.vitals.metrics.MetricCatalogue;
import dev.vitals.metrics.MetricCatalogue.Metric;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What rules and panels read is what the code emits: the same names, the same labels, the same values. */
class DriftTest {
    private static final Set<String> OF_THE_SCRAPER = Set.of("namespace", "job", "instance");
    private static final String MICROMETERS = "(jvm|process|system)_.*";

    private static List<Selector> emitted = List.of();

    @BeforeAll
    static void emit() throws InterruptedException {
        emitted = Emitted.series();
    }

    @Test
    void everyMetricIsInTheCatalogueOrMicrometersOrRecordedByARule() {
        Map<String, Set<String>> known = labelsOfMetrics();

        selectors().forEach((where, selectors) -> {
            for (Selector selector : selectors) {
                assertThat(known).as(where).containsKey(selector.metric());
            }
        });
    }

    @Test
    void everyLabelIsOneOfItsMetric() {
        Map<String, Set<String>> known = labelsOfMetrics();

        expressions().forEach((where, expression) -> {
            var reading = PromQl.read(expression);
            Set<String> ofAll = new HashSet<>(OF_THE_SCRAPER);
            for (Selector selector : reading.selectors()) {
                Set<String> labels = new HashSet<>(known.getOrDefault(selector.metric(), Set.of()));
                labels.addAll(OF_THE_SCRAPER);
                assertThat(labels)
                        .as("%s reads %s", where, selector.metric())
                        .containsAll(
                                selector.matchers().stream().map(Matcher::label).toList());
                ofAll.addAll(labels);
            }
            assertThat(ofAll).as(where).containsAll(reading.groupedBy());
        });
    }

    /** A wrong value of a label, {@code status="DOWN"}, finds nothing, and so no test by names would notice. */
    @Test
    void everySelectorFindsASeriesThatIsReallyEmitted() {
        Set<String> recorded = Rules.recordings().stream().map(Rule::name).collect(Collectors.toSet());

        selectors().forEach((where, selectors) -> {
            for (Selector selector : selectors) {
                if (!recorded.contains(selector.metric())) {
                    assertThat(emitted).as("%s reads %s", where, selector).anyMatch(series -> finds(selector, series));
                }
            }
        });
    }

    /** Each alternative of {@code "up|degraded"} too, not one of them alone. */
    @Test
    void everyStatusThatIsAskedForIsOneThatExists() {
        Map<String, Set<String>> existing = emitted.stream()
                .filter(series -> labels(series).containsKey("status"))
                .collect(Collectors.groupingBy(
                        Selector::metric,
                        Collectors.mapping(series -> labels(series).get("status"), Collectors.toSet())));

        selectors().forEach((where, selectors) -> {
            for (Selector selector : selectors) {
                for (Matcher matcher : selector.matchers()) {
                    if (matcher.label().equals("status")) {
                        assertThat(existing.get(selector.metric()))
                                .as(where)
                                .contains(matcher.value().split("\\|", -1));
                    }
                }
            }
        });
    }

    private static boolean finds(Selector selector, Selector series) {
        Map<String, String> labels = labels(series);
        return series.metric().equals(selector.metric())
                && selector.matchers().stream()
                        .filter(matcher -> !OF_THE_SCRAPER.contains(matcher.label()))
                        .allMatch(matcher -> matcher.matches(labels.getOrDefault(matcher.label(), "")));
    }

    private static Map<String, String> labels(Selector series) {
        return series.matchers().stream().collect(Collectors.toMap(Matcher::label, Matcher::value));
    }

    private static Map<String, List<Selector>> selectors() {
        return expressions().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> PromQl.read(entry.getValue())
                        .selectors()));
    }

    /** By where it stands. */
    private static Map<String, String> expressions() {
        var expressions = new LinkedHashMap<String, String>();
        Rules.all().forEach(rule -> expressions.put(rule.name(), rule.expression()));
        for (Dashboard dashboard : Dashboard.all()) {
            for (var panel : dashboard.panels()) {
                for (var target : panel.path("targets")) {
                    expressions.put(
                            dashboard.file() + ", " + panel.path("title").asString() + ", "
                                    + target.path("refId").asString(),
                            target.path("expr").asString());
                }
            }
            for (var variable : dashboard.json().at("/templating/list")) {
                String query = variable.path("definition").asString("");
                if (!query.isEmpty()) {
                    String selector = query.substring(query.indexOf('(') + 1, query.lastIndexOf(','));
                    expressions.put(
                            dashboard.file() + ", variable "
                                    + variable.path("name").asString(),
                            selector);
                }
            }
        }
        return expressions;
    }

    private static Map<String, Set<String>> labelsOfMetrics() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Metric metric : MetricCatalogue.all()) {
            names(metric).forEach(name -> {
                Set<String> labels = new HashSet<>(metric.labelNames());
                if (name.endsWith("_bucket")) {
                    labels.add("le");
                }
                known.put(name, labels);
            });
        }
        for (Selector series : emitted) {
            if (series.metric().matches(MICROMETERS)) {
                known.computeIfAbsent(series.metric(), unused -> new HashSet<>())
                        .addAll(labels(series).keySet());
            }
        }
        for (Rule recording : Rules.recordings()) {
            String level = recording.name().substring(0, recording.name().indexOf(':'));
            known.put(recording.name(), Set.of(level.split("_", -1)));
        }
        return known;
    }

    private static Stream<String> names(Metric metric) {
        return metric.type() == MetricCatalogue.Type.HISTOGRAM
                ? Stream.of("_bucket", "_count", "_sum").map(suffix -> metric.name() + suffix)
                : Stream.of(metric.name());
    }
}
