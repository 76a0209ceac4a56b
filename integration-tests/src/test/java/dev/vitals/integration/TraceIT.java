package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An order through the demo: the request, the database, the worker, the cache and the outside API are one trace. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TraceIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String ORDER = "{\"symbol\": \"ACME\", \"quantity\": 733419, \"email\": \"ann.lee@acme.com\"}";
    private static final String[] PRIVATE = {"ann.lee", "733419", "hunter2"};

    @TempDir
    private Path folder;

    @Test
    void anOrderIsOneTrace() throws IOException {
        try (var zipkin = Zipkin.start(Files.createDirectory(folder.resolve("zipkin")));
                var collector = OtlpReceiver.start();
                var demo = OrdersDemo.start(
                        Files.createDirectory(folder.resolve("demo")),
                        0,
                        Map.of("ORDERS_ZIPKIN_URL", zipkin.url(), "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()))) {
            zipkin.awaitReady();
            HttpResponse<String> created =
                    Server.send(HttpRequest.newBuilder(URI.create(demo.service() + "/orders?password=hunter2"))
                            .POST(HttpRequest.BodyPublishers.ofString(ORDER)));
            assertThat(created.statusCode()).isEqualTo(201);
            String trace = created.headers().firstValue("X-Trace-Id").orElse("none");
            assertThat(trace).matches("[0-9a-f]{32}");

            List<JsonNode> spans = zipkin.spans(trace, 7);
            theSpansHangTogether(spans);
            assertThat(spans.toString()).doesNotContain(PRIVATE);
            theCollectorHasTheSame(demo, collector, trace, spans);
            whatNobodyAskedForBeginsNoTrace(collector);
            theLogHasTheTrace(demo, trace);
            theExemplarHasTheTrace(demo, trace);
            theErrorReportHasTheTrace(demo);
        }
    }

    private static void theSpansHangTogether(List<JsonNode> spans) {
        String request = id(spans, "SERVER");
        String job = id(spans, "CONSUMER");
        assertThat(spans)
                .extracting(TraceIT::what, span -> text(span, "parentId"))
                .containsExactlyInAnyOrder(
                        tuple("SERVER post /orders", ""),
                        tuple("CLIENT insert vitals_demo.orders", request),
                        tuple("CONSUMER process orders", request),
                        tuple("CLIENT get GET vitals-demo:quote:ACME", job),
                        tuple("CLIENT get http://127.0.0.1/prices/ACME", job),
                        tuple("CLIENT set SET vitals-demo:quote:ACME ? ? ?", job),
                        tuple("CLIENT update vitals_demo.orders", job));
        assertThat(spans)
                .extracting(span -> tag(span, "db.query.text"))
                .contains(
                        "INSERT INTO vitals_demo.orders (symbol, quantity, email, trace) VALUES (?, ?, ?, ?)"
                                + " RETURNING id, symbol, quantity, status, created_at, price",
                        "UPDATE vitals_demo.orders SET price = ? WHERE id = ?");
    }

    private static String what(JsonNode span) {
        String what = text(span, "kind") + " " + text(span, "name");
        return switch (tag(span, "db.system.name")) {
            case "redis" -> what + " " + tag(span, "db.query.text");
            case "" -> (what + " " + tag(span, "url.full").replaceAll(":[0-9]+/", "/")).strip();
            default -> what;
        };
    }

    private static String tag(JsonNode span, String name) {
        return text(span.path("tags"), name);
    }

    private static void theCollectorHasTheSame(
            OrdersDemo demo, OtlpReceiver collector, String trace, List<JsonNode> inZipkin) {
        demo.server()
                .await(
                        SOON,
                        "the collector has all of " + trace,
                        () -> of(trace, collector).size() >= inZipkin.size());
        List<OtlpReceiver.Span> spans = of(trace, collector);
        assertThat(spans)
                .extracting(
                        span -> span.name().toLowerCase(Locale.ROOT),
                        OtlpReceiver.Span::spanId,
                        span -> span.parentId())
                .containsExactlyInAnyOrderElementsOf(inZipkin.stream()
                        .map(span -> tuple(text(span, "name"), text(span, "id"), text(span, "parentId")))
                        .toList());
        assertThat(spans.toString()).doesNotContain(PRIVATE);
        assertThat(spans).allSatisfy(span -> assertThat(span.resource())
                .containsEntry("service.name", "orders")
                .containsEntry("deployment.environment.name", "demo")
                .containsKey("service.version"));
    }

    private static List<OtlpReceiver.Span> of(String trace, OtlpReceiver collector) {
        return collector.spans().stream()
                .filter(span -> span.traceId().equals(trace))
                .toList();
    }

    private static void theLogHasTheTrace(OrdersDemo demo, String trace) {
        assertThat(demo.server().output().lines().filter(line -> line.contains("trace_id=" + trace)))
                .satisfiesExactly(
                        request -> assertThat(request).contains("[email] will be told"),
                        job -> assertThat(job).contains("orders-worker", "[email] is told"));
    }

    private static void theExemplarHasTheTrace(OrdersDemo demo, String trace) throws IOException {
        String metrics = Server.send(HttpRequest.newBuilder(URI.create(demo.management() + "/metrics"))
                        .header("Accept", "application/openmetrics-text"))
                .body();
        assertThat(metrics.lines()).anySatisfy(line -> assertThat(line)
                .startsWith("http_server_request_duration_seconds_bucket{")
                .contains("http_route=\"/orders\"", "trace_id=\"" + trace + "\""));
    }

    /** Of a request that fails, the id in the response is the one in the report. */
    private static void theErrorReportHasTheTrace(OrdersDemo demo) throws IOException {
        Server.send(HttpRequest.newBuilder(URI.create(demo.management() + "/faults/errors?on=true"))
                .header("X-Fault", "1")
                .POST(HttpRequest.BodyPublishers.noBody()));
        String trace = "none";
        for (int i = 0; i < 4; i++) { // every fourth fails
            HttpResponse<String> answer = Server.send(HttpRequest.newBuilder(URI.create(demo.service() + "/orders"))
                    .POST(HttpRequest.BodyPublishers.ofString(ORDER)));
            if (answer.statusCode() == 500) {
                trace = answer.headers().firstValue("X-Trace-Id").orElse("none");
            }
        }
        assertThat(trace).matches("[0-9a-f]{32}");
        var named = Pattern.compile("sent to Sentry, scrubbed: (\\S+)")
                .matcher(demo.server().output());
        assertThat(named.find()).isTrue();
        Path reports = Path.of(named.group(1));
        String id = "\"trace_id\":\"" + trace + "\"";
        demo.server().await(SOON, "the report of " + trace, () -> read(reports)
                .matches("(?s).*\"type\":\"event\".*" + id + ".*\n"));
        assertThat(read(reports))
                .contains("\"transaction\":\"POST /orders\"", "\"status_code\":500", "\"id\":\"[user:")
                .doesNotContain(PRIVATE);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Otherwise a collector would hear of every poll of the queue and of every check's command. */
    private static void whatNobodyAskedForBeginsNoTrace(OtlpReceiver collector) {
        assertThat(collector.spans())
                .filteredOn(span -> span.parentId().isEmpty())
                .extracting(OtlpReceiver.Span::name)
                .containsOnly("POST /orders");
    }

    private static String id(List<JsonNode> spans, String kind) {
        return spans.stream()
                .filter(span -> text(span, "kind").equals(kind))
                .map(span -> text(span, "id"))
                .findFirst()
                .orElse("none");
    }

    private static String text(JsonNode span, String field) {
        return span.path(field).asString("");
    }
}
