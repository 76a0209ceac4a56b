package dev.vitals.tracing;

import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A context on this thread, and the ids of its span in the log, until it is closed: then all is as it was before. */
final class ContextScope implements RequestObserver.Scope {
    private final LogKeys keys;
    private final Context before;
    private final Scope current;
    private final @Nullable String traceId;
    private final @Nullable String spanId;
    private final @Nullable String traceFlags;

    // Closed by this scope's own close.
    @SuppressWarnings("MustBeClosedChecker")
    private ContextScope(Context context, LogKeys keys) {
        this.keys = keys;
        this.traceId = MDC.get(keys.traceId());
        this.spanId = MDC.get(keys.spanId());
        this.traceFlags = MDC.get(keys.traceFlags());
        this.before = Context.current();
        this.current = context.makeCurrent();
    }

    static ContextScope enter(Context context, SpanContext span, LogKeys keys) {
        ContextScope scope = new ContextScope(context, keys);
        // A context without a span has no ids, whatever this thread was at before.
        boolean traced = span.isValid();
        set(keys.traceId(), traced ? span.getTraceId() : null);
        set(keys.spanId(), traced ? span.getSpanId() : null);
        set(keys.traceFlags(), traced ? span.getTraceFlags().asHex() : null);
        return scope;
    }

    @Override
    public void close() {
        try (current) {
            set(keys.traceId(), traceId);
            set(keys.spanId(), spanId);
            set(keys.traceFlags(), traceFlags);
        } finally {
            putBack();
        }
    }

    /**
     * A scope that the application has left open keeps this one from closing: its span would stay on a pooled thread, and
     * every later request there would be taken for a part of it.
     */
    // Nothing comes after it.
    @SuppressWarnings("MustBeClosedChecker")
    private void putBack() {
        Context now = Context.current();
        // By their spans: beside OpenTelemetry's agent, who asks twice is given two contexts that are the same.
        if (now != before
                && !Span.fromContext(now)
                        .getSpanContext()
                        .equals(Span.fromContext(before).getSpanContext())) {
            before.makeCurrent();
        }
    }

    private static void set(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
