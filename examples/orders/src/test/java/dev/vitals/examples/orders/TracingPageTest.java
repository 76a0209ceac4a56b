package dev.vitals.examples.orders;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.ObservedHttpClient;
import dev.vitals.http.RequestFilter;
import dev.vitals.http.RequestObservers;
import dev.vitals.http.Routes;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.JdbcMetrics;
import dev.vitals.metrics.RedisMetrics;
import dev.vitals.tracing.HttpClientTracing;
import dev.vitals.tracing.HttpServerTracing;
import dev.vitals.tracing.Traced;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.instrumentation.lettuce.v5_1.LettuceTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Every piece of code that {@code docs/tracing.md} shows stands here word for word, is run, and does what the page says. */
class TracingPageTest {
    private static final Path PAGE = Path.of("../../docs/tracing.md");
    private static final Path HERE = Path.of("src/test/java/dev/vitals/examples/orders/TracingPageTest.java");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IN_A_TABLE =
            Pattern.compile("^\\|.*?`([^`|]*traced\\.\\w+\\([^`]*)`.*\\|$", Pattern.MULTILINE);

    private record Order(String symbol) {}

    private record Invoice(Order order, String traceId) {}

    private record Job(Order order, Map<String, String> carrier) {}

    private final Spans exporter = new Spans();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final OpenTelemetry openTelemetry = sdk;
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Order order = new Order("ACME");

    @AfterEach
    void stop() {
        sdk.close();
    }

    @Test
    void whatThePageShowsIsWhatIsRunHere() throws IOException {
        String page = Files.readString(PAGE);
        String here = bare(Files.readString(HERE));
        List<String> blocks = found(BLOCK, page);
        List<String> rows = found(IN_A_TABLE, page);

        assertThat(blocks).hasSizeGreaterThan(9).allSatisfy(block -> assertThat(here)
                .containsSubsequence(statements(block)));
        assertThat(rows).hasSize(5).allSatisfy(row -> assertThat(here).containsPattern(elided(row)));
    }

    private static List<String> found(Pattern pattern, String page) {
        return pattern.matcher(page)
                .results()
                .map(MatchResult::group)
                .map(group -> pattern.matcher(group).replaceFirst("$1"))
                .toList();
    }

    /** Without comments and blanks: how lines break is the formatter's. */
    private static String bare(String code) {
        return code.replaceAll("(?m)\\s//.*$", "").replaceAll("\\s", "");
    }

    private static List<String> statements(String block) {
        return Stream.of(bare(block).split("(?<=;)")).toList();
    }

    private static String elided(String code) {
        return Stream.of(bare(code).split("…"))
                .map(Pattern::quote)
                .reduce((one, next) -> one + "[^;]*?" + next)
                .orElseThrow();
    }

