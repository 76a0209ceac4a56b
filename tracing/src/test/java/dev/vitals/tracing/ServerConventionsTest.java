package dev.vitals.tracing;

import static dev.vitals.http.Outcome.Kind.ABORTED;
import static dev.vitals.http.Outcome.Kind.STREAMING;
import static dev.vitals.tracing.TestRequest.get;
import static io.opentelemetry.semconv.ClientAttributes.CLIENT_ADDRESS;
import static io.opentelemetry.semconv.ErrorAttributes.ERROR_TYPE;
import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_MESSAGE;
import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_STACKTRACE;
import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_TYPE;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_METHOD;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_METHOD_ORIGINAL;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_RESPONSE_STATUS_CODE;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_ROUTE;
import static io.opentelemetry.semconv.NetworkAttributes.NETWORK_PROTOCOL_NAME;
import static io.opentelemetry.semconv.NetworkAttributes.NETWORK_PROTOCOL_VERSION;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_ADDRESS;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_PORT;
import static io.opentelemetry.semconv.UrlAttributes.URL_PATH;
import static io.opentelemetry.semconv.UrlAttributes.URL_QUERY;
import static io.opentelemetry.semconv.UrlAttributes.URL_SCHEME;
import static io.opentelemetry.semconv.UserAgentAttributes.USER_AGENT_ORIGINAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.tracing.TracingFixture.Ending;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.semconv.HttpAttributes.HttpRequestMethodValues;
import io.opentelemetry.semconv.SchemaUrls;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule for names, statuses and attributes of server spans in OpenTelemetry's semantic conventions, 1.45.0. A row
 * names the section that it stands in: of "Semantic conventions for HTTP spans" (docs/http/http-spans.md) unless another
 * page is named; [n] is a note below the table of "HTTP server span".
 */
class ServerConventionsTest {
    private static final TracingFixture PLAIN = new TracingFixture();
    private static final TracingFixture ALL = new TracingFixture(builder -> builder.recordQuery()
            .recordClientAddress()
            .trustedProxies("10.0.0.0/8")
            .responseHeader("Trace"));
    private static final TracingFixture DAV = new TracingFixture(builder -> builder.knownMethods("GET", "PROPFIND"));

    @AfterAll
    static void stop() {
        List.of(PLAIN, ALL, DAV).forEach(TracingFixture::close);
    }

    private record Rule(
            String section,
            String rule,
            TracingFixture fixture,
            TestRequest request,
            Ending ending,
            Consumer<SpanData> holds) {
        @Override
        public String toString() {
            return section + ": " + rule;
        }
    }

    private static Rule rule(
            String section, String rule, TestRequest request, Ending ending, Consumer<SpanData> holds) {
        return new Rule(section, rule, PLAIN, request, ending, holds);
    }

    private static Rule rule(String section, String rule, TestRequest request, Consumer<SpanData> holds) {
        return rule(section, rule, request, Ending.of("/", 200), holds);
    }

    private static Rule all(String section, String rule, TestRequest request, Consumer<SpanData> holds) {
        return new Rule(section, rule, ALL, request, Ending.of("/", 200), holds);
    }

    private static Stream<Rule> names() {
        String name = "Name";
        Ending found = Ending.of("/orders/{id}", 200);
        return Stream.of(
                rule(name, "{method} {http.route}", get("/orders/1"), found, named("GET /orders/{id}")),
                rule(name, "{method} without a route", get("/orders/1"), Ending.of(null, 404), named("GET")),
                rule(name, "never the path", get("/orders/1"), Ending.of(null, 200), named("GET")),
                rule(name, "HTTP for _OTHER", TestRequest.of("BREW", "/"), found, named("HTTP /orders/{id}")),
                rule(name, "HTTP alone", TestRequest.of("BREW", "/"), Ending.of(null, 405), named("HTTP")),
                rule("HTTP server span", "kind SERVER", get("/"), span -> assertThat(span.getKind())
                        .isEqualTo(SpanKind.SERVER)));
    }

