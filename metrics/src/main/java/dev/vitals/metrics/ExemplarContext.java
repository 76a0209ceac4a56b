package dev.vitals.metrics;

import dev.vitals.http.TraceContext;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows Prometheus' client library the span of a thread. Never throws, and shows no id that is none. */
final class ExemplarContext implements SpanContext {
    private static final int TRACE_ID_DIGITS = 32;
    private static final int SPAN_ID_DIGITS = 16;

    private final Supplier<? extends @Nullable TraceContext> current;

    ExemplarContext(Supplier<? extends @Nullable TraceContext> current) {
        this.current = current;
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        TraceContext span = span();
        return span == null ? null : span.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        TraceContext span = span();
        return span == null ? null : span.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return span() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // An attribute on the span would be the tracing library's to set.
    }

    /** The span where it is sampled and has proper ids, else null. */
    private @Nullable TraceContext span() {
        try {
            TraceContext span = current.get();
            return span != null
                            && span.sampled()
                            && isId(span.traceId(), TRACE_ID_DIGITS)
                            && isId(span.spanId(), SPAN_ID_DIGITS)
                    ? span
                    : null;
        } catch (Throwable failure) { // an exemplar is worth no harm to what is recorded
            return null;
        }
    }

    /** W3C Trace Context, sections 3.2.2.3 and 3.2.2.4: lower-case hexadecimal digits, not all of them zero. */
    private static boolean isId(@Nullable String id, int digits) {
        if (id == null || id.length() != digits) {
            return false;
        }
        boolean isZero = true;
        for (int i = 0; i < digits; i++) {
            char digit = id.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                return false;
            }
            isZero &= digit == '0';
        }
        return !isZero;
    }
}
