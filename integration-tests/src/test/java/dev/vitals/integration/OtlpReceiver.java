package dev.vitals.integration;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes traces as a collector does, by OTLP over HTTP.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">opentelemetry-proto</a>, trace.proto
 */
final class OtlpReceiver implements AutoCloseable {
    /** A span as it came: kinds are OTLP's, 2 for a server's, 3 for a client's, 5 for a consumer's. */
    record Span(
            String traceId,
            String spanId,
            String parentId,
            String name,
            long kind,
            Map<String, String> attributes,
            String scope,
            Map<String, String> resource) {}

    static final long SERVER = 2;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    static OtlpReceiver start() throws IOException {
        var receiver = new OtlpReceiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Server.freePort()), 0));
        receiver.server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                receiver.spans.addAll(spans(exchange.getRequestBody().readAllBytes()));
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.server.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private static List<Span> spans(byte[] request) {
        return Protobuf.parse(request).messages(1).stream()
                .flatMap(ofResource -> {
                    Map<String, String> resource = ofResource.messages(1).stream()
                            .map(found -> attributes(found, 1))
                            .findFirst()
                            .orElse(Map.of());
                    return ofResource.messages(2).stream().flatMap(ofScope -> spans(ofScope, resource));
                })
                .toList();
    }

    private static Stream<Span> spans(Protobuf ofScope, Map<String, String> resource) {
        String scope = ofScope.messages(1).stream()
                .map(found -> found.text(1))
                .findFirst()
                .orElse("");
        return ofScope.messages(2).stream()
                .map(span -> new Span(
                        span.hex(1),
                        span.hex(2),
                        span.hex(4),
                        span.text(5),
                        span.value(6),
                        attributes(span, 9),
                        scope,
                        resource));
    }

    /** Those that are texts; of the others the name alone. */
    private static Map<String, String> attributes(Protobuf message, int number) {
        return message.messages(number).stream()
                .collect(Collectors.toMap(pair -> pair.text(1), pair -> pair.messages(2).stream()
                        .map(value -> value.text(1))
                        .findFirst()
                        .orElse("")));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
