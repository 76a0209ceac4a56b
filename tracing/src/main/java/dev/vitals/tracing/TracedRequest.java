package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One request under trace. */
final class TracedRequest implements RequestObserver.Observation {
    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";

    private final Span span;
    private final Context context;
    private final ServerAttributes attributes;

    TracedRequest(Span span, Context context, ServerAttributes attributes) {
        this.span = span;
        this.context = context;
        this.attributes = attributes;
    }

    // What is given out here closes it.
    @SuppressWarnings("MustBeClosedChecker")
    @Override
    public RequestObserver.Scope enter() {
        String traceId = MDC.get(TRACE_ID);
        String spanId = MDC.get(SPAN_ID);
        var current = context.makeCurrent();
        MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
        MDC.put(SPAN_ID, span.getSpanContext().getSpanId());
        return () -> {
            try (current) {
                putBack(TRACE_ID, traceId);
                putBack(SPAN_ID, spanId);
            }
        };
    }

    @Override
    public void onEnd(Outcome outcome) {
        try {
            // One that is sampled out keeps nothing.
            if (span.isRecording()) {
                attributes.atEnd(outcome, span);
            }
        } finally {
            span.end();
        }
    }

    private static void putBack(String key, @Nullable String before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
