package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jspecify.annotations.Nullable;

/** A real SDK that exports into memory, and the observer on it. */
final class TracingFixture implements AutoCloseable {
    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk sdk;
    final RequestObservers observers;

    TracingFixture() {
        this(Sampler.alwaysOn());
    }

    TracingFixture(Sampler sampler) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
        observers = RequestObservers.of(HttpServerTracing.of(sdk));
    }

    /** One request from its start to its end. */
    SpanData serve(Request request, @Nullable String route, int status, @Nullable Throwable error) {
        exporter.reset();
        var observed = observers.start(request);
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
        }
        observed.end(route, status, error);
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
