package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Map;

/** One request that somebody else traces: its span is told, and is otherwise theirs. */
record AdoptedRequest(Context context, SpanContext span, Telling telling) implements RequestObserver.Observation {
    @Override
    public Map<String, String> responseHeaders() {
        return telling.headers(span);
    }

    @Override
    public RequestObserver.Scope enter() {
        return telling.enter(context, span);
    }

    @Override
    public void onEnd(Outcome outcome) {}
}
