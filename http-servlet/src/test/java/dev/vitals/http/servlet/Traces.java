package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A real SDK that exports into memory. Every request has a number, which makes the trace, the span and the baggage that
 * its client sends: whose a context is, can be told from it.
 */
final class Traces implements AutoCloseable {
    private static final AtomicInteger COLLECTED_OPEN = new AtomicInteger();
    /** Held, or the filter would be collected with it. */
    private static final Logger STRICT_STORAGE = Logger.getLogger("io.opentelemetry.context.StrictContextStorage");

    static {
        STRICT_STORAGE.setFilter(line -> {
            if (line.getLevel().equals(Level.SEVERE)) {
                COLLECTED_OPEN.incrementAndGet();
            }
            return true;
        });
    }

    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk sdk;

    Traces() {
        this(UnaryOperator.identity(), standard());
    }

    Traces(UnaryOperator<SdkTracerProviderBuilder> more, TextMapPropagator propagator) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(
                        more.apply(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)))
                                .build())
                .setPropagators(ContextPropagators.create(propagator))
                .build();
    }

    static TextMapPropagator standard() {
        return TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
    }

    static String traceId(int number) {
        return "%032x".formatted(number);
    }

    static String parentId(int number) {
        return "%016x".formatted(number);
    }

    /** What the client of a number asks: {@code /work/number}. */
    static HttpRequest request(int port, int number) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/work/" + number))
                .header("traceparent", "00-" + traceId(number) + "-" + parentId(number) + "-01")
                .header("baggage", "number=" + number)
                .build();
    }

    static int number(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What this thread is told of a request that is not its own, or null where all is right. */
    static @Nullable String foreign(int number) {
        SpanContext span = Span.current().getSpanContext();
        String expected = traceId(number) + " " + span.getSpanId() + " " + number + " in the log " + traceId(number)
                + " " + span.getSpanId();
        String found = span.getTraceId() + " " + span.getSpanId() + " "
                + Baggage.current().getEntryValue("number") + " in the log " + MDC.get("trace_id") + " "
                + MDC.get("span_id");
        return span.isValid() && found.equals(expected) ? null : found + " instead of " + expected;
    }

    /** What stands on this thread, or null where nothing does. */
    static @Nullable String left() {
        Map<String, String> log = MDC.getCopyOfContextMap();
        boolean clean = Context.current() == Context.root() && (log == null || log.isEmpty());
        return clean ? null : Thread.currentThread().getName() + ": " + Context.current() + " " + log;
    }

    /** A request ends after its client has the answer. */
    List<SpanData> await(int spans) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (exporter.getFinishedSpanItems().size() < spans && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(exporter.getFinishedSpanItems()).hasSize(spans);
        return exporter.getFinishedSpanItems();
    }

    /** Each request has its one span, child of what its own client sent. */
    static void assertOwn(List<SpanData> spans) {
        assertThat(spans).allSatisfy(span -> {
            int number =
                    number(span.getAttributes().get(io.opentelemetry.api.common.AttributeKey.stringKey("url.path")));
            assertThat(span.getTraceId()).isEqualTo(traceId(number));
            assertThat(span.getParentSpanId()).isEqualTo(parentId(number));
        });
        assertThat(spans).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
        assertThat(spans).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    }

    /** All scopes that were ever opened are closed, on the thread that opened them: the test JVM's storage is strict. */
    static void assertNoScopeLeaked() throws Exception {
        ((AutoCloseable) ContextStorage.get()).close();
        assertThat(COLLECTED_OPEN.getAndSet(0))
                .as("scopes that were collected open")
                .isZero();
    }

    @Override
    public void close() {
        sdk.close();
    }
}
