package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import jakarta.servlet.Servlet;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VitalsServletTest {
    /** Tells what it was asked. */
    private static final Endpoint ECHO = new Endpoint() {
        @Override
        public List<String> paths() {
            return List.of("/health/*");
        }

        @Override
        public Response handle(Request request) {
            return Response.text(200, request.path());
        }
    };

    private static final Endpoint BROKEN = new Endpoint() {
        @Override
        public List<String> paths() {
            return List.of("/broken");
        }

        @Override
        public Response handle(Request request) {
            throw new IllegalStateException("a secret");
        }
    };

    private record Row(String context, String mapping, String method, String path, int status, String body) {}

    private static final List<Row> TABLE = List.of(
            new Row("", "/health/*", "GET", "/health", 200, "/health"),
            new Row("", "/health/*", "GET", "/health/", 200, "/health/"),
            new Row("", "/health/*", "GET", "/health/liveness?x=1", 200, "/health/liveness"),
            new Row("", "/health/*", "GET", "/health/a%20b%C3%A9", 200, "/health/a bé"),
            new Row("", "/health/*", "GET", "/he%61lth/%6Civeness", 200, "/health/liveness"),
            new Row("", "/health/*", "GET", "/health;v=1/liveness;w=2", 200, "/health/liveness"),
            new Row("", "/health/*", "HEAD", "/health/liveness", 200, ""),
            new Row("", "/health/*", "POST", "/health", 405, "method not allowed\n"),
            new Row("", "/health/*", "DELETE", "/health", 405, "method not allowed\n"),
            new Row("", "/health/*", "OPTIONS", "/health", 405, "method not allowed\n"),
            new Row("", "/*", "GET", "/health/liveness", 200, "/health/liveness"),
            new Row("", "/*", "GET", "/healthy", 404, "not found\n"),
            new Row("", "/*", "GET", "/", 404, "not found\n"),
            new Row("", "/*", "HEAD", "/nowhere", 404, ""),
            new Row("", "/*", "GET", "/broken", 500, "internal error\n"),
            new Row("", "/", "GET", "/health/liveness", 200, "/health/liveness"),
            new Row("", "/health", "GET", "/health", 200, "/health"),
            new Row("/app", "/health/*", "GET", "/app/health/liveness", 200, "/health/liveness"),
            new Row("/app", "/*", "GET", "/app/health", 200, "/health"),
            new Row("/app", "/*", "GET", "/app/health/health", 200, "/health/health"),
            new Row("/app", "/*", "GET", "/app/app/health", 404, "not found\n"));

    static Stream<Arguments> table() {
        return Stream.of(Container.values())
                .flatMap(container -> TABLE.stream().map(row -> Arguments.of(container, row)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyContainerGivesTheSameAnswer(Container container, Row row) throws Exception {
        Map<String, Servlet> servlets = Map.of(row.mapping(), new VitalsServlet(ECHO, BROKEN));
        try (var running = container.start(row.context(), servlets, List.of())) {
            HttpResponse<String> answer = ask(running.port(), row.method(), row.path());

            assertThat(answer.statusCode()).isEqualTo(row.status());
            assertThat(answer.body()).isEqualTo(row.body());
            assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Type")).isEqualToIgnoringWhitespace("text/plain; charset=utf-8");
            assertThat(answer.headers().firstValue("Allow").orElse(null))
                    .isEqualTo(row.status() == 405 ? "GET, HEAD" : null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void headHasTheHeadersOfGetAndNoBody(Container container) throws Exception {
        Map<String, Servlet> servlets = Map.of("/health/*", new VitalsServlet(ECHO));
        try (var running = container.start("", servlets, List.of());
                var socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
            assertThat(answer.lines().map(line -> line.toLowerCase(Locale.ROOT)))
                    .contains("content-length: 7");
        }
    }

    private static HttpResponse<String> ask(int port, String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
