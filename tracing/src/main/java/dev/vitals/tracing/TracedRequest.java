package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.Map;

/** One request under trace. */
final class TracedRequest implements RequestObserver.Observation {
    private final Span span;
    private final Context context;
    private final String method;
    private final ServerAttributes attributes;
    private final Telling telling;

    TracedRequest(Span span, Context context, String method, ServerAttributes attributes, Telling telling) {
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
            // One that is sampled out keeps nothing.
            if (span.isRecording()) {
                attributes.atEnd(outcome, method, span);
            }
        } finally {
            span.end();
        }
    }
}
