package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's agent, attached to an application with Vitals. */
class AgentIT {
    private static final Path AGENT = Path.of("target", "opentelemetry-javaagent.jar");
    private static final Pattern ORDERS = Pattern.compile(
            "(vitals|agent) http_server_request_duration_seconds_count\\{.*http_response_status_code=\"200\".*} (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void theAgentCountsAndVitalsDoesNotUnlessItIsTold() throws Exception {
        List<String> said = run("auto");

        assertThat(counted(said, "agent")).isEqualTo(AgentApplication.REQUESTS);
        assertThat(said).noneMatch(line -> line.startsWith("vitals "));
        assertThat(said).contains("failures 0");
        assertThat(said).anyMatch(line -> line.contains("the OpenTelemetry agent counts, Vitals does not"));
    }

    @Test
    void vitalsCountsRightBesideTheAgent() throws Exception {
        List<String> said = run("vitals");

        assertThat(counted(said, "vitals")).isEqualTo(AgentApplication.REQUESTS);
        assertThat(said)
                .contains("vitals http_server_active_requests{http_request_method=\"GET\",url_scheme=\"http\"} 0.0")
                .contains("failures 0");
        assertThat(said).anyMatch(line -> line.contains("the OpenTelemetry agent counts too"));
    }

    @Test
    void besideTheAgentARequestHasOneServerSpanItsOwn() throws Exception {
        try (var collector = OtlpReceiver.start()) {
            List<String> said = run(
                    "auto",
                    "-Dotel.traces.exporter=otlp",
                    "-Dotel.exporter.otlp.protocol=http/protobuf",
                    "-Dotel.exporter.otlp.endpoint=" + collector.url());

            assertThat(said).contains("failures 0");
            List<OtlpReceiver.Span> spans = collector.spans().stream()
                    .filter(span -> span.kind() == OtlpReceiver.SERVER)
                    .filter(span ->
                            span.attributes().getOrDefault("url.path", "").startsWith("/orders/"))
                    .toList();
            assertThat(spans).hasSize(AgentApplication.REQUESTS);
            assertThat(spans).extracting(OtlpReceiver.Span::scope).noneMatch(scope -> scope.startsWith("dev.vitals"));
            assertThat(said.stream().filter(line -> line.startsWith("trace ")))
                    .as("what Vitals tells the client")
                    .containsExactlyInAnyOrderElementsOf(spans.stream()
                            .map(span -> "trace " + span.traceId())
                            .toList());
        }
    }

    private static double counted(List<String> said, String who) {
        return said.stream()
                .map(ORDERS::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> matcher.group(1).equals(who))
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(2)))
                .sum();
    }

    private List<String> run(String family) throws Exception {
        return run(family, "-Dotel.traces.exporter=none");
    }

    private List<String> run(String family, String... traces) throws Exception {
        int port = Server.freePort();
        Path output = folder.resolve(family + ".log");
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + AGENT,
                "-Dotel.metrics.exporter=prometheus",
                "-Dotel.exporter.prometheus.host=127.0.0.1",
                "-Dotel.exporter.prometheus.port=" + port,
                "-Dotel.logs.exporter=none",
                "-Dvitals.metrics.http.server=" + family,
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(traces));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                AgentApplication.class.getName(),
                Integer.toString(port)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            List<String> said = Files.readAllLines(output);
            assertThat(process.exitValue()).as("%s", said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
