package dev.vitals.tracing;

import static dev.vitals.tracing.ClientFixture.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitals.http.ClientOutcome;
import dev.vitals.http.ObservedHttpClient;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules are cited from the semantic conventions for HTTP spans: "Name", "Status", "HTTP client span" and its notes. */
class HttpClientTracingTest {
    private static final String FOREIGN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private ClientFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ClientFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aSpanSaysWhatTheConventionsAskFor() throws Exception {
        SpanData span = fixture.span(fixture.request("/status/200?q=shoes").build());

        assertThat(span.getName()).isEqualTo("GET"); // Name: {method} without a target; never the path
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT); // Span kind MUST be CLIENT
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET); // Status: 1xx to 3xx unset
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getEvents()).isEmpty();
        assertThat(attributes(span))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method",
                        "GET", // required
                        "server.address",
                        "127.0.0.1", // required
                        "server.port",
                        (long) fixture.service.port(), // required
                        "url.full",
                        fixture.service.uri("/status/200?q=shoes").toString(), // required
                        "http.response.status_code",
                        200L, // if one was received
                        "network.protocol.version",
                        "1.1")); // recommended
    }

    @ParameterizedTest(name = "{0} is {1}, error.type {2}")
    @CsvSource({
        "200, UNSET,", // Status: MUST be unset for 1xx, 2xx, 3xx
        "204, UNSET,",
        "304, UNSET,",
        "400, ERROR, 400", // Status: 4xx SHOULD be an error of a CLIENT
        "404, ERROR, 404",
        "429, ERROR, 429",
        "500, ERROR, 500", // Status: 5xx SHOULD be an error; error.type [5]: the status
        "503, ERROR, 503",
    })
    void fourHundredsAndFiveHundredsAreErrors(int status, StatusCode expected, @Nullable String errorType)
            throws Exception {
        SpanData span = fixture.span(fixture.request("/status/" + status).build());

        assertThat(span.getStatus().getStatusCode()).isEqualTo(expected);
        assertThat(span.getStatus().getDescription()).isEmpty(); // not set where the status code tells
        assertThat(attributes(span).get("error.type")).isEqualTo(errorType);
        assertThat(attributes(span)).containsEntry("http.response.status_code", (long) status);
        assertThat(span.getEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, GET, GET,",
        "PATCH, PATCH, PATCH,", // [1]: RFC 9110's methods and PATCH of RFC 5789
        "QUERY, QUERY, QUERY,",
        "BREW, HTTP, _OTHER, BREW", // [1]: _OTHER; Name: MUST be HTTP then; [6]: the original one
        "get, HTTP, _OTHER, get", // [1]: methods are case-sensitive
    })
    void theNameIsTheMethod(String method, String name, String label, @Nullable String original) throws Exception {
        SpanData span = fixture.span(fixture.request("/status/200")
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(span.getName()).isEqualTo(name);
        assertThat(attributes(span).get("http.request.method")).isEqualTo(label);
        assertThat(attributes(span).get("http.request.method_original")).isEqualTo(original);
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example/a, shop.example, 80, http://shop.example/a", // server.port is required: the scheme's
        "https://shop.example/a, shop.example, 443, https://shop.example/a",
        "https://shop.example:8443, shop.example, 8443, https://shop.example:8443",
        "http://[::1]:8080/, ::1, 8080, http://[::1]:8080/",
    })
    void theServerIsTheOneThatWasAsked(String uri, String address, long port, String url) {
        SpanData span = unsent(uri);

        assertThat(attributes(span))
                .containsEntry("server.address", address)
                .containsEntry("server.port", port)
                .containsEntry("url.full", url);
    }

    /** url.full [4]: credentials MUST NOT be there; sig, Signature, AWSAccessKeyId, X-Goog-Signature SHOULD not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jane:hunter2@shop.example/",
                "https://shop.example/?token=hunter2&q=shoes",
                "https://shop.example/?sig=hunter2",
                "https://shop.example/?X-Goog-Signature=hunter2",
                "https://shop.example/?Signature=hunter2&AWSAccessKeyId=hunter2",
                "https://shop.example/login;password=hunter2/",
                "https://shop.example/#access_token=hunter2",
                "https://shop.example/?next=https%3A%2F%2Fjane%3Ahunter2%40shop.example",
            })
    void secretsOfAUrlStayInside(String uri) {
        assertThat(unsent(uri).toString()).doesNotContain("hunter2").contains("https://");
    }

    @Test
    void aLongUrlIsCut() {
        assertThat(attributes(unsent("https://shop.example/" + "x".repeat(100_000)))
                        .get("url.full"))
                .asString()
                .hasSize(2_048);
    }

    /** HTTP client span, 2: one span for the whole operation has the URL that was asked first. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectsAreOneSpanOfTheFirstUrlAndTheLastAnswer(int status) throws Exception {
        SpanData span = fixture.span(fixture.request("/redirect/" + status)
                .POST(BodyPublishers.ofString("body"))
                .build());

        assertThat(span.getName()).isEqualTo("POST");
        assertThat(attributes(span))
                .containsEntry("http.response.status_code", 200L)
                .containsEntry(
                        "url.full", fixture.service.uri("/redirect/" + status).toString());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(sent("traceparent")).hasSize(2).containsOnly(traceparent(span));
    }

    @Test
    void aRefusedConnectionIsAnErrorWithoutAStatus() throws Exception {
        SpanData span =
                fixture.span(HttpRequest.newBuilder(OutsideService.nobody()).build());

        failed(span, "java.net.ConnectException");
        assertThat(span.toString()).doesNotContain("hunter2");
    }

    @Test
    void anUnknownHostIsAnErrorToo() throws Exception {
        SpanData span = fixture.span(
                HttpRequest.newBuilder(URI.create("http://nobody.invalid/")).build());

        failed(span, "java.net.ConnectException");
        assertThat(attributes(span)).containsEntry("server.address", "nobody.invalid");
    }

    @Test
    void aTimeOutIsAnErrorToo() throws Exception {
        // A connection that is there already: else the time may be up before there is one, which is another exception.
        fixture.span(fixture.request("/status/200").build());
        failed(
                fixture.span(fixture.request("/silent")
                        .timeout(Duration.ofMillis(250))
                        .build()),
                "java.net.http.HttpTimeoutException");
    }

    /** Status: a request that was cancelled SHOULD be an error with its type. */
    @Test
    void aCancelledCallEnds() throws Exception {
        CompletableFuture<HttpResponse<Void>> answer =
                fixture.client.sendAsync(fixture.request("/silent").build(), BodyHandlers.discarding());
        assertThat(fixture.service.silence.await(10, TimeUnit.SECONDS)).isTrue();

        answer.cancel(true);

        failed(fixture.soon(), "java.util.concurrent.CancellationException");
    }

    @Test
    void whatAnAsynchronousCallEndsInIsSeenUnwrapped() throws Exception {
        assertThat(catchThrowable(() -> fixture.client
                        .sendAsync(
                                HttpRequest.newBuilder(OutsideService.nobody()).build(), BodyHandlers.discarding())
                        .get(10, TimeUnit.SECONDS)))
                .isNotNull();

        failed(fixture.only(), "java.net.ConnectException");
    }

    /** A body that could not be read: the answer was there, and yet there is none. */
    @Test
    void anExceptionsMessageIsScrubbed() {
        assertThat(catchThrowable(
                        () -> fixture.client.send(fixture.request("/status/200").build(), info -> {
                            throw new IllegalStateException("password=hunter2 of jane.roe@example.com");
                        })))
                .isNotNull();

        SpanData span = fixture.only();
        assertThat(span.getEvents()).singleElement().satisfies(event -> assertThat(event.getName())
                .isEqualTo("exception"));
        assertThat(span.toString()).contains("[email]").doesNotContain("hunter2", "jane.roe");
    }

    @Test
    void theContextIsSentAndReplacesTheCallers() throws Exception {
        HttpRequest request = fixture.request("/status/200")
                .header("traceparent", FOREIGN)
                .header("tracestate", "foreign=1")
                .build();

        SpanData span;
        try (var scope = Baggage.builder().put("tenant", "acme").build().makeCurrent()) {
            assertThat(scope).isNotNull();
            span = fixture.span(request);
        }

        assertThat(sent("traceparent")).containsExactly(traceparent(span));
        assertThat(sent("tracestate")).containsExactly("");
        assertThat(sent("baggage")).containsExactly("tenant=acme");
    }

    @Test
    void theParentIsTheSpanThatWasCurrentAtTheCall() throws Exception {
        Traced traced = Traced.of(fixture.tracing.sdk);
        String parent = traced.call("ask", () -> {
            fixture.client.send(fixture.request("/status/200").build(), BodyHandlers.discarding());
            return Span.current().getSpanContext().getSpanId();
        });

        assertThat(fixture.tracing.exporter.getFinishedSpanItems())
                .extracting(SpanData::getName, SpanData::getParentSpanId)
                .contains(tuple("GET", parent));
    }

    @Test
    void aCallFromAnAsynchronousContinuationHasTheRightParent() throws Exception {
        Traced traced = Traced.of(fixture.tracing.sdk);
        HttpRequest request = fixture.request("/status/200").build();
        CompletableFuture<HttpResponse<Void>> second = traced.call("ask twice", () -> fixture.client
                .sendAsync(request, BodyHandlers.discarding())
                .thenCompose(
                        traced.wrapFunction(first -> fixture.client.sendAsync(request, BodyHandlers.discarding()))));
        second.get(10, TimeUnit.SECONDS);

        List<SpanData> spans = fixture.tracing.exporter.getFinishedSpanItems();
        SpanData asking = spans.stream()
                .filter(span -> span.getKind() == SpanKind.INTERNAL)
                .findFirst()
                .orElseThrow();
        assertThat(spans)
                .filteredOn(span -> span.getKind() == SpanKind.CLIENT)
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(asking.getSpanId()));
    }

    @Test
    void aCallThatIsSampledOutSendsItsContextAllTheSame() throws Exception {
        try (var unsampled = new ClientFixture(Sampler.alwaysOff())) {
            unsampled.client.send(unsampled.request("/status/503").build(), BodyHandlers.discarding());

            assertThat(unsampled.tracing.exporter.getFinishedSpanItems()).isEmpty();
            assertThat(unsampled.service.sent.get(0).get("Traceparent"))
                    .singleElement()
                    .asString()
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]"); // the last bit: not sampled
            assertThat(unsampled.client.failures()).isZero();
        }
    }

    @Test
    void withoutAnSdkNothingIsWatchedAndNothingChanges() throws Exception {
        HttpRequest request =
                fixture.request("/status/200").header("traceparent", FOREIGN).build();
        var propagating = OpenTelemetry.propagating(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        for (OpenTelemetry none : List.of(OpenTelemetry.noop(), propagating)) {
            HttpClientTracing observer = HttpClientTracing.of(none);
            assertThat(observer.onStart(request)).isNull();
            ObservedHttpClient.of(fixture.plain, observer).send(request, BodyHandlers.discarding());
        }
        assertThat(sent("traceparent")).containsExactly(FOREIGN, FOREIGN);
    }

    @Test
    void theProtocolsVersionIsThatOfTheAnswer(@TempDir Path folder) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.addContext("", folder.toString());
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        try {
            tomcat.start();
            var uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .version(HttpClient.Version.HTTP_2)
                    .build();

            assertThat(attributes(fixture.span(request)))
                    .containsEntry("network.protocol.version", "2")
                    .containsEntry("http.response.status_code", 404L);
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private SpanData unsent(String uri) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        var observation = HttpClientTracing.of(fixture.tracing.sdk).onStart(request);
        assertThat(observation).isNotNull();
        observation.onEnd(
                new ClientOutcome(request, 200, HttpHeaders.of(Map.of(), (name, value) -> true), null, null, 1));
        return fixture.only();
    }

    private static void failed(SpanData span, String errorType) {
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(span))
                .containsEntry("error.type", errorType)
                .doesNotContainKeys("http.response.status_code", "network.protocol.version");
        assertThat(span.getEvents()).hasSize(1);
    }

    private List<String> sent(String header) {
        String name = Character.toUpperCase(header.charAt(0)) + header.substring(1);
        return fixture.service.sent.stream()
                .flatMap(headers -> headers.getOrDefault(name, List.of()).stream())
                .toList();
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getSpanContext().getTraceFlags().asHex();
    }
}
