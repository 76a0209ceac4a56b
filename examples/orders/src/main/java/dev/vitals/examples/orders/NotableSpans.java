package dev.vitals.examples.orders;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exporter that needs no collector: it logs the requests and the jobs worth a look, the slow and the failed ones. */
final class NotableSpans implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(NotableSpans.class);
    private static final long SLOW_NANOS = 1_000_000_000L;

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        for (SpanData span : spans) {
            long nanos = span.getEndEpochNanos() - span.getStartEpochNanos();
            if (span.getKind() != SpanKind.CLIENT
                    && (nanos >= SLOW_NANOS || span.getStatus().getStatusCode() == StatusCode.ERROR)) {
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
