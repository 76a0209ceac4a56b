package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real Prometheus that scrapes every second. */
record Prometheus(Server server, String url) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Prometheus start(Path folder, String target, List<Path> rules, String alertmanager) throws IOException {
        return start(folder, Server.freePort(), List.of(target), rules, List.of(alertmanager));
    }

    /** Without rules, at a port that others know before. */
    static Prometheus start(Path folder, int port, List<String> targets) throws IOException {
        return start(folder, port, targets, List.of(), List.of());
    }

    private static Prometheus start(
            Path folder, int port, List<String> targets, List<Path> rules, List<String> alertmanagers)
            throws IOException {
        Path binary = Tools.require("prometheus");
        String address = "127.0.0.1:" + port;
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: [%s]
                alerting:
                  alertmanagers:
                    - static_configs:
                        - targets: [%s]
                scrape_configs:
                  - job_name: orders
                    static_configs:
                      - targets: [%s]
                        labels: {namespace: demo}
                """.formatted(
                        String.join(", ", rules.stream().map(Path::toString).toList()),
                        String.join(", ", alertmanagers),
                        targets.stream().map(each -> "'" + each + "'").collect(Collectors.joining(", "))));
        var server = Server.start(
                folder,
                List.of(
                        binary.toString(),
                        "--config.file=" + config,
                        "--web.listen-address=" + address,
                        "--storage.tsdb.path=" + folder.resolve("data")));
        var prometheus = new Prometheus(server, "http://" + address);
        try {
            server.awaitAnswer(prometheus.url + "/-/ready", Duration.ofSeconds(30));
        } catch (AssertionError failed) {
            server.close();
            throw failed;
        }
        return prometheus;
    }

    /** The result of an instant query; an error is an AssertionError. */
    JsonNode query(String expression) {
        return api("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8))
                .path("data")
                .path("result");
    }

    JsonNode api(String path) {
        try {
            JsonNode answer = JSON.readTree(Server.get(url + path).body());
            if (!answer.path("status").asString("").equals("success")) {
                throw new AssertionError(path + ": " + answer);
            }
            return answer;
        } catch (IOException noAnswer) {
            throw new AssertionError(path, noAnswer);
        }
    }

    void awaitData(String expression, Duration limit) {
        server.await(limit, "data of " + expression, () -> !query(expression).isEmpty());
    }

    @Override
    public void close() {
        server.close();
    }
}
