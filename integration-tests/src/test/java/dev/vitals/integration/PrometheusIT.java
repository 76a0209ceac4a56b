package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real Prometheus and a real Alertmanager on the demo, with the rules and the dashboard of the bundle. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PrometheusIT {
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

            for (String query : panelQueries()) {
                prometheus.awaitData(query, Duration.ofSeconds(90));
            }

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
