package dev.vitals.tracing;

import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a request's trace is told.
 *
 * @param responseHeader the header of the response with the trace's id, null for none
 * @param keys the keys in the log
 */
record Telling(@Nullable String responseHeader, LogKeys keys) {
    Map<String, String> headers(SpanContext span) {
        return responseHeader == null ? Map.of() : Map.of(responseHeader, span.getTraceId());
    }

    RequestObserver.Scope enter(Context context, SpanContext span) {
        return ContextScope.enter(context, span, keys);
    }
}
