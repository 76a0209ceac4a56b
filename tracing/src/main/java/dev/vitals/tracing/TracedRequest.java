package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request under trace. */
final class TracedRequest implements RequestObserver.Observation {
    private final Span span;
    private final Context context;
    /** Null where it is sampled out. */
    private final @Nullable String method;

    private final ServerAttributes attributes;
    private final Telling telling;

    TracedRequest(Span span, Context context, @Nullable String method, ServerAttributes attributes, Telling telling) {
        this.span = span;
        this.context = context;
        this.method = method;
        this.attributes = attributes;
        this.telling = telling;
    }

    @Override
    public Map<String, String> responseHeaders() {
        return telling.headers(span.getSpanContext());
    }

    @Override
    public RequestObserver.Scope enter() {
        return telling.enter(context, span.getSpanContext());
    }

    @Override
    public void onEnd(Outcome outcome) {
        try {
            if (method != null) {
                attributes.atEnd(outcome, method, span);
            }
        } finally {
            span.end();
        }
    }
}