    @Test
    void theFirstLinesTraceRequestsCallsAndSteps() throws Exception {
        Traced traced = Traced.of(openTelemetry);
        var observers = RequestObservers.of(HttpServerTracing.of(openTelemetry), HttpServerMetrics.of(registry));
        HttpClient client = ObservedHttpClient.of(HttpClient.newHttpClient(), HttpClientTracing.of(openTelemetry));

        HttpResponse<String> answer = ask(client, observers, () -> traced.call("step", () -> MDC.get("trace_id")));

        String traceId = answer.headers().firstValue("X-Trace-Id").orElseThrow();
        assertThat(answer.body()).isEqualTo(traceId);
        SpanData call = exporter.named("GET");
        SpanData request = exporter.named("GET /orders");
        assertThat(exporter.spans).hasSize(3).extracting(SpanData::getTraceId).containsOnly(traceId);
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(exporter.named("step").getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(registry.get("http.server.request.duration").timer().count()).isEqualTo(1);
    }

    @Test
    void requestsAreTracedByChoice() throws Exception {
        HttpServerTracing tracing = HttpServerTracing.builder(openTelemetry)
                .trustedProxies("10.0.0.0/8") // who may say how a client asked
                .recordClientAddress() // personal data: off unless asked for
                .responseHeader("X-Trace-Id") // the default
                .build();
        var observers = RequestObservers.of(tracing, HttpServerMetrics.of(registry));

        HttpResponse<String> answer = ask(HttpClient.newHttpClient(), observers, () -> "");

        SpanData request = exporter.named("GET /orders");
        assertThat(answer.headers().firstValue("X-Trace-Id")).hasValue(request.getTraceId());
        assertThat(request.getAttributes().get(AttributeKey.stringKey("client.address")))
                .as("not 192.0.2.1, which nobody said whom the page trusts")
                .isEqualTo("127.0.0.1");
    }

    private static HttpResponse<String> ask(HttpClient client, RequestObservers observers, Supplying handler)
            throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
                    byte[] body = String.valueOf(handler.get()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                })
                .getFilters()
                .add(RequestFilter.of(observers, Routes.of("/orders")));
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("X-Forwarded-For", "192.0.2.1")
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } finally {
            server.stop(0);
        }
    }

    private interface Supplying {
        @Nullable
        String get();
    }

    @Test
    void workOfOnesOwnHasSpans() {
        Traced traced = Traced.of(openTelemetry);
        List<Invoice> sent = new ArrayList<>();
        interface Mail {
            void send(Invoice invoice);
        }
        Mail mail = sent::add;

        Invoice invoice = traced.call("render invoice", () -> render(order)); // throws what render throws
        traced.run("send mail", () -> mail.send(invoice));

        assertThat(sent)
                .containsExactly(
                        new Invoice(order, exporter.named("render invoice").getTraceId()));
        assertThat(exporter.named("send mail").hasEnded()).isTrue();
        assertThat(MDC.get("trace_id")).isNull();
    }

    private static Invoice render(Order order) {
        return new Invoice(order, MDC.get("trace_id"));
    }

    @Test
    void jobsAreInTheTraceOfWhoSentThem() {
        Traced traced = Traced.of(openTelemetry);
        Queue<Job> queue = new ArrayDeque<>();

        traced.run("request", () -> {
            queue.add(new Job(order, traced.carrier())); // where a job is sent: a Map of few strings
        });
        Job job = queue.element();
        List<Job> jobs = List.of(job, job);
        traced.consume("ship order", job.carrier(), () -> ship(job.order())); // where it is worked on
        traced.consumeAll("ship orders", carriersOf(jobs), () -> shipAll(jobs)); // several at once

        SpanData sender = exporter.named("request");
        SpanData one = exporter.named("ship order");
        SpanData several = exporter.named("ship orders");
        assertThat(one.getParentSpanContext().getSpanId()).isEqualTo(sender.getSpanId());
        assertThat(one.getLinks()).hasSize(1);
        assertThat(several.getParentSpanContext().isValid()).isFalse();
        assertThat(several.getLinks()).hasSize(2).allSatisfy(link -> assertThat(
                        link.getSpanContext().getSpanId())
                .isEqualTo(sender.getSpanId()));
    }

    private static String ship(Order order) {
        return order.symbol();
    }

    private static int shipAll(List<Job> jobs) {
        return jobs.size();
    }

    private static Collection<Map<String, String>> carriersOf(List<Job> jobs) {
        return jobs.stream().map(Job::carrier).toList();
    }

    private static void column(Traced traced, PreparedStatement insert) {
        var JSON = Reply.JSON;
        try {
            insert.setString(4, JSON.writeValueAsString(traced.carrier())); // the request's thread
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aJobsContextTravelsInAColumn() {
        Traced traced = Traced.of(openTelemetry);
        List<Object> set = new ArrayList<>();
        PreparedStatement insert =
                answering(PreparedStatement.class, (method, arguments) -> set.addAll(List.of(arguments)));

        traced.run("request", () -> column(traced, insert));
        assertThat(set.get(0)).isEqualTo(4);
        Job order = new Job(this.order, Map.of("traceparent", traceparent(set.get(1))));
        traced.consume("process orders", order.carrier(), () -> finish(order)); // the worker's

        assertThat(exporter.named("process orders").getParentSpanId())
                .isEqualTo(exporter.named("request").getSpanId());
    }

    private static String traceparent(Object json) {
        return json.toString().replaceAll(".*\"traceparent\":\"([^\"]+)\".*", "$1");
    }

    private static boolean finish(Job order) {
        return order.carrier().isEmpty();
    }

    @Test
    void otherThreadsHaveTheContextOfWhoGaveThemWork() throws Exception {
        Traced traced = Traced.of(openTelemetry);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        try {
            List<String> seen = traced.call("request", () -> {
                ExecutorService executor = traced.wrap(pool);
                return List.of(
                        executor.submit(() -> price(order)).get(),
                        pool.submit(traced.wrap(() -> price(order))).get(),
                        supplyAsync(() -> price(order), traced.wrap(pool)).get(),
                        client.sendAsync(request, BodyHandlers.discarding())
                                .thenApply(traced.wrapFunction(answer -> read(answer)))
                                .get(),
                        supplyAsync(traced.wrapSupplier(() -> price(order)), pool)
                                .get());
            });
            assertThat(seen).hasSize(5).containsOnly(exporter.named("request").getTraceId());
            assertThat(pool.submit(() -> price(order)).get()).isEqualTo("null");
        } finally {
            pool.shutdownNow();
            server.stop(0);
        }
    }

    private static String price(Order order) {
        assertThat(order).isNotNull();
        return String.valueOf(MDC.get("trace_id"));
    }

    private static String read(HttpResponse<?> answer) {
        assertThat(answer.statusCode()).isEqualTo(204);
        return String.valueOf(MDC.get("trace_id"));
    }

    @Test
    void oneTraceInTenIsKeptInProduction() {
        String environment = "production";
        double ratio = environment.equals("production") ? 0.1 : 1;
        SdkTracerProvider tracers = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();

        var tracer = tracers.get("test");
        for (int i = 0; i < 1_000; i++) {
            tracer.spanBuilder("request").startSpan().end();
        }
        tracers.close();
        assertThat(exporter.spans).hasSizeBetween(40, 170);
    }

    @Test
    void callsThatNobodyAskedForBeginNoTrace() {
        boolean inProduction = false;
        Sampler sampler =
                Sampler.parentBased(new Sampling(inProduction ? Sampler.traceIdRatioBased(0.1) : Sampler.alwaysOn()));

        assertThat(Stream.of(SpanKind.values()).filter(kind -> sampler.shouldSample(
                                Context.root(), "0".repeat(31) + "1", "poll", kind, Attributes.empty(), List.of())
                        .getDecision()
                        .name()
                        .equals("DROP")))
                .containsExactly(SpanKind.CLIENT);
    }

    @Test
    void statementsHaveSpansAndMetrics() throws Exception {
        DataSource pool = answering(DataSource.class, (method, arguments) -> null);
        DataSource orders = JdbcTelemetry.create(openTelemetry).wrap(JdbcMetrics.observe(pool, registry));

        Traced.of(openTelemetry).call("request", () -> {
            try (var connection = orders.getConnection();
                    var statement = connection.prepareStatement("SELECT 1 FROM orders WHERE email = 'ann@acme.com'")) {
                return statement.execute();
            }
        });

        assertThat(exporter.spans)
                .filteredOn(span -> span.getKind() == SpanKind.CLIENT)
                .hasSize(1)
                .allSatisfy(span -> {
                    assertThat(span.getParentSpanId())
                            .isEqualTo(exporter.named("request").getSpanId());
                    assertThat(span.getAttributes().asMap().toString())
                            .contains("email = ?")
                            .doesNotContain("ann@acme.com");
                });
        assertThat(registry.get("db.client.operation.duration").timers()).isNotEmpty();
    }

    @Test
    void redisCommandsAreTracedByLettuceItself() {
        ClientResources resources;
        resources = DefaultClientResources.builder()
                .commandLatencyRecorder(RedisMetrics.recorder(registry))
                .tracing(LettuceTelemetry.create(openTelemetry).newTracing())
                .build();
        try {
            assertThat(resources.tracing().isEnabled()).isTrue();
            assertThat(resources.commandLatencyRecorder().isEnabled()).isTrue();
        } finally {
            var unused = resources.shutdown(0, 0, TimeUnit.SECONDS);
        }
    }

    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments);
    }

    /** What a driver hands out, as far as it is asked for here: what it hands out itself are more such things. */
    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                TracingPageTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    answer.to(method, arguments == null ? new Object[0] : arguments);
                    Class<?> wanted = method.getReturnType();
                    if (wanted.equals(boolean.class)) {
                        return false;
                    }
                    if (wanted.equals(int.class)) {
                        return 0;
                    }
                    if (wanted.equals(String.class)) {
                        return "jdbc:postgresql://127.0.0.1:5432/shop";
                    }
                    return wanted.isInterface() && wanted.getName().startsWith("java.sql.")
                            ? answering(wanted, answer)
                            : null;
                }));
    }

    /** Keeps what has ended. */
    private static final class Spans implements SpanExporter {
        final List<SpanData> spans = new CopyOnWriteArrayList<>();

        /** A request's ends after its client has the answer. */
        SpanData named(String name) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (System.nanoTime() < end) {
                for (SpanData span : spans) {
                    if (span.getName().equals(name)) {
                        return span;
                    }
                }
                Thread.onSpinWait();
            }
            throw new AssertionError("no span " + name + " in " + spans);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
