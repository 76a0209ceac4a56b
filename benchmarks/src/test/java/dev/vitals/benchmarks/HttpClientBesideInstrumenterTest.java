package dev.vitals.benchmarks;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.ObservedHttpClient;
import dev.vitals.tracing.HttpClientTracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.SpanKindExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesGetter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanNameExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanStatusExtractor;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same call, once under {@link HttpClientTracing} and once under OpenTelemetry's own instrumenter: the same span. */
class HttpClientBesideInstrumenterTest {
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient plain =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final HttpClient observed = ObservedHttpClient.of(plain, HttpClientTracing.of(sdk));
    private HttpServer server;
    private Instrumenter<HttpRequest, HttpResponse<?>> instrumenter;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        var getter = new Getter();
        instrumenter = Instrumenter.<HttpRequest, HttpResponse<?>>builder(
                        sdk, "peer", HttpSpanNameExtractor.create(getter))
                .setSpanStatusExtractor(HttpSpanStatusExtractor.create(getter))
                .addAttributesExtractor(HttpClientAttributesExtractor.create(getter))
                .buildInstrumenter(SpanKindExtractor.alwaysClient());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/silent")) {
                closed.await();
                return;
            }
            exchange.getResponseHeaders().set("Location", "/status/200");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
        sdk.close();
    }

    private static Stream<Arguments> same() {
        return Stream.of(
                Arguments.of("GET", "/status/200"),
                Arguments.of("GET", "/status/200?q=shoes"),
                Arguments.of("POST", "/status/201"),
                Arguments.of("BREW", "/status/200"),
                Arguments.of("get", "/status/200"),
                Arguments.of("GET", "/status/304"),
                Arguments.of("GET", "/status/404"),
                Arguments.of("GET", "/status/503"),
                Arguments.of("GET", "/redirect/302"),
                Arguments.of("POST", "/redirect/307"),
                Arguments.of("GET", "/silent"));
    }

    @ParameterizedTest
    @MethodSource("same")
    void theSameCallIsTheSameSpan(String method, String path) throws Exception {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        if (path.equals("/silent")) {
            request.timeout(Duration.ofMillis(500));
        }
        assertThat(told(ours(request.build()))).isEqualTo(told(theirs(request.build())));
    }

    @Test
    void aFailedCallIsTheSameSpan() throws Exception {
        HttpRequest request;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nobody.getLocalPort() + "/"))
                    .build();
        }
        SpanData ours = ours(request);
        SpanData theirs = theirs(request);

        assertThat(told(ours)).isEqualTo(told(theirs));
        assertThat(told(ours).get("events")).hasToString("[exception: java.net.ConnectException]");
    }

    /** Where they differ, and why. */
    private static Stream<Arguments> differences() {
        return Stream.of(
                // A method of its own RFC by now; theirs is a matter of configuration.
                Arguments.of("QUERY", "/status/200", "http.request.method", "QUERY", "_OTHER"),
                // They hide user info and four parameters unless told so, we what is a secret by its parameter's name.
                Arguments.of("GET", "/status/200?token=hunter2", "url.full", "?token=[redacted]", "?token=hunter2"),
                Arguments.of("GET", "/status/200?sig=hunter2", "url.full", "?sig=[redacted]", "?sig=REDACTED"));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void whereTheyDifferThereIsAReason(String method, String path, String key, String ours, String theirs)
            throws Exception {
        HttpRequest request =
                request(path).method(method, BodyPublishers.noBody()).build();

        assertThat(attributes(ours(request)).get(key)).asString().endsWith(ours);
        assertThat(attributes(theirs(request)).get(key)).asString().endsWith(theirs);
    }

    /** They send what an exception says; we scrub it. */
    @Test
    void anExceptionsMessageIsTheirsAsItIs() {
        var thrown = new IOException("password=hunter2");
        HttpRequest request = request("/status/200").build();
        Context context = instrumenter.start(Context.root(), request);
        instrumenter.end(context, request, null, thrown);

        assertThat(only().getEvents().toString()).contains("hunter2");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private SpanData ours(HttpRequest request) throws InterruptedException {
        try {
            observed.send(request, BodyHandlers.discarding());
        } catch (IOException thrown) {
            // The span has it.
        }
        return only();
    }

    private SpanData theirs(HttpRequest request) throws InterruptedException {
        Context context = instrumenter.start(Context.current(), request);
        try {
            HttpResponse<Void> response = plain.send(request, BodyHandlers.discarding());
            instrumenter.end(context, request, response, null);
        } catch (IOException thrown) {
            instrumenter.end(context, request, null, thrown);
        }
        return only();
    }

    private SpanData only() {
        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans).hasSize(1);
        exporter.reset();
        return spans.get(0);
    }

    private static Map<String, Object> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }

    private static Map<String, Object> told(SpanData span) {
        Map<String, Object> told = new TreeMap<>(attributes(span));
        told.put("name", span.getName());
        told.put("kind", span.getKind());
        told.put("status", span.getStatus());
        told.put(
                "events",
                span.getEvents().stream()
                        .map(event -> event.getName() + ": "
                                + event.getAttributes().get(AttributeKey.stringKey("exception.type")))
                        .toList());
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        return told;
    }

    private static final class Getter implements HttpClientAttributesGetter<HttpRequest, HttpResponse<?>> {
        @Override
        public String getUrlFull(HttpRequest request) {
            return request.uri().toString();
        }

        @Override
        public String getServerAddress(HttpRequest request) {
            return request.uri().getHost();
        }

        @Override
        public Integer getServerPort(HttpRequest request) {
            return request.uri().getPort();
        }

        @Override
        public String getHttpRequestMethod(HttpRequest request) {
            return request.method();
        }

        @Override
        public List<String> getHttpRequestHeader(HttpRequest request, String name) {
            return request.headers().allValues(name);
        }

        @Override
        public Integer getHttpResponseStatusCode(
                HttpRequest request, HttpResponse<?> response, @Nullable Throwable error) {
            return response.statusCode();
        }

        @Override
        public List<String> getHttpResponseHeader(HttpRequest request, HttpResponse<?> response, String name) {
            return response.headers().allValues(name);
        }

        @Override
        public String getNetworkProtocolName(HttpRequest request, @Nullable HttpResponse<?> response) {
            return "http";
        }

        @Override
        public @Nullable String getNetworkProtocolVersion(HttpRequest request, @Nullable HttpResponse<?> response) {
            return response == null ? null : response.version() == HttpClient.Version.HTTP_1_1 ? "1.1" : "2";
        }
    }
}
