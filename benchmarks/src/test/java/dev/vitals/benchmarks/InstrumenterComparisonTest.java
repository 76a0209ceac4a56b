package dev.vitals.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import dev.vitals.tracing.HttpServerTracing;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.Locale;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesGetter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRoute;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRouteSource;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanNameExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanStatusExtractor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
    
    record Case(TestRequest request, Ending ending) {}

    @Test
    void print() {
        var t = new IllegalStateException("no stock");
        for (var c : List.of(
          new Case(TestRequest.get("/orders/42", "Host", "shop.example:8443", "User-Agent", "curl/8.1", "traceparent", PARENT).asking("page=2").from("192.0.2.7"), Ending.of("/orders/{id}", 200)),
          new Case(TestRequest.get("/orders/42", "Host", "shop.example").asking(null).from("192.0.2.7"), Ending.of(null, 404)),
          new Case(TestRequest.of("BREW", "/").asking(null), Ending.of("/", 405)),
          new Case(TestRequest.of("QUERY", "/").asking(null), Ending.of("/", 200)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 503)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 500).throwing(t)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 400).throwing(t)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 200).throwing(t)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 0).throwing(t)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 0)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 200).kind(Outcome.Kind.ABORTED)),
          new Case(TestRequest.get("/").asking(null), Ending.of("/", 200).throwing(new IOException("broken pipe")).kind(Outcome.Kind.STREAMING)),
          new Case(TestRequest.get("/").over("HTTP/2.0").by("http").asking(null), Ending.of("/", 200)),
          new Case(TestRequest.get("/mail/jane@example.org", "User-Agent", "bot of jane@example.org").asking("email=jane%40example.org&sig=abc&x=1"), Ending.of("/mail/{who}", 200)),
          new Case(TestRequest.get("/", "Host", "203.0.113.7:80").asking(null), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "Host", "in.example", "Forwarded", "for=192.0.2.60;proto=http;host=shop.example:81").asking(null).from("10.1.2.3"), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "Host", "in.example", "X-Forwarded-For", "192.0.2.60", "X-Forwarded-Proto", "http", "X-Forwarded-Host", "shop.example:81").asking(null).from("10.1.2.3"), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "Host", "in.example", "X-Forwarded-For", "6.6.6.6, 192.0.2.60", "X-Forwarded-Host", "shop.example").asking(null).from("10.1.2.3"), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "Host", "in.example", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-Proto", "http", "X-Forwarded-Host", "evil.example").asking(null).from("192.0.2.7"), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "Host", "a b").asking(null), Ending.of("/", 200)),
          new Case(TestRequest.get("/", "traceparent", PARENT + "x").asking(null), Ending.of("/", 200))
          )) {
            var ours = told(serveOurs(c.request(), c.ending()));
            var theirs = told(serveTheirs(c.request(), c.ending()));
            System.out.println("CASE " + c + "\n   OURS " + ours);
            var keys = new TreeSet<String>(ours.keySet()); keys.addAll(theirs.keySet());
            for (String k : keys) if (!java.util.Objects.equals(ours.get(k), theirs.get(k))) System.out.println("   DIFF " + k + ": " + ours.get(k) + " | " + theirs.get(k));
        }
    }

    private static Map<String, Object> told(SpanData span) {
        var told = new TreeMap<String, Object>();
        told.put("name", span.getName());
        told.put("kind", span.getKind());
        told.put("status", span.getStatus());
        told.put("parent", span.getParentSpanContext());
        told.put("events", span.getEvents().stream().map(e -> e.getName() + e.getAttributes().asMap().keySet()).toList().toString());
        span.getAttributes().forEach((key, value) -> told.put(key.getKey(), value));
        return told;
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
            return request == null ? List.<String>of().iterator() : request.headers(name).iterator();
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
            @Nullable String route,
            int status,
            @Nullable Throwable error,
            Outcome.Kind kind) {
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
            return new TestRequest(method, path, "HTTP/1.1", "https", "token=never-to-be-seen", null, headers);
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
