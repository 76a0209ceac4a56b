package dev.vitals.http.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.http.RequestObservers;
import dev.vitals.http.servlet.Container.Running;
import dev.vitals.http.servlet.TracedServer.Application;
import dev.vitals.tracing.HttpServerTracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real servers, real threads, an SDK and Logback: whatever happens to a request, no context is left behind. */
@Timeout(60)
class TracingOnServersIT {
    private static final int THREADS = 6;
    private static final int OTHERS = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WatchedPool threads = new WatchedPool(THREADS);
    private final WatchedPool applicationsThreads = new WatchedPool(2);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        threads.close();
        applicationsThreads.close();
        assertThat(wrong).isEmpty();
        Traces.assertNoScopeLeaked();
    }

    private void see(int number) {
        String foreign = Traces.foreign(number);
        if (foreign != null) {
            wrong.add(foreign);
        }
    }

    /** What an asynchronous application does, and what its client and its span tell of it. */
    private record Row(String name, int status, @Nullable String errorType, Application application) {
        @Override
        public String toString() {
            return name;
        }
    }

    private List<Row> rows() {
        return List.of(
                new Row("completes on another thread", 203, null, (request, response) -> {
                    AsyncContext async = request.startAsync();
                    applicationsThreads.execute(() -> {
                        response.setStatus(203);
                        async.complete();
                    });
                }),
                new Row("completes before it returns", 203, null, (request, response) -> {
                    AsyncContext async = request.startAsync();
                    response.setStatus(203);
                    async.complete();
                }),
                new Row("is dispatched from another thread", 204, null, (request, response) -> {
                    if (TracedServer.comesBack(request)) {
                        response.setStatus(204);
                    } else {
                        AsyncContext async = request.startAsync();
                        applicationsThreads.execute(async::dispatch);
                    }
                }),
                new Row("goes two rounds", 205, null, (request, response) -> {
                    AsyncContext async = request.startAsync();
                    if (request.getAttribute("round") == null) {
                        request.setAttribute("round", 1);
                        async.dispatch();
                    } else {
                        applicationsThreads.execute(() -> {
                            response.setStatus(205);
                            async.complete();
                        });
                    }
                }),
                new Row("never answers", 500, "500", (request, response) -> request.startAsync()
                        .setTimeout(50)),
                new Row("answers when its time is up", 503, "503", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(50);
                    async.addListener(new AtTimeout(event -> {
                        ((HttpServletResponse) event.getSuppliedResponse()).setStatus(503);
                        event.getAsyncContext().complete();
                    }));
                }),
                new Row("throws when it comes back", 500, "java.lang.IllegalStateException", (request, response) -> {
                    if (TracedServer.comesBack(request)) {
                        throw new IllegalStateException();
                    }
                    request.startAsync().dispatch();
                }),
                new Row(
                        "throws though it is asynchronous",
                        0,
                        "java.lang.IllegalStateException",
                        (request, response) -> {
                            request.startAsync().setTimeout(50);
                            throw new IllegalStateException();
                        }));
    }

    static Stream<Arguments> table() {
        int rows = new TracingOnServersIT().rows().size();
        return Stream.of(Container.values())
                .flatMap(container ->
                        Stream.iterate(0, row -> row + 1).limit(rows).map(row -> Arguments.of(container, row)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void anAsynchronousRequestHasOneSpanAndLeavesNoContext(Container container, int index) throws Exception {
        Row row = rows().get(index);
        Queue<String> left = new ConcurrentLinkedQueue<>();
        Application seen = (request, response) -> {
            see(Traces.number(request.getRequestURI()));
            row.application().answer(request, response);
        };
        try (var traces = new Traces()) {
            var observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
            var filters =
                    List.of(TracedServer.outside(left), new VitalsFilter(observers, request -> TracedServer.ROUTE));
            try (var running = container.start("", TracedServer.asynchronous(seen), filters, threads)) {
                if (row.status() == 0) {
                    askOnce(running);
                } else {
                    assertThat(ask(running, 7).statusCode()).isEqualTo(row.status());
                }
                SpanData span = traces.await(1).get(0);

                Traces.assertOwn(List.of(span));
                assertThat(attribute(span, "http.response.status_code"))
                        .isEqualTo(row.status() == 0 ? 500L : (long) row.status());
                assertThat(attribute(span, "error.type")).isEqualTo(row.errorType());
                assertThat(span.getStatus().getStatusCode())
                        .isEqualTo(row.errorType() == null ? StatusCode.UNSET : StatusCode.ERROR);
                applicationsThreads.assertClean(0);
                threads.assertClean(container == Container.JETTY ? 2 : 0);
            }
            assertThat(traces.exporter.getFinishedSpanItems()).hasSize(1);
            assertThat(left).isEmpty();
            assertThat(observers.failures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatNeverEndsKeepsItsContextToItself(TracedServer server) throws Exception {
        var release = new CountDownLatch(1);
        var hangs = new CountDownLatch(1);
        TracedServer.Work work = number -> {
            see(number);
            if (number == 1) {
                hangs.countDown();
                uninterruptibly(release);
            }
            see(number);
        };
        try (var traces = new Traces()) {
            var observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
            try (var running = server.start(observers, threads, work)) {
                var hung = client.sendAsync(Traces.request(running.port(), 1), BodyHandlers.ofString());
                try {
                    assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
                    othersGoOn(running, traces);
                    threads.assertClean(server == TracedServer.JETTY ? 3 : 1);
                    assertThat(traces.exporter.getFinishedSpanItems()).hasSize(OTHERS);
                } finally {
                    release.countDown();
                }
                assertThat(hung.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
                Traces.assertOwn(traces.await(OTHERS + 1));
                threads.assertClean(server == TracedServer.JETTY ? 2 : 0);
            }
            assertThat(observers.failures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAsynchronousRequestThatNeverEndsHasNoEndAndHoldsNoThread(Container container) throws Exception {
        var never = new CompletableFuture<AsyncContext>();
        Application application = (request, response) -> {
            int number = Traces.number(request.getRequestURI());
            see(number);
            if (number == 1) {
                AsyncContext async = request.startAsync();
                async.setTimeout(0);
                never.complete(async);
            }
        };
        try (var traces = new Traces()) {
            var observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
            List<jakarta.servlet.Filter> filters = List.of(new VitalsFilter(observers, request -> TracedServer.ROUTE));
            try (var running = container.start("", TracedServer.asynchronous(application), filters, threads)) {
                var hung = client.sendAsync(Traces.request(running.port(), 1), BodyHandlers.ofString());
                AsyncContext async = never.get(10, TimeUnit.SECONDS);
                othersGoOn(running, traces);
                threads.assertClean(container == Container.JETTY ? 2 : 0);
                assertThat(traces.exporter.getFinishedSpanItems()).hasSize(OTHERS);

                async.complete();
                assertThat(hung.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
                Traces.assertOwn(traces.await(OTHERS + 1));
            }
        }
    }

    private void othersGoOn(Running running, Traces traces) throws Exception {
        for (int number = 2; number < OTHERS + 2; number++) {
            assertThat(ask(running, number).statusCode()).isEqualTo(200);
        }
        Traces.assertOwn(traces.await(OTHERS));
    }

    private static void uninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Where an observer throws. */
    private enum Place {
        START,
        HEADERS,
        ENTER,
        LEAVE,
        END
    }

    static Stream<Arguments> badObservers() {
        return Stream.of(TracedServer.values()).flatMap(server -> Stream.of(Place.values())
                .flatMap(place -> Stream.of(true, false).map(first -> Arguments.of(server, place, first))));
    }

    @ParameterizedTest
    @MethodSource("badObservers")
    void anotherObserverThatThrowsCostsTheRequestAndItsTraceNothing(TracedServer server, Place place, boolean first)
            throws Exception {
        try (var traces = new Traces()) {
            RequestObserver tracing = HttpServerTracing.of(traces.sdk);
            var bad = new Throwing(place);
            var observers = first ? RequestObservers.of(bad, tracing) : RequestObservers.of(tracing, bad);
            try (var running = server.start(observers, threads, this::see)) {
                assertThat(ask(running, 7).body()).isEqualTo("ok");
                Traces.assertOwn(traces.await(1));
                threads.assertClean(server == TracedServer.JETTY ? 2 : 0);
            }
            assertThat(observers.failures()).isEqualTo(1);
        }
    }

    /** What an application gave to its SDK, and throws. */
    private enum Part {
        PROPAGATOR(0),
        SAMPLER(0),
        PROCESSOR_AT_START(0),
        PROCESSOR_AT_END(1);

        private final int spans;

        Part(int spans) {
            this.spans = spans;
        }

        Traces traces() {
            return switch (this) {
                case PROPAGATOR -> new Traces(UnaryOperator.identity(), new ThrowingPropagator());
                case SAMPLER -> new Traces(builder -> builder.setSampler(new ThrowingSampler()), Traces.standard());
                case PROCESSOR_AT_START, PROCESSOR_AT_END ->
                    new Traces(builder -> addThrowing(builder, this == PROCESSOR_AT_START), Traces.standard());
            };
        }

        private static SdkTracerProviderBuilder addThrowing(SdkTracerProviderBuilder builder, boolean atStart) {
            return builder.addSpanProcessor(new ThrowingProcessor(atStart));
        }
    }

    static Stream<Arguments> badParts() {
        return Stream.of(TracedServer.values())
                .flatMap(server -> Stream.of(Part.values()).map(part -> Arguments.of(server, part)));
    }

    @ParameterizedTest
    @MethodSource("badParts")
    void aPartOfTheSdkThatThrowsCostsTheTraceAndNotTheRequest(TracedServer server, Part part) throws Exception {
        Queue<Boolean> traced = new ConcurrentLinkedQueue<>();
        try (var traces = part.traces()) {
            var observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
            try (var running = server.start(
                    observers,
                    threads,
                    number -> traced.add(Span.current().getSpanContext().isValid()))) {
                assertThat(ask(running, 7).body()).isEqualTo("ok");
                assertThat(ask(running, 8).body()).isEqualTo("ok");
                traces.await(2 * part.spans);
                threads.assertClean(server == TracedServer.JETTY ? 2 : 0);
            }
            assertThat(traced).containsExactly(part.spans > 0, part.spans > 0);
            assertThat(observers.failures()).as("one for each request").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    @EnabledForJreRange(min = JRE.JAVA_21)
    void contextStandsOnVirtualThreads(TracedServer server) throws Exception {
        int requests = 200;
        var virtual = new LinkedBlockingQueue<Boolean>();
        var left = new ConcurrentLinkedQueue<String>();
        ExecutorService each = newVirtualThreadPerTaskExecutor();
        Executor watched = task -> each.execute(() -> {
            task.run();
            String dirt = Traces.left();
            if (dirt != null) {
                left.add(dirt);
            }
        });
        TracedServer.Work work = number -> {
            virtual.add(isVirtual(Thread.currentThread()));
            see(number);
            // Gives the carrier to another one.
            LockSupport.parkNanos(5_000_000);
            see(number);
        };
        try (var traces = new Traces()) {
            var observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
            try (var running = server.start(observers, watched, work)) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int number = 1; number <= requests; number++) {
                    answers.add(client.sendAsync(Traces.request(running.port(), number), BodyHandlers.ofString()));
                }
                for (var answer : answers) {
                    assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
                }
                Traces.assertOwn(traces.await(requests));
            }
            assertThat(virtual).hasSize(requests).containsOnly(true);
            assertThat(left).isEmpty();
            assertThat(observers.failures()).isZero();
        } finally {
            each.shutdownNow();
        }
    }

    // By their names: the language level is that of a JDK without them.
    static ExecutorService newVirtualThreadPerTaskExecutor() throws ReflectiveOperationException {
        return (ExecutorService) Objects.requireNonNull(
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException none) {
            throw new IllegalStateException(none);
        }
    }

    private HttpResponse<String> ask(Running running, int number) throws IOException, InterruptedException {
        return client.send(Traces.request(running.port(), number), BodyHandlers.ofString());
    }

    /** Tomcat drops the connection of such a request, and Java's client would ask once more. */
    private static void askOnce(Running running) throws IOException {
        HttpRequest request = Traces.request(running.port(), 7);
        var headers = new StringBuilder("GET " + request.uri().getPath() + " HTTP/1.1\r\nHost: localhost\r\n");
        request.headers().map().forEach((name, values) -> headers.append(name + ": " + values.get(0) + "\r\n"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((headers + "\r\n").getBytes(US_ASCII));
            int first = socket.getInputStream().read();
            assertThat(first).as("nothing, or an answer").isIn(-1, (int) 'H');
        }
    }

    private static @Nullable Object attribute(SpanData span, String key) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue))
                .get(key);
    }

    private record Throwing(Place place) implements RequestObserver, RequestObserver.Observation {
        private void reach(Place reached) {
            if (reached == place) {
                throw new LinkageError("on purpose");
            }
        }

        @Override
        public Phase phase() {
            return Phase.CONTEXT;
        }

        @Override
        public Observation onStart(Request request) {
            reach(Place.START);
            return this;
        }

        @Override
        public Map<String, String> responseHeaders() {
            reach(Place.HEADERS);
            return Map.of();
        }

        @Override
        public Scope enter() {
            reach(Place.ENTER);
            return () -> reach(Place.LEAVE);
        }

        @Override
        public void onEnd(Outcome outcome) {
            reach(Place.END);
        }
    }

    private record AtTimeout(Consumer<AsyncEvent> then) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {
            then.accept(event);
        }

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private static final class ThrowingPropagator implements TextMapPropagator {
        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {}

        @Override
        public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class ThrowingSampler implements io.opentelemetry.sdk.trace.samplers.Sampler {
        @Override
        public io.opentelemetry.sdk.trace.samplers.SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                io.opentelemetry.api.trace.SpanKind kind,
                io.opentelemetry.api.common.Attributes attributes,
                List<io.opentelemetry.sdk.trace.data.LinkData> links) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public String getDescription() {
            return "throws";
        }
    }

    private record ThrowingProcessor(boolean atStart) implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            if (atStart) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (!atStart) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
