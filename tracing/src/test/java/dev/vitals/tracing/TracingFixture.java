package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real SDK that exports into memory, and the observer on it. */
final class TracingFixture implements AutoCloseable {
    /**
     * How a request ends.
     *
     * @param route its route
     * @param status its status
     * @param error what the application threw
     * @param kind what kind of end it was
     */
    record Ending(
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

    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk sdk;
    final RequestObservers observers;

    TracingFixture() {
        this(Sampler.alwaysOn());
    }

    TracingFixture(Sampler sampler) {
        this(sampler, builder -> builder);
    }

    TracingFixture(UnaryOperator<HttpServerTracingBuilder> options) {
        this(Sampler.alwaysOn(), options);
    }

    TracingFixture(Sampler sampler, UnaryOperator<HttpServerTracingBuilder> options) {
        this(
                sampler,
                TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()),
                options);
    }

    TracingFixture(Sampler sampler, TextMapPropagator propagator, UnaryOperator<HttpServerTracingBuilder> options) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(propagator))
                .build();
        observers = RequestObservers.of(
                options.apply(HttpServerTracing.builder(sdk)).build());
    }

    /** One request from its start to its end. */
    SpanData serve(Request request, @Nullable String route, int status, @Nullable Throwable error) {
        return serve(request, new Ending(route, status, error, Outcome.Kind.ORDINARY));
    }

    /** One request from its start to its end. */
    SpanData serve(Request request, Ending ending) {
        exporter.reset();
        var observed = observers.start(request);
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
        }
        observed.end(ending.route(), ending.status(), ending.error(), ending.kind());
        assertThat(observers.failures()).isZero();
        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }

    @Override
    public void close() {
        sdk.close();
    }
}
