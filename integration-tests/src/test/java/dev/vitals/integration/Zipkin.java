package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    /** The spans of a trace, once they are what is waited for. */
    List<JsonNode> await(String traceId, Predicate<List<JsonNode>> complete) {
        var spans = new ArrayList<JsonNode>();
        server.await(Duration.ofSeconds(30), "trace " + traceId + " is complete in Zipkin", () -> {
            spans.clear();
            try {
                var answer = Server.get(url + "/api/v2/trace/" + traceId);
                if (answer.statusCode() == 200) {
                    JSON.readTree(answer.body()).forEach(spans::add);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return complete.test(spans);
        });
        return spans;
    }

    @Override
    public void close() {
        server.close();
    }
}
