package dev.vitals.tracing;

import dev.vitals.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The span that the current thread works for, as {@code dev.vitals.http} names it: for exemplars and error reports, whose
 * modules know no tracing library. Safe for use by many threads.
 *
 * <pre>{@code
 * PrometheusMeterRegistry registry = PrometheusRegistries.create(TraceContexts::current);
 * }</pre>
 */
public final class TraceContexts {
    private TraceContexts() {}

    /** {@return the ids and the sampling decision of this thread's span, null where there is none} */
    public static @Nullable TraceContext current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? new TraceContext(span.getTraceId(), span.getSpanId(), span.isSampled()) : null;
    }
}
