package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/** One request under trace. */
final class TracedRequest implements RequestObserver.Observation {
    private final Span span;
    private final Context context;
    private final ServerAttributes attributes;

    TracedRequest(Span span, Context context, ServerAttributes attributes) {
        this.span = span;
        this.context = context;
        this.attributes = attributes;
    }

    @Override
    public RequestObserver.Scope enter() {
        return ContextScope.enter(context, span.getSpanContext(), LogKeys.STANDARD);
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
}