    private static Stream<Rule> statuses() {
        String status = "Status";
        String error = "HTTP server span [4] error.type";
        String dropped = "Examples, connection dropped before response body was sent";
        return Stream.of(
                rule(status, "1xx unset", get("/"), Ending.of("/", 101), fine()),
                rule(status, "2xx unset", get("/"), Ending.of("/", 204), fine()),
                rule(status, "3xx unset", get("/"), Ending.of("/", 302), fine()),
                rule(status, "4xx unset on a server", get("/"), Ending.of("/", 400), fine()),
                rule(status, "4xx unset to its end", get("/"), Ending.of("/", 499), fine()),
                rule(status, "4xx unset, whatever was thrown", get("/"), thrown(404, full()), fine()),
                rule(
                        status,
                        "4xx unset, also when cancelled",
                        get("/"),
                        Ending.of("/", 408).kind(ABORTED),
                        fine()),
                rule(status, "5xx error", get("/"), Ending.of("/", 500), failed("500")),
                rule(status, "5xx error to its end", get("/"), Ending.of("/", 599), failed("599")),
                rule(status, "2xx with another error", get("/"), thrown(200, full()), failed(full())),
                rule(status, "3xx with another error", get("/"), thrown(302, full()), failed(full())),
                rule(status, "cancelled", get("/"), Ending.of("/", 200).kind(ABORTED), failed("client_disconnected")),
                rule(
                        status,
                        "cancelled before a status",
                        get("/"),
                        Ending.of(null, 0).kind(ABORTED),
                        failed("client_disconnected")),
                rule(
                        dropped,
                        "error.type where it broke",
                        get("/"),
                        thrown(201, gone()).kind(ABORTED),
                        failed(gone())),
                rule(
                        status,
                        "a stream is over when its client goes",
                        get("/"),
                        Ending.of("/", 200).kind(STREAMING),
                        fine()),
                rule(
                        status,
                        "and when writing to that one fails",
                        get("/"),
                        thrown(200, gone()).kind(STREAMING),
                        fine()),
                rule(
                        status,
                        "a stream that the application broke",
                        get("/"),
                        thrown(200, full()).kind(STREAMING),
                        failed(full())),
                rule(
                        status,
                        "a stream that was refused",
                        get("/"),
                        Ending.of("/", 503).kind(STREAMING),
                        failed("503")),
                rule(error, "the exception before a status was sent", get("/"), thrown(0, full()), failed(full())),
                rule(error, "the exception where there is one", get("/"), thrown(500, full()), failed(full())),
                rule(error, "none where all went well", get("/"), Ending.of("/", 200), lacks(ERROR_TYPE)));
    }

