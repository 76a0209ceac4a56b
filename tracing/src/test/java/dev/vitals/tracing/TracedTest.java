package dev.vitals.tracing;

import static dev.vitals.tracing.ClientFixture.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class TracedTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SENT = "00-" + TRACE + "-" + PARENT + "-01";

    private final TracingFixture fixture = new TracingFixture();
    private final Traced traced = Traced.of(fixture.sdk);

    @AfterEach
    void stop() {
        fixture.close();
        MDC.clear();
    }

    @Test
    void stepsNestAndPutBackWhatTheyFound() {
        traced.run("outer", () -> {
            String outer = MDC.get("span_id");
            assertThat(outer).isEqualTo(Span.current().getSpanContext().getSpanId());
            String inner = traced.call("inner", () -> MDC.get("span_id"));
            assertThat(inner).isNotEqualTo(outer);
            assertThat(MDC.get("span_id")).isEqualTo(outer);
        });

        nothingIsLeft();
        SpanData outer = span("outer");
        SpanData inner = span("inner");
        assertThat(outer.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(outer.getParentSpanContext().isValid()).isFalse();
        assertThat(outer.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
        assertThat(inner.getTraceId()).isEqualTo(outer.getTraceId());
    }

    @Test
    void whatWorkThrowsReachesTheCallerAsItIs() {
        var thrown = new IOException("password=hunter2");
        // The checked exception is the caller's to handle: this compiles with the catch alone.
        try {
            traced.call("read", () -> {
                throw thrown;
            });
        } catch (IOException caught) {
            assertThat(caught).isSameAs(thrown);
        }

        nothingIsLeft();
        SpanData span = span("read");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(span)).containsEntry("error.type", "java.io.IOException");
        assertThat(span.getEvents()).hasSize(1);
        assertThat(span.toString()).doesNotContain("hunter2");
    }

    @Test
    void errorsToo() {
        var thrown = new StackOverflowError();

        assertThat(catchThrowable(() -> traced.run("recurse", () -> {
                    throw thrown;
                })))
                .isSameAs(thrown);

        assertThat(span("recurse").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        nothingIsLeft();
    }

    @Test
    void aNameIsScrubbedAndCut() {
        traced.run("pay by 4111 1111 1111 1111 " + "x".repeat(100_000), () -> {});

        assertThat(fixture.exporter.getFinishedSpanItems()).singleElement().satisfies(span -> assertThat(span.getName())
                .hasSize(256)
                .startsWith("pay by ")
                .doesNotContain("4111"));
    }

    @Test
    void theKeysAreThoseThatWereNamed() {
        Traced named = Traced.of(fixture.sdk, new LogKeys("trace", "span", "flags"));

        assertThat(named.call("work", MDC::getCopyOfContextMap)).containsOnlyKeys("trace", "span", "flags");
        nothingIsLeft();
    }

    @Test
    void aJobTravelsWithItsContextAndIsWorkedOnInTheSameTrace() {
        Map<String, String> carrier = new HashMap<>();
        traced.run("send", () -> carrier.putAll(traced.carrier()));

        String worked = traced.consume("ship", carrier, () -> MDC.get("trace_id"));

        SpanData sender = span("send");
        SpanData worker = span("ship");
        assertThat(carrier).containsOnlyKeys("traceparent");
        assertThat(worker.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(worker.getTraceId()).isEqualTo(sender.getTraceId()).isEqualTo(worked);
        assertThat(worker.getParentSpanId()).isEqualTo(sender.getSpanId());
        assertThat(worker.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(sender.getSpanId());
        nothingIsLeft();
    }

    @Test
    void baggageTravelsToo() {
        Map<String, String> carrier;
        try (var scope = Baggage.builder().put("tenant", "acme").build().makeCurrent()) {
            assertThat(scope).isNotNull();
            carrier = traced.carrier();
        }
        assertThat(carrier).containsExactlyEntriesOf(Map.of("baggage", "tenant=acme"));
        assertThat(traced.<String, RuntimeException>consume(
                        "ship", carrier, () -> Baggage.current().getEntryValue("tenant")))
                .isEqualTo("acme");
        assertThat(Baggage.current().isEmpty()).isTrue();
    }

    @Test
    void aCarrierThatIsGivenOutDoesNotChange() {
        Map<String, String> carrier = traced.call("send", traced::carrier);

        assertThat(catchThrowable(() -> carrier.put("a", "b"))).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Stream<Map<String, String>> malformed() {
        Map<String, String> nulls = new HashMap<>();
        nulls.put("traceparent", null);
        nulls.put(null, SENT);
        Map<String, String> late = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            late.put("x" + i, "y");
        }
        late.put("TraceParent", SENT);
        return Stream.of(
                Map.of(),
                nulls,
                late,
                Map.of("traceparent", ""),
                Map.of("traceparent", SENT + SENT),
                Map.of("traceparent", SENT.replace(TRACE, "0".repeat(32))),
                Map.of("traceparent", SENT + "-" + "x".repeat(10_000)),
                Map.of("traceparent", "x".repeat(1_000_000), "baggage", "\u0000=,".repeat(100_000)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedCarrierIsIgnored(Map<String, String> carrier) {
        assertThat(traced.<String, RuntimeException>consume("ship", carrier, () -> "done"))
                .isEqualTo("done");

        SpanData span = span("ship");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks()).isEmpty();
        assertThat(traced.failures()).isZero();
    }

    @Test
    void withoutACarrierTheCurrentSpanIsTheParent() {
        traced.run("poll", () -> traced.consume("ship", Map.of(), () -> "done"));

        assertThat(span("ship").getParentSpanId()).isEqualTo(span("poll").getSpanId());
        assertThat(span("ship").getLinks()).isEmpty();
    }

    @Test
    void aCarriersNamesMayComeBackInAnyCase() {
        Map<String, String> carrier = new HashMap<>();
        carrier.put("TRACEPARENT", SENT);
        carrier.put("Baggage", "tenant=acme");
        carrier.put("other", null);

        assertThat(traced.<String, RuntimeException>consume(
                        "ship", carrier, () -> Baggage.current().getEntryValue("tenant")))
                .isEqualTo("acme");
        assertThat(span("ship").getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void aBatchIsATraceOfItsOwnWithALinkToEachJob() {
        Map<String, String> first = traced.call("first", traced::carrier);
        Map<String, String> second = traced.call("second", traced::carrier);

        traced.run("poll", () -> traced.consumeAll("ship all", List.of(first, Map.of(), second), () -> "done"));

        SpanData batch = span("ship all");
        assertThat(batch.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(batch.getParentSpanContext().isValid()).isFalse();
        assertThat(batch.getTraceId())
                .isNotIn(
                        span("first").getTraceId(),
                        span("second").getTraceId(),
                        span("poll").getTraceId());
        assertThat(batch.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(span("first").getSpanId(), span("second").getSpanId());
        assertThat(attributes(batch)).containsExactlyEntriesOf(Map.of("messaging.batch.message_count", 3L));
    }

    @Test
    void aBatchHasAtMost128LinksAndSaysHowManyAreLeftOut() {
        List<Map<String, String>> carriers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            carriers.add(Map.of("traceparent", "00-" + TRACE + "-" + "%016x".formatted(i + 1) + "-01"));
        }

        traced.consumeAll("ship all", carriers, () -> "done");

        SpanData batch = span("ship all");
        assertThat(batch.getLinks()).hasSize(128);
        assertThat(batch.getTotalRecordedLinks()).isEqualTo(128);
        assertThat(batch.getLinks().get(127))
                .extracting(LinkData::getSpanContext)
                .satisfies(last -> assertThat(last.getSpanId()).isEqualTo("%016x".formatted(128)));
        assertThat(attributes(batch))
                .containsEntry("messaging.batch.message_count", 1_000L)
                .containsEntry("vitals.links.left_out", 872L);
    }

    @Test
    void workThatIsSampledOutHasItsIdsInTheLogAndTravels() {
        try (var unsampled = new TracingFixture(Sampler.alwaysOff())) {
            Traced quiet = Traced.of(unsampled.sdk);
            Map<String, String> carrier = quiet.call("send", () -> {
                assertThat(MDC.get("trace_id"))
                        .isEqualTo(Span.current().getSpanContext().getTraceId());
                return quiet.carrier();
            });
            assertThat(carrier).containsKey("traceparent");
            assertThat(unsampled.exporter.getFinishedSpanItems()).isEmpty();
        }
    }

    @Test
    void withoutAnSdkNothingChanges() throws Exception {
        Traced none = Traced.of(OpenTelemetry.noop());
        Runnable task = () -> {};

        none.run("work", () -> {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            assertThat(Context.current()).isSameAs(Context.root());
            assertThat(MDC.get("trace_id")).isNull();
        });
        assertThat(none.<Boolean, RuntimeException>consume("ship", Map.of("traceparent", SENT), () -> Span.current()
                        .getSpanContext()
                        .isValid()))
                .isFalse();
        assertThat(none.carrier()).isSameAs(Map.of());
        assertThat(none.wrap(task)).isSameAs(task);
        var pool = ForkJoinPool.commonPool();
        assertThat(none.wrap(pool)).isSameAs(pool);
    }

    /** Where an application's own part of the SDK fails. */
    enum Failing {
        SAMPLER,
        PROPAGATOR,
        START,
        END,
    }

    @ParameterizedTest
    @EnumSource
    void whateverFailsInTracingWorkGoesOnAndItIsCounted(Failing failing) {
        Traced broken = Traced.of(broken(failing));

        assertThat(broken.<String, RuntimeException>consume("ship", Map.of("traceparent", SENT), () -> "done"))
                .isEqualTo("done");

        assertThat(broken.failures()).isEqualTo(1);
        nothingIsLeft();
    }

    private static OpenTelemetry broken(Failing failing) {
        TracerProvider tracers = SdkTracerProvider.builder()
                .setSampler(new BrokenSampler(failing == Failing.SAMPLER))
                .addSpanProcessor(new BrokenProcessor(failing))
                .build();
        ContextPropagators propagators = failing == Failing.PROPAGATOR
                ? ContextPropagators.create(new BrokenPropagator())
                : ContextPropagators.noop();
        return OpenTelemetrySdk.builder()
                .setTracerProvider((SdkTracerProvider) tracers)
                .setPropagators(propagators)
                .build();
    }

    private SpanData span(String name) {
        return fixture.exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void nothingIsLeft() {
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    private record BrokenProcessor(Failing failing) implements SpanProcessor {
        @Override
        public void onStart(Context parentContext, ReadWriteSpan span) {
            if (failing == Failing.START) {
                throw new IllegalStateException("a processor of the application's");
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (failing == Failing.END) {
                throw new IllegalStateException("a processor of the application's");
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    private record BrokenSampler(boolean throwing) implements Sampler {
        @Override
        public SamplingResult shouldSample(
                Context parentContext,
                String traceId,
                String name,
                SpanKind spanKind,
                Attributes attributes,
                List<LinkData> parentLinks) {
            if (throwing) {
                throw new IllegalStateException("a sampler of the application's");
            }
            return SamplingResult.recordAndSample();
        }

        @Override
        public String getDescription() {
            return "broken";
        }
    }

    private static final class BrokenPropagator implements TextMapPropagator {
        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
            throw new IllegalStateException("a propagator of the application's");
        }

        @Override
        public <C> Context extract(Context context, C carrier, TextMapGetter<C> getter) {
            throw new IllegalStateException("a propagator of the application's");
        }
    }
}
