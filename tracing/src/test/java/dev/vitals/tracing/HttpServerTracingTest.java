package dev.vitals.tracing;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.RequestObservers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class HttpServerTracingTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final TracingFixture fixture = new TracingFixture();

    @AfterEach
    void stop() {
        fixture.close();
        MDC.clear();
    }

    @Test
    void aSpanSaysWhatTheConventionsAskFor() {
        var request = TestRequest.get("/orders/42", "Host", "shop.example:8443", "User-Agent", "curl/8.1");

        SpanData span = fixture.serve(request, "/orders/{id}", 200, null);

        assertThat(span.getName()).isEqualTo("GET /orders/{id}");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.hasEnded()).isTrue();
        assertThat(attributes(span))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method", "GET",
                        "url.path", "/orders/42",
                        "url.scheme", "https",
                        "http.route", "/orders/{id}",
                        "http.response.status_code", 200L,
                        "server.address", "shop.example",
                        "server.port", 8443L,
                        "user_agent.original", "curl/8.1",
                        "network.protocol.version", "1.1"));
    }

    private static Stream<Arguments> endings() {
        var thrown = new IllegalStateException("password=hunter2");
        String thrownType = "java.lang.IllegalStateException";
        return Stream.of(
                Arguments.of(200, null, StatusCode.UNSET, null),
                Arguments.of(302, null, StatusCode.UNSET, null),
                Arguments.of(404, null, StatusCode.UNSET, null),
                Arguments.of(400, thrown, StatusCode.UNSET, null),
                Arguments.of(499, thrown, StatusCode.UNSET, null),
                Arguments.of(500, null, StatusCode.ERROR, "500"),
                Arguments.of(503, null, StatusCode.ERROR, "503"),
                Arguments.of(500, thrown, StatusCode.ERROR, thrownType),
                Arguments.of(200, thrown, StatusCode.ERROR, thrownType),
                Arguments.of(0, thrown, StatusCode.ERROR, thrownType),
                Arguments.of(0, null, StatusCode.UNSET, null));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void theServersFaultIsAnErrorAndTheClientsIsNot(
            int status, @Nullable Throwable error, StatusCode expected, @Nullable String errorType) {
        SpanData span = fixture.serve(TestRequest.get("/"), "/", status, error);

        assertThat(span.getStatus().getStatusCode()).isEqualTo(expected);
        assertThat(attributes(span).get("error.type")).isEqualTo(errorType);
        assertThat(attributes(span).get("http.response.status_code")).isEqualTo(status == 0 ? null : (long) status);
        assertThat(span.toString()).doesNotContain("hunter2", "never-to-be-seen");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /orders/{id}, GET /orders/{id}, GET,",
        "GET, , GET, GET,",
        "QUERY, /find, QUERY /find, QUERY,",
        "get, /find, HTTP /find, _OTHER, get",
        "BREW, , HTTP, _OTHER, BREW",
    })
    void theNameIsTheMethodAndTheRoute(
            String method, @Nullable String route, String name, String label, @Nullable String original) {
        SpanData span = fixture.serve(TestRequest.of(method, "/raw/42"), route, 200, null);

        assertThat(span.getName()).isEqualTo(name);
        assertThat(attributes(span).get("http.request.method")).isEqualTo(label);
        assertThat(attributes(span).get("http.request.method_original")).isEqualTo(original);
        assertThat(attributes(span).get("http.route")).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, 1.0", "HTTP/1.1, 1.1", "HTTP/2.0, 2", "HTTP/2, 2", "HTTP/3.0, 3", "HTTP/9x, ", "nonsense, "})
    void theProtocolsVersionIsOneThatThereIs(String protocol, @Nullable String version) {
        SpanData span = fixture.serve(TestRequest.get("/").over(protocol), "/", 200, null);

        assertThat(attributes(span).get("network.protocol.version")).isEqualTo(version);
    }

    @Test
    void whatAClientSendsIsCut() {
        String huge = "x".repeat(100_000);
        SpanData span =
                fixture.serve(TestRequest.of(huge, "/" + huge, "User-Agent", huge, "Host", huge), null, 404, null);

        assertThat(attributes(span).values())
                .allSatisfy(value -> assertThat(value.toString()).hasSizeLessThanOrEqualTo(1_024));
        assertThat(attributes(span))
                .containsKeys("url.path", "user_agent.original")
                .doesNotContainKey("server.address");
    }

    @Test
    void secretsOfAClientStayInside() {
        SpanData span = fixture.serve(
                TestRequest.get("/login/password=hunter2", "User-Agent", "bot Authorization: Bearer hunter2hunter2"),
                "/login/password=hunter2",
                200,
                null);

        assertThat(span.toString()).doesNotContain("hunter2");
        assertThat(attributes(span).get("url.path").toString()).startsWith("/login/");
    }

    @Test
    void theClientsSpanIsTheParent() {
        SpanData span = fixture.serve(
                TestRequest.get("/", "traceparent", PARENT, "tracestate", "a=1", "tracestate", "b=2"), "/", 200, null);

        assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getSpanContext().getTraceState().asMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2"));
    }

    @Test
    void baggageIsCurrentToo() {
        var observed = fixture.observers.start(
                TestRequest.get("/", "baggage", "user=al%20ice;private", "baggage", "tenant = acme ; a = b"));
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
            assertThat(Baggage.current().getEntryValue("user")).isEqualTo("al ice");
            assertThat(Baggage.current().getEntryValue("tenant")).isEqualTo("acme");
        }
        assertThat(Baggage.current().isEmpty()).isTrue();
        observed.end("/", 200, null);
    }

    @Test
    void theSpanIsCurrentAndItsIdsStandInTheLogWhileTheRequestIsWorkedOn() {
        MDC.put("trace_id", "of somebody else");
        MDC.put("tenant", "acme");
        Span before = Span.current();
        var observed = fixture.observers.start(TestRequest.get("/", "traceparent", PARENT));
        assertThat(Span.current()).isEqualTo(before);

        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
            assertThat(Span.current().getSpanContext().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(MDC.get("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(MDC.get("span_id"))
                    .isEqualTo(Span.current().getSpanContext().getSpanId());
            assertThat(MDC.get("tenant")).isEqualTo("acme");
        }
        assertThat(Span.current()).isEqualTo(before);
        assertThat(MDC.getCopyOfContextMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("trace_id", "of somebody else", "tenant", "acme"));
        observed.end("/", 200, null);
    }

    @Test
    void scopesMayNestAndEachPutsBackWhatItFound() {
        var outer = fixture.observers.start(TestRequest.get("/outer"));
        var inner = fixture.observers.start(TestRequest.get("/inner"));
        try (var outerScope = outer.enter()) {
            assertThat(outerScope).isNotNull();
            String outerId = MDC.get("span_id");
            try (var innerScope = inner.enter()) {
                assertThat(innerScope).isNotNull();
                assertThat(MDC.get("span_id")).isNotEqualTo(outerId);
            }
            assertThat(MDC.get("span_id")).isEqualTo(outerId);
        }
        assertThat(MDC.get("span_id")).isNull();
        assertThat(MDC.get("trace_id")).isNull();
        inner.end(null, 200, null);
        outer.end(null, 200, null);
    }

    @Test
    void aRequestMayEndOnAnotherThread() throws Exception {
        var observed = fixture.observers.start(TestRequest.get("/"));
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
        }
        CompletableFuture.runAsync(() -> observed.end("/", 200, null)).get();

        assertThat(fixture.exporter.getFinishedSpanItems()).singleElement().satisfies(span -> assertThat(span.getName())
                .isEqualTo("GET /"));
        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void aRequestThatIsSampledOutStillHasItsIdsInTheLog() {
        try (var unsampled = new TracingFixture(Sampler.alwaysOff())) {
            var observed = unsampled.observers.start(TestRequest.get("/", "traceparent", PARENT));
            try (var scope = observed.enter()) {
                assertThat(scope).isNotNull();
                assertThat(MDC.get("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            }
            observed.end("/", 500, new IllegalStateException());
            assertThat(unsampled.exporter.getFinishedSpanItems()).isEmpty();
            assertThat(unsampled.observers.failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/readiness", "/health/database", "/metrics"})
    void probesAndScrapesAreNotTraced(String path) {
        assertThat(HttpServerTracing.of(fixture.sdk).onStart(TestRequest.get(path)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthcare/patients", "/healthy", "/metrics-of-sales", "/api/health"})
    void whatOnlyLooksLikeAProbeIsTraced(String path) {
        assertThat(attributes(fixture.serve(TestRequest.get(path), null, 200, null)))
                .containsEntry("url.path", path);
    }

    @Test
    void theApplicationMaySayWhatIsTraced() {
        var tracing =
                HttpServerTracing.of(fixture.sdk, request -> request.path().startsWith("/health"));

        assertThat(tracing.onStart(TestRequest.get("/orders"))).isNull();
        RequestObservers.of(tracing).start(TestRequest.get("/health")).end("/health", 200, null);
        assertThat(fixture.exporter.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void withoutAnSdkNothingIsWatchedAndNothingChanges() {
        var tracing = HttpServerTracing.of(OpenTelemetry.noop());

        assertThat(tracing.onStart(TestRequest.get("/", "traceparent", PARENT))).isNull();
        var observed = RequestObservers.of(tracing).start(TestRequest.get("/"));
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
            assertThat(MDC.get("trace_id")).isNull();
        }
        observed.end("/", 200, null);
    }

    private static Map<String, Object> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }
}