    private static Stream<Rule> attributes() {
        String table = "HTTP server span";
        String host = "Setting server.address and server.port attributes";
        String[] proxied = {"Host", "in.example", "Forwarded", "for=192.0.2.4;proto=http;host=shop.example:81"};
        String[] proxiedX = {
            "Host",
            "in.example",
            "X-Forwarded-For",
            "192.0.2.4",
            "X-Forwarded-Proto",
            "http",
            "X-Forwarded-Host",
            "shop.example:81"
        };
        return Stream.of(
                rule(table + " [1]", "a known method", get("/"), has(HTTP_REQUEST_METHOD, "GET")),
                rule(
                        table + " [1]",
                        "an unknown method",
                        TestRequest.of("BREW", "/"),
                        has(HTTP_REQUEST_METHOD, "_OTHER")),
                rule(
                        table + " [1]",
                        "methods have a case",
                        TestRequest.of("get", "/"),
                        has(HTTP_REQUEST_METHOD, "_OTHER")),
                new Rule(
                        table + " [1]",
                        "the list can be replaced",
                        DAV,
                        TestRequest.of("PROPFIND", "/"),
                        Ending.of("/", 207),
                        has(HTTP_REQUEST_METHOD, "PROPFIND").andThen(named("PROPFIND /"))),
                new Rule(
                        table + " [1]",
                        "it is a full override",
                        DAV,
                        TestRequest.of("POST", "/"),
                        Ending.of("/", 200),
                        has(HTTP_REQUEST_METHOD, "_OTHER").andThen(named("HTTP /"))),
                rule(
                        table + " [5]",
                        "the original one, if different",
                        TestRequest.of("get", "/"),
                        has(HTTP_REQUEST_METHOD_ORIGINAL, "get")),
                rule(table + " [5]", "not if it is the same", get("/"), lacks(HTTP_REQUEST_METHOD_ORIGINAL)),
                rule(
                        table + " [5]",
                        "the original one is scrubbed",
                        TestRequest.of("jane@example.org", "/"),
                        has(HTTP_REQUEST_METHOD_ORIGINAL, "[email]")),
                rule(table, "url.path", get("/search"), has(URL_PATH, "/search")),
                rule(table + " [2]", "url.path is scrubbed", get("/of/jane@example.org"), has(URL_PATH, "/of/[email]")),
                rule(table, "url.scheme", get("/").by("http"), has(URL_SCHEME, "http")),
                all(
                        table + " [3]",
                        "that of the client, by Forwarded",
                        get("/", proxied).from("10.0.0.1"),
                        has(URL_SCHEME, "http")),
                all(
                        table + " [3]",
                        "that of the client, by X-Forwarded-Proto",
                        get("/", proxiedX).from("10.0.0.1"),
                        has(URL_SCHEME, "http")),
                all(
                        table + " [3]",
                        "else that of the peer",
                        get("/", proxied).from("192.0.2.9"),
                        has(URL_SCHEME, "https")),
                rule(table, "http.response.status_code", get("/"), has(HTTP_RESPONSE_STATUS_CODE, 200L)),
                rule(table, "only if one was sent", get("/"), Ending.of("/", 0), lacks(HTTP_RESPONSE_STATUS_CODE)),
                rule(table + " [6]", "http.route", get("/a/1"), Ending.of("/a/{b}", 200), has(HTTP_ROUTE, "/a/{b}")),
                rule(table + " [6]", "never the path", get("/a/1"), Ending.of(null, 404), lacks(HTTP_ROUTE)),
                rule(table + " [8]", "no network.protocol.name for http", get("/"), lacks(NETWORK_PROTOCOL_NAME)),
                rule(table + " [12]", "HTTP/1.0", get("/").over("HTTP/1.0"), has(NETWORK_PROTOCOL_VERSION, "1.0")),
                rule(table + " [12]", "HTTP/1.1", get("/").over("HTTP/1.1"), has(NETWORK_PROTOCOL_VERSION, "1.1")),
                rule(table + " [12]", "HTTP/2", get("/").over("HTTP/2.0"), has(NETWORK_PROTOCOL_VERSION, "2")),
                rule(table + " [12]", "HTTP/3", get("/").over("HTTP/3"), has(NETWORK_PROTOCOL_VERSION, "3")),
                rule(table + " [12]", "not where it is not known", get("/").over("?"), lacks(NETWORK_PROTOCOL_VERSION)),
                all(
                        host,
                        "Forwarded#host",
                        get("/", proxied).from("10.0.0.1"),
                        has(SERVER_ADDRESS, "shop.example").andThen(has(SERVER_PORT, 81L))),
                all(
                        host,
                        "X-Forwarded-Host",
                        get("/", proxiedX).from("10.0.0.1"),
                        has(SERVER_ADDRESS, "shop.example").andThen(has(SERVER_PORT, 81L))),
                rule(
                        host,
                        "Host",
                        get("/", "Host", "a.example:8443"),
                        has(SERVER_ADDRESS, "a.example").andThen(has(SERVER_PORT, 8443L))),
                rule(
                        host,
                        "Host without a port",
                        get("/", "Host", "a.example"),
                        has(SERVER_ADDRESS, "a.example").andThen(lacks(SERVER_PORT))),
                rule(host, "no Host", get("/"), lacks(SERVER_ADDRESS).andThen(lacks(SERVER_PORT))),
                all(
                        table + " [10]",
                        "url.query where asked for",
                        get("/").asking("q=OpenTelemetry"),
                        has(URL_QUERY, "q=OpenTelemetry")),
                all(
                        table + " [10]",
                        "its secrets are redacted and its keys are kept",
                        get("/").asking("q=a&sig=0123abc"),
                        has(URL_QUERY, "q=a&sig=[redacted]")),
                all(table, "only if there is one", get("/").asking(null), lacks(URL_QUERY)),
                rule(table, "not where it was not asked for", get("/").asking("q=OpenTelemetry"), lacks(URL_QUERY)),
                all(
                        table + " [11]",
                        "client.address behind all proxies",
                        get("/", proxied).from("10.0.0.1"),
                        has(CLIENT_ADDRESS, "192.0.2.4")),
                all(table + " [11]", "else the peer's", get("/").from("192.0.2.9"), has(CLIENT_ADDRESS, "192.0.2.9")),
                rule(table, "not where it was not asked for", get("/").from("192.0.2.9"), lacks(CLIENT_ADDRESS)),
                rule(
                        table,
                        "user_agent.original",
                        get("/", "User-Agent", "curl/8.1"),
                        has(USER_AGENT_ORIGINAL, "curl/8.1")),
                rule(table, "only if there is one", get("/"), lacks(USER_AGENT_ORIGINAL)));
    }

