package dev.vitals.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
    private static final Path RUNBOOKS = Path.of("../docs/runbooks");
    private static final Map<String, String> SEVERITY_OF =
            Map.of("P0", "critical", "P1", "critical", "P2", "warning", "P3", "info");

    static List<Rule> alerts() {
        return Rules.alerts();
    }

    static List<Rule> recordings() {
        return Rules.recordings();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertSaysHowBadItIsWhatItIsAndWhatToDo(Rule alert) {
        assertThat(alert.name()).startsWith("Vitals");
        assertThat(alert.waits()).matches("[1-9][0-9]*m");
        assertThat(alert.labels()).containsOnlyKeys("severity", "priority");
        assertThat(alert.labels().get("severity"))
                .isEqualTo(SEVERITY_OF.get(alert.labels().get("priority")));
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
        assertThat(alert.annotations().get("summary")).contains("{{ $labels.job }}");
        assertThat(alert.annotations().get("description"))
                .contains("{{ $value", "{{ $labels.namespace }}", "{{ $labels.job }}", " First ");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasARunbookWithEverySection(Rule alert) throws IOException {
        String file = alert.name() + ".md";

        assertThat(alert.annotations().get("runbook_url")).endsWith("/docs/runbooks/" + file);
        assertThat(Files.readString(RUNBOOKS.resolve(file)).lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# " + alert.name(),
                        "## What it means",
                        "## What users feel",
                        "## First look",
                        "## Likely causes, in order",
                        "## What to do",
                        "## When to escalate");
    }

    @Test
    void aRunbookHasItsAlert() throws IOException {
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            alerts().stream().map(alert -> alert.name() + ".md").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aRecordingIsNamedAfterItsLevelAndKeepsNamespaceAndJob(Rule recording) {
        assertThat(recording.name()).matches("namespace_job(_[a-z]+)*:[a-z0-9_]+:[a-z0-9_]+");
    }

    @Test
    void nothingIsAggregatedAcrossNamespacesOrJobs() {
        for (Rule rule : Rules.all()) {
            var reading = PromQl.read(rule.expression());
            if (!reading.functions().isEmpty()) {
                assertThat(reading.groupedBy()).as(rule.name()).contains("namespace", "job");
            }
        }
    }

    /** Whether the cases are true is promtool's to say: here, that no alert lacks one. */
    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot(Rule alert) throws IOException {
        Map<Boolean, Long> cases = cases().stream()
                .filter(test -> alert.name().equals(test.get("alertname")))
                .collect(Collectors.partitioningBy(test -> test.containsKey("exp_alerts"), Collectors.counting()));

        assertThat(cases.get(true)).as("fires").isPositive();
        assertThat(cases.get(false)).as("does not").isPositive();
    }

    private static List<Map<String, Object>> cases() throws IOException {
        var cases = new ArrayList<Map<String, Object>>();
        Map<String, Object> tests = Rules.yaml(Files.readString(Promtool.TESTS));
        for (Map<String, Object> test : Rules.<Map<String, Object>>list(tests, "tests")) {
            cases.addAll(Rules.list(test, "alert_rule_test"));
        }
        return cases;
    }
}
