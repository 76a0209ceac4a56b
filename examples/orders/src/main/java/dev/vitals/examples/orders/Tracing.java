package dev.vitals.examples.orders;

import dev.vitals.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenTelemetry's SDK with an exporter that needs no collector: it logs the spans worth a look, the slow and the
 * failed ones.
 */
final class Tracing implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final long SLOW_NANOS = 1_000_000_000L;

    private Tracing() {}

    static OpenTelemetrySdk start() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(new Tracing()))
                        .build())
                .build();
    }

    /** The span that this thread works for, null where there is none. */
    static @Nullable TraceContext current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? new TraceContext(span.getTraceId(), span.getSpanId(), span.isSampled()) : null;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        for (SpanData span : spans) {
            long nanos = span.getEndEpochNanos() - span.getStartEpochNanos();
            if (nanos >= SLOW_NANOS || span.getStatus().getStatusCode() == StatusCode.ERROR) {
                LOG.info(
                        "span {} took {} ms, {} (trace {})",
                        span.getName(),
                        nanos / 1_000_000,
                        span.getStatus().getStatusCode(),
                        span.getTraceId());
            }
        }
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
