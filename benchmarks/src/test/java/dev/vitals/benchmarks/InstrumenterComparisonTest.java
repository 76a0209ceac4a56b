package dev.vitals.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import dev.vitals.tracing.HttpServerTracing;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesGetter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRoute;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRouteSource;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanNameExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanStatusExtractor;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same requests, watched by Vitals and by OpenTelemetry's own {@code Instrumenter}: what is the same, what is not. */
class InstrumenterComparisonTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final RequestObservers observers = RequestObservers.of(HttpServerTracing.builder(sdk)
            .recordQuery()
            .recordClientAddress()
            .trustedProxies("10.0.0.0/8")
            .build());
    private final Instrumenter<Request, Ending> instrumenter = Instrumenter.<Request, Ending>builder(
                    sdk, "io.opentelemetry.comparison", HttpSpanNameExtractor.create(new Getter()))
            .addAttributesExtractor(HttpServerAttributesExtractor.create(new Getter()))
            .setSpanStatusExtractor(HttpSpanStatusExtractor.create(new Getter()))
            .addContextCustomizer(HttpServerRoute.create(new Getter()))
            .buildServerInstrumenter(new Headers());

    @AfterEach
    void stop() {
        sdk.close();
    }

    /**
     * A request and what differs.
     *
     * @param request the request
     * @param ending how it ended
     * @param differences what is different: ours, then theirs; null where it is not there
     * @param reason why
     */
    private record Case(TestRequest request, Ending ending, Map<String, List<String>> differences, String reason) {
        @Override
        public String toString() {
            return request.method() + " " + request.sent() + " " + ending + (reason.isEmpty() ? "" : ", but " + reason);
        }
    }

    private static Case same(TestRequest request, Ending ending) {
        return new Case(request, ending, Map.of(), "");
    }

    private static Case but(String reason, TestRequest request, Ending ending, Map<String, List<String>> differences) {
        return new Case(request, ending, differences, reason);
    }

    private static Stream<Case> equal() {
        TestRequest get = TestRequest.get("/");
        return Stream.of(
                same(
                        TestRequest.get(
                                        "/orders/42",
                                        "Host",
                                        "shop.example:8443",
                                        "User-Agent",
                                        "curl/8.1",
                                        "traceparent",
                                        PARENT,
                                        "tracestate",
                                        "a=1")
                                .asking("page=2"),
                        Ending.of("/orders/{id}", 200)),
                same(TestRequest.get("/orders/42", "Host", "shop.example"), Ending.of(null, 404)),
                same(TestRequest.get("/", "Host", "203.0.113.7:80"), Ending.of("/", 302)),
                same(TestRequest.of("BREW", "/"), Ending.of("/", 405)),
                same(TestRequest.of("get", "/"), Ending.of(null, 501)),
                same(get, Ending.of("/", 101)),
                same(get, Ending.of("/", 400)),
                same(get, Ending.of("/", 500)),
                same(get, Ending.of("/", 503)),
                same(get, Ending.of("/", 0).throwing(full())),
                same(get.over("HTTP/1.0"), Ending.of("/", 200)),
                same(get.over("HTTP/2.0").by("http"), Ending.of("/", 200)),
                same(TestRequest.get("/", "traceparent", PARENT + "x"), Ending.of("/", 200)),
                same(
                        TestRequest.get("/", "traceparent", "00-" + "0".repeat(32) + "-b7ad6b7169203331-01"),
                        Ending.of("/", 200)));
    }

    private static Stream<Case> different() {
        TestRequest get = TestRequest.get("/");
        Throwable gone = new IOException("Broken pipe");
        String peer = "network.peer.address";
        return Stream.of(
                but(
                        "the peer's address is personal data, and behind a proxy the proxy's",
                        get.from("192.0.2.7"),
                        Ending.of("/", 200),
                        Map.of(peer, List.of("null", "192.0.2.7"))),
                but(
                        "QUERY is a method for Vitals, in metrics too, and not yet for the conventions",
                        TestRequest.of("QUERY", "/"),
                        Ending.of("/", 200),
                        Map.of(
                                "name", List.of("QUERY /", "HTTP /"),
                                "http.request.method", List.of("QUERY", "_OTHER"),
                                "http.request.method_original", List.of("null", "QUERY"))),
                but(
                        "the class of what was thrown says more than the status, and the conventions allow either",
                        get,
                        Ending.of("/", 500).throwing(full()),
                        Map.of("error.type", List.of("java.lang.IllegalStateException", "500"))),
                but(
                        "error.type is required where a request ended with an error",
                        get,
                        Ending.of("/", 200).throwing(full()),
                        Map.of("error.type", List.of("java.lang.IllegalStateException", "null"))),
                but(
                        "4xx must be left unset on a server; the event tells what was thrown",
                        get,
                        Ending.of("/", 400).throwing(full()),
                        Map.of("status", List.of("UNSET", "ERROR"))),
                but(
                        "that no status is known is no error: an adapter may not see it",
                        get,
                        Ending.of("/", 0),
                        Map.of("error.type", List.of("null", "_OTHER"))),
                but(
                        "that the client left is seen, and by the conventions an error of a span",
                        get,
                        Ending.of("/", 200).kind(Outcome.Kind.ABORTED),
                        Map.of(
                                "status", List.of("ERROR", "UNSET"),
                                "error.type", List.of("client_disconnected", "null"))),
                but(
                        "a stream that ends with its client has not failed",
                        get,
                        Ending.of("/", 200).throwing(gone).kind(Outcome.Kind.STREAMING),
                        Map.of("status", List.of("UNSET", "ERROR"))),
                but(
                        "what is private is scrubbed, and not by a list of four parameters alone",
                        TestRequest.get("/mail/jane@example.org", "User-Agent", "bot of jane@example.org")
                                .asking("email=jane%40example.org&sig=abc&x=1"),
                        Ending.of("/mail/{who}", 200),
                        Map.of(
                                "url.path", List.of("/mail/[email]", "/mail/jane@example.org"),
                                "url.query",
                                        List.of(
                                                "email=[email]&sig=[redacted]&x=1",
                                                "email=jane%40example.org&sig=REDACTED&x=1"),
                                "user_agent.original", List.of("bot of [email]", "bot of jane@example.org"))),
                but(
                        "what is no host is none",
                        TestRequest.get("/", "Host", "a b"),
                        Ending.of("/", 200),
                        Map.of("server.address", List.of("null", "a b"))),
                but(
                        "the client behind trusted proxies is the same; the peer's address as above",
                        TestRequest.get(
                                        "/",
                                        "Host",
                                        "in.example",
                                        "Forwarded",
                                        "for=192.0.2.60;proto=http;host=a.example:81")
                                .from("10.1.2.3"),
                        Ending.of("/", 200),
                        Map.of(peer, List.of("null", "10.1.2.3"))),
                but(
                        "what a client put before its own address is not believed",
                        TestRequest.get("/", "Host", "in.example", "X-Forwarded-For", "6.6.6.6, 192.0.2.60")
                                .from("10.1.2.3"),
                        Ending.of("/", 200),
                        Map.of("client.address", List.of("192.0.2.60", "6.6.6.6"), peer, List.of("null", "10.1.2.3"))),
                but(
                        "who is no trusted proxy is not believed at all",
                        TestRequest.get(
                                        "/",
                                        "Host",
                                        "in.example",
                                        "X-Forwarded-For",
                                        "6.6.6.6",
                                        "X-Forwarded-Proto",
                                        "http",
                                        "X-Forwarded-Host",
                                        "evil.example")
                                .from("192.0.2.7"),
                        Ending.of("/", 200),
                        Map.of(
                                "client.address",
                                List.of("192.0.2.7", "6.6.6.6"),
                                "server.address",
                                List.of("in.example", "evil.example"),
                                "url.scheme",
                                List.of("https", "http"),
                                peer,
                                List.of("null", "192.0.2.7"))));
    }

    @ParameterizedTest
    @MethodSource({"equal", "different"})
    void theSpansAreTheSameButForWhatIsListed(Case one) {
        Map<String, String> ours = told(serveOurs(one.request(), one.ending()));
        Map<String, String> theirs = told(serveTheirs(one.request(), one.ending()));

        var differences = new TreeMap<String, List<String>>();
        Stream.concat(ours.keySet().stream(), theirs.keySet().stream())
                .filter(key -> !Objects.equals(ours.get(key), theirs.get(key)))
                .forEach(key ->
                        differences.put(key, List.of(String.valueOf(ours.get(key)), String.valueOf(theirs.get(key)))));
        assertThat(differences).containsExactlyInAnyOrderEntriesOf(one.differences());
    }

    private static Throwable full() {
        return new IllegalStateException("shelf 7 is full");
    }

    private static Map<String, String> told(SpanData span) {
        var told = new TreeMap<String, String>();
        told.put("name", span.getName());
        told.put("kind", span.getKind().name());
        told.put("status", span.getStatus().getStatusCode() + span.getStatus().getDescription());
        told.put("parent", span.getParentSpanContext().toString());
        for (EventData event : span.getEvents()) {
            event.getAttributes()
                    .forEach((key, value) -> told.put(event.getName() + " " + key.getKey(), firstLine(value)));
        }
        span.getAttributes().forEach((key, value) -> told.put(key.getKey(), value.toString()));
        return told;
    }

    private static String firstLine(Object value) {
        return value.toString().lines().findFirst().orElse("");
    }

    private SpanData serveOurs(TestRequest request, Ending ending) {
        exporter.reset();
        var observed = observers.start(request);
        observed.end(ending.route(), ending.status(), ending.error(), ending.kind());
        return exporter.getFinishedSpanItems().get(0);
    }

    private SpanData serveTheirs(TestRequest request, Ending ending) {
        exporter.reset();
        Context context = instrumenter.start(Context.root(), request);
        if (ending.route() != null) {
            HttpServerRoute.update(context, HttpServerRouteSource.CONTROLLER, ending.route());
        }
        instrumenter.end(context, request, ending, ending.error());
        return exporter.getFinishedSpanItems().get(0);
    }

    private static final class Headers implements TextMapGetter<Request> {
        @SuppressWarnings("deprecation")
        @Override
        public Iterable<String> keys(Request request) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Request request, String name) {
            return request == null ? null : request.header(name);
        }

        @Override
        public Iterator<String> getAll(@Nullable Request request, String name) {
            return request == null
                    ? List.<String>of().iterator()
                    : request.headers(name).iterator();
        }
    }

    private static final class Getter implements HttpServerAttributesGetter<Request, Ending> {
        @Override
        public String getHttpRequestMethod(Request request) {
            return request.method();
        }

        @Override
        public List<String> getHttpRequestHeader(Request request, String name) {
            return request.headers(name);
        }

        @Override
        public @Nullable Integer getHttpResponseStatusCode(Request request, Ending ending, @Nullable Throwable error) {
            return ending.status() == 0 ? null : ending.status();
        }

        @Override
        public List<String> getHttpResponseHeader(Request request, Ending ending, String name) {
            return List.of();
        }

        @Override
        public String getUrlScheme(Request request) {
            return request.scheme();
        }

        @Override
        public String getUrlPath(Request request) {
            return request.path();
        }

        @Override
        public @Nullable String getUrlQuery(Request request) {
            return request.query();
        }

        @Override
        public String getNetworkProtocolName(Request request, @Nullable Ending ending) {
            return "http";
        }

        @Override
        public String getNetworkProtocolVersion(Request request, @Nullable Ending ending) {
            String version = request.protocol().substring("HTTP/".length());
            return version.equals("2.0") ? "2" : version;
        }

        @Override
        public @Nullable String getNetworkPeerAddress(Request request, @Nullable Ending ending) {
            return request.remoteAddress();
        }
    }

    private record Ending(
            @Nullable String route, int status, @Nullable Throwable error, Outcome.Kind kind) {
        static Ending of(@Nullable String route, int status) {
            return new Ending(route, status, null, Outcome.Kind.ORDINARY);
        }

        Ending throwing(Throwable thrown) {
            return new Ending(route, status, thrown, kind);
        }

        Ending kind(Outcome.Kind other) {
            return new Ending(route, status, error, other);
        }
    }

    private record TestRequest(
            String method,
            String path,
            String protocol,
            String scheme,
            @Nullable String query,
            @Nullable String remoteAddress,
            Map<String, List<String>> sent)
            implements Request {
        static TestRequest get(String path, String... namesAndValues) {
            return of("GET", path, namesAndValues);
        }

        static TestRequest of(String method, String path, String... namesAndValues) {
            var headers = new TreeMap<String, List<String>>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                headers.computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(namesAndValues[i + 1]);
            }
            return new TestRequest(method, path, "HTTP/1.1", "https", null, null, headers);
        }

        TestRequest over(String otherProtocol) {
            return new TestRequest(method, path, otherProtocol, scheme, query, remoteAddress, sent);
        }

        TestRequest by(String otherScheme) {
            return new TestRequest(method, path, protocol, otherScheme, query, remoteAddress, sent);
        }

        TestRequest asking(@Nullable String otherQuery) {
            return new TestRequest(method, path, protocol, scheme, otherQuery, remoteAddress, sent);
        }

        TestRequest from(@Nullable String address) {
            return new TestRequest(method, path, protocol, scheme, query, address, sent);
        }

        @Override
        public List<String> headers(String name) {
            return sent.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }
    }
}