    private static Stream<Rule> exceptions() {
        String page = "Semantic conventions for exceptions on spans";
        Throwable secret = new IllegalStateException("password=hunter2", new IOException("of jane@example.org"));
        return Stream.of(
                rule(page, "an event named exception", get("/"), thrown(500, full()), event(event -> assertThat(
                                event.getName())
                        .isEqualTo("exception"))),
                rule(page, "exception.type", get("/"), thrown(500, full()), event(event -> assertThat(
                                event.getAttributes().get(EXCEPTION_TYPE))
                        .isEqualTo("java.lang.IllegalStateException"))),
                rule(page, "exception.message", get("/"), thrown(500, full()), event(event -> assertThat(
                                event.getAttributes().get(EXCEPTION_MESSAGE))
                        .isEqualTo("shelf 7 is full"))),
                rule(
                        page,
                        "exception.stacktrace",
                        get("/"),
                        thrown(500, full()),
                        event(
                                event -> assertThat(event.getAttributes().get(EXCEPTION_STACKTRACE))
                                        .startsWith(
                                                "java.lang.IllegalStateException: shelf 7 is full\n\tat dev.vitals.tracing.ServerConventionsTest."))),
                rule(
                        page,
                        "no message where there is none",
                        get("/"),
                        thrown(500, new IllegalStateException()),
                        event(event -> assertThat(event.getAttributes().get(EXCEPTION_MESSAGE))
                                .isNull())),
                rule(page, "nothing private in it", get("/"), thrown(500, secret), event(event -> assertThat(
                                event.getAttributes().toString())
                        .contains("Caused by: java.io.IOException: of [email]")
                        .doesNotContain("hunter2", "jane"))),
                rule(page, "with a 4xx too", get("/"), thrown(404, full()), event(event -> assertThat(event.getName())
                        .isEqualTo("exception"))),
                rule(page, "none where nothing was thrown", get("/"), Ending.of("/", 500), span -> assertThat(
                                span.getEvents())
                        .isEmpty()));
    }

    @ParameterizedTest
    @MethodSource({"names", "statuses", "attributes", "exceptions"})
    void aRuleHolds(Rule rule) {
        rule.holds().accept(rule.fixture().serve(rule.request(), rule.ending()));
    }

    @Test
    void theMethodsOfTheConventionsAreKnown() throws ReflectiveOperationException {
        for (var field : HttpRequestMethodValues.class.getFields()) {
            String method = (String) field.get(null);
            SpanData span = PLAIN.serve(TestRequest.of(method, "/"), Ending.of("/", 200));
            assertThat(span.getAttributes().get(HTTP_REQUEST_METHOD)).isEqualTo(method);
        }
    }

    @Test
    void theSchemaIsNamed() {
        SpanData span = PLAIN.serve(get("/"), Ending.of("/", 200));
        assertThat(span.getInstrumentationScopeInfo().getSchemaUrl()).isEqualTo(SchemaUrls.V1_45_0);
        assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("dev.vitals.tracing");
    }

    @Test
    void nothingElseIsOnASpan() {
        var request = TestRequest.of("BREW", "/a", "Host", "a.example:1", "User-Agent", "curl/8.1", "Cookie", "a=b")
                .asking("q=1")
                .from("192.0.2.9");
        SpanData span = ALL.serve(request, Ending.of("/a", 200).throwing(full()));

        Set<AttributeKey<?>> keys = span.getAttributes().asMap().keySet();
        assertThat(keys.stream().map(AttributeKey::getKey).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Stream.of(
                                HTTP_REQUEST_METHOD,
                                HTTP_REQUEST_METHOD_ORIGINAL,
                                URL_PATH,
                                URL_QUERY,
                                URL_SCHEME,
                                SERVER_ADDRESS,
                                SERVER_PORT,
                                CLIENT_ADDRESS,
                                USER_AGENT_ORIGINAL,
                                NETWORK_PROTOCOL_VERSION,
                                HTTP_ROUTE,
                                HTTP_RESPONSE_STATUS_CODE,
                                ERROR_TYPE)
                        .map(AttributeKey::getKey)
                        .toArray(String[]::new));
    }

    private static Throwable full() {
        return new IllegalStateException("shelf 7 is full");
    }

    private static Throwable gone() {
        return new IOException("Broken pipe");
    }

    private static Ending thrown(int status, Throwable error) {
        return Ending.of("/", status).throwing(error);
    }

    private static Consumer<SpanData> named(String name) {
        return span -> assertThat(span.getName()).isEqualTo(name);
    }

    private static <T> Consumer<SpanData> has(AttributeKey<T> key, T value) {
        return span -> assertThat((Object) span.getAttributes().get(key)).isEqualTo(value);
    }

    private static Consumer<SpanData> lacks(AttributeKey<?> key) {
        return span -> assertThat(span.getAttributes().asMap()).doesNotContainKey(key);
    }

    private static Consumer<SpanData> fine() {
        return lacks(ERROR_TYPE)
                .andThen(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
    }

    private static Consumer<SpanData> failed(Throwable thrown) {
        return failed(thrown.getClass().getName());
    }

    /** Without a description: it can be told from the status and the event. */
    private static Consumer<SpanData> failed(String errorType) {
        return has(ERROR_TYPE, errorType).andThen(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEmpty();
        });
    }

    private static Consumer<SpanData> event(Consumer<EventData> holds) {
        return span -> assertThat(span.getEvents()).singleElement().satisfies(holds);
    }
}
