package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Bundle;
import dev.vitals.metrics.MetricCatalogue;
import dev.vitals.metrics.MetricCatalogue.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real Prometheus and a real Alertmanager on the demo, with the rules and the dashboard of the bundle. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("once")
class PrometheusIT {
    /** A metric with its labels, as rules name them; what is recorded by another rule too. */
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:])(?:vitals_|http_server_|namespace_job)[\\w:]+(?:\\{[^}]*})?");

    @TempDir
    private Path folder;

    @Test
    void prometheusReadsWhatTheDemoEmits() throws IOException, InterruptedException {
        Path promtool = Tools.require("promtool");
        Path rules = exportRulesThatDoNotWait();
        Path demoFolder = Files.createDirectory(folder.resolve("demo"));
        Path prometheusFolder = Files.createDirectory(folder.resolve("prometheus"));
        try (var demo = OrdersDemo.start(demoFolder, 50);
                var alertmanager = Alertmanager.start(Files.createDirectory(folder.resolve("alertmanager")));
                var prometheus = Prometheus.start(
                        prometheusFolder,
                        URI.create(demo.management()).getAuthority(),
                        List.of(rules),
                        URI.create(alertmanager.url()).getAuthority())) {
            acceptedBy(promtool, Server.get(demo.management() + "/metrics").body());
            prometheus.awaitData("http_server_request_duration_seconds_count > 10", Duration.ofMinutes(1));
            assertThat(targetErrors(prometheus)).containsOnly("");
            anExemplarNamesItsTrace(demo);

            for (String query : panelQueries()) {
                prometheus.awaitData(query, Duration.ofSeconds(90));
            }

            demo.fault("errors", true);
            everyRuleHasWhatItReads(prometheus);
            for (String documented : documentedQueries()) {
                prometheus.awaitData(documented, Duration.ofSeconds(90));
            }
            demo.fault("errors", false);

            demo.fault("redis", true);
            prometheus.awaitData(
                    "ALERTS{alertname=\"VitalsCheckDown\", check=\"redis\", alertstate=\"firing\"}",
                    Duration.ofMinutes(1));
            alertmanager.awaitAlert("VitalsCheckDown", Duration.ofMinutes(1));
            demo.fault("redis", false);
            prometheus.server().await(Duration.ofMinutes(1), "the alert resolves", () -> prometheus
                    .query("ALERTS{alertname=\"VitalsCheckDown\", alertstate=\"firing\"}")
                    .isEmpty());
        }
    }

    /** With every fourth order failing, the budget of their objective burns fast. */
    private static List<String> documentedQueries() throws IOException {
        List<String> queries = Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/metrics.md")))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(queries).hasSize(2);
        return queries;
    }

    private static void anExemplarNamesItsTrace(OrdersDemo demo) throws IOException {
        String openMetrics = Server.send(HttpRequest.newBuilder(URI.create(demo.management() + "/metrics"))
                        .header("Accept", "application/openmetrics-text"))
                .body();

        assertThat(openMetrics.lines())
                .filteredOn(line -> line.startsWith("http_server_request_duration_seconds_bucket"))
                .anyMatch(line -> line.matches(".* # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"} .*"));
    }

    /** What a fleet pays for, whatever it serves: stated in {@code docs/metrics.md}. */
    @Test
    void theDemoAtRestEmitsManyFamiliesAndFewSeries() throws IOException, InterruptedException {
        Path promtool = Tools.require("promtool");
        try (var demo = OrdersDemo.start(Files.createDirectory(folder.resolve("demo")), 0)) {
            String metrics = Server.get(demo.management() + "/metrics").body();

            acceptedBy(promtool, metrics);
            Set<String> families = familiesOf(metrics);
            long series = metrics.lines().filter(line -> !line.startsWith("#")).count();
            System.out.printf("the demo at rest: %d families, %d series%n", families.size(), series);
            assertThat(families).as("families").hasSizeGreaterThanOrEqualTo(60);
            assertThat(series).as("series").isLessThanOrEqualTo(600);
            Set<String> catalogued =
                    MetricCatalogue.all().stream().map(Metric::name).collect(Collectors.toSet());
            assertThat(families)
                    .filteredOn(family -> !family.startsWith("orders_") && !family.startsWith("quotes_"))
                    .as("all but the demo's own")
                    .isSubsetOf(catalogued);
        }
    }

    private static Set<String> familiesOf(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2])
                .collect(Collectors.toSet());
    }

    /** With failing requests under way, so that the selectors of errors find some. */
    private static void everyRuleHasWhatItReads(Prometheus prometheus) {
        List<JsonNode> rules = loadedRules(prometheus);
        for (JsonNode rule : rules) {
            List<String> selectors = SELECTOR.matcher(rule.path("query").asString())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(selectors).as(rule.toString()).isNotEmpty();
            selectors.forEach(selector -> prometheus.awaitData(selector, Duration.ofSeconds(90)));
        }
        assertThat(rules)
                .filteredOn(rule -> isOf("recording", rule))
                .isNotEmpty()
                .allSatisfy(rule -> prometheus.awaitData(rule.path("name").asString(), Duration.ofSeconds(90)));
        assertThat(rules)
                .filteredOn(rule -> isOf("alerting", rule))
                .isNotEmpty()
                .allSatisfy(rule -> prometheus.query(rule.path("query").asString()));
        prometheus.awaitData("namespace_job:http_server_errors_per_request:ratio_rate5m > 0", Duration.ofSeconds(90));
        assertThat(loadedRules(prometheus))
                .allSatisfy(rule -> assertThat(rule.path("health").asString())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    private static List<JsonNode> loadedRules(Prometheus prometheus) {
        var rules = new ArrayList<JsonNode>();
        for (JsonNode group : prometheus.api("/api/v1/rules").at("/data/groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    private static boolean isOf(String type, JsonNode rule) {
        return rule.path("type").asString().equals(type);
    }

    /** The rules of the bundle, with every {@code for} at nothing: the conditions are tried here, not the patience. */
    private Path exportRulesThatDoNotWait() throws IOException {
        Path exported = folder.resolve("exported");
        Bundle.exportTo(exported);
        Path rules = exported.resolve("prometheus/vitals.rules.yml");
        String text = Files.readString(rules);
        String hasty = text.lines()
                .map(line -> line.strip().startsWith("for:") ? line.replaceAll("for:.*", "for: 0s") : line)
                .reduce("", (all, line) -> all + line + "\n");
        assertThat(hasty).contains("for: 0s");
        return Files.writeString(folder.resolve("hasty.rules.yml"), hasty);
    }

    private List<String> panelQueries() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(Files.readString(folder.resolve("exported/grafana/vitals-overview.json")));
        var queries = new ArrayList<String>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.path("expr")
                        .asString()
                        .replace("$__rate_interval", "30s")
                        .replace("$__range", "5m")
                        .replaceAll("\\$\\{?(job|instance|namespace)(:regex)?}?", ".*"));
            }
        }
        assertThat(queries).isNotEmpty();
        return queries;
    }

    private static List<String> targetErrors(Prometheus prometheus) {
        var errors = new ArrayList<String>();
        prometheus
                .api("/api/v1/targets")
                .path("data")
                .path("activeTargets")
                .forEach(target -> errors.add(target.path("lastError").asString("")));
        return errors;
    }

    private static void acceptedBy(Path promtool, String metrics) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var input = check.getOutputStream()) {
            input.write(metrics.getBytes(UTF_8));
        }
        String said = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }
}
