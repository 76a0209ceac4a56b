package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The demo, as a user starts it. */
record OrdersDemo(Server server, String service, String management) implements AutoCloseable {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);

    static OrdersDemo start(Path folder, int traffic) throws IOException {
        return start(folder, traffic, Map.of());
    }

    static OrdersDemo start(Path folder, int traffic, Map<String, String> environment) throws IOException {
        Path jar =
                Path.of("../examples/orders/target/orders.jar").toAbsolutePath().normalize();
        assertThat(jar).as("built before this module").exists();
        int port = Server.freePort();
        int managementPort = Server.freePort();
        var server = Server.start(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--port",
                        String.valueOf(port),
                        "--management-port",
                        String.valueOf(managementPort),
                        "--traffic",
                        String.valueOf(traffic)),
                environment);
        var demo = new OrdersDemo(server, "http://127.0.0.1:" + port, "http://127.0.0.1:" + managementPort);
        try {
            server.awaitAnswer(demo.management + "/health/startup", Duration.ofMinutes(2));
            server.awaitAnswer(demo.management + "/health/readiness", Duration.ofMinutes(1));
        } catch (AssertionError failed) {
            server.close();
            throw failed;
        }
        return demo;
    }

    void fault(String name, boolean on) throws IOException {
        var answer = Server.send(HttpRequest.newBuilder(URI.create(management + "/faults/" + name + "?on=" + on))
                .header("X-Fault", "1")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    }

    /** The status of a probe, which has a second to answer, as a kubelet gives it by default. */
    int status(String probe) {
        try {
            return Server.send(HttpRequest.newBuilder(URI.create(management + "/health/" + probe)), PROBE_LIMIT)
                    .statusCode();
        } catch (IOException noAnswer) {
            throw new AssertionError("no answer to " + probe, noAnswer);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
