package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Zipkin, which keeps its traces in memory. */
record Zipkin(Server server, String url) implements AutoCloseable {
    private static final Path JAR = Path.of("target", "zipkin.jar").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Zipkin start(Path folder) throws IOException {
        assertThat(JAR).as("copied by the build").exists();
        int port = Server.freePort();
        var server = Server.start(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--zipkin.storage.type=mem",
                        "--zipkin.self-tracing.enabled=false",
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + port,
                        "--armeria.ports[0].protocols[0]=http"));
        return new Zipkin(server, "http://127.0.0.1:" + port);
    }

    void awaitReady() {
        server.awaitAnswer(url + "/health", Duration.ofMinutes(1));
    }

    /** The spans of a trace, once there are so many, or as many as there are after 30 s. */
    List<JsonNode> spans(String traceId, int wanted) throws IOException {
        var spans = new ArrayList<JsonNode>();
        long end = System.nanoTime() + 30_000_000_000L;
        while (spans.size() < wanted && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(100_000_000);
            spans.clear();
            var answer = Server.get(url + "/api/v2/trace/" + traceId);
            if (answer.statusCode() == 200) {
                JSON.readTree(answer.body()).forEach(spans::add);
            }
        }
        return spans;
    }

    @Override
    public void close() {
        server.close();
    }
}
