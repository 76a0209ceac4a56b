package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry in one of the modes that are measured: its spans end at a processor that keeps the last one alone. */
final class Tracing implements OpenTelemetry, AutoCloseable {
    static final TextMapPropagator PROPAGATOR =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

    private final String mode;
    private final MeterProvider meters;
    private final LastSpan last = new LastSpan();
    private final @Nullable SdkTracerProvider tracers;

    Tracing(String mode) {
        this(mode, MeterProvider.noop());
    }

    Tracing(String mode, MeterProvider meters) {
        this.mode = mode;
        this.meters = meters;
        this.tracers = mode.equals("noSdk")
                ? null
                : SdkTracerProvider.builder()
                        .setSampler(sampler(mode))
                        .addSpanProcessor(last)
                        .build();
    }

    private static Sampler sampler(String mode) {
        return switch (mode) {
            case "sampled", "parent" -> Sampler.parentBased(Sampler.alwaysOn());
            case "tenPercent" -> Sampler.parentBased(Sampler.traceIdRatioBased(0.1));
            case "off" -> Sampler.alwaysOff();
            default -> throw new IllegalArgumentException(mode);
        };
    }

    /** The request of this mode: a client that sends no trace along, but in the mode {@code parent}. */
    Request request() {
        return mode.equals("parent") ? TracedOrder.withParent() : TracedOrder.withoutParent();
    }

    @Override
    public TracerProvider getTracerProvider() {
        return tracers == null ? TracerProvider.noop() : tracers;
    }

    @Override
    public MeterProvider getMeterProvider() {
        return meters;
    }

    @Override
    public ContextPropagators getPropagators() {
        return tracers == null ? ContextPropagators.noop() : ContextPropagators.create(PROPAGATOR);
    }

    /** The last span's name, its attributes in order and whether it has a parent; null where there was none. */
    @Nullable
    String takeLast() {
        ReadableSpan span = last.span;
        last.span = null;
        if (span == null) {
            return null;
        }
        var attributes = new TreeMap<String, Object>();
        span.toSpanData().getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return span.getKind() + " " + span.getName() + " " + attributes
                + (span.getParentSpanContext().isRemote() ? " of a client" : "");
    }

    @Override
    public void close() {
        if (tracers != null) {
            tracers.close();
        }
    }

    private static final class LastSpan implements SpanProcessor {
        @Nullable
        ReadableSpan span;

        @Override
        public void onStart(Context parent, ReadWriteSpan started) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan ended) {
            span = ended;
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
