package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.ClientObserver;
import dev.vitals.http.ClientOutcome;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client span for each call of an {@code ObservedHttpClient}, by OpenTelemetry's stable semantic conventions
 * for HTTP spans, child of the span that is current where the call is made, and sends its context along. Safe for use
 * by many threads.
 *
 * <pre>{@code
 * HttpClient client = ObservedHttpClient.of(HttpClient.newHttpClient(), HttpClientTracing.of(openTelemetry));
 * }</pre>
 *
 * <p>One call is one span, however many redirects and retries the client makes of it: {@code url.full} is what was
 * asked, the status and the protocol's version are those of the last answer. The span is named by the method. 4xx and
 * 5xx are errors; so is a call that ended without an answer, whose exception becomes an event, its message scrubbed.
 * {@code url.full} has no user info and no secret parameters, and is cut to 2,048 characters.
 *
 * <p>What the propagators send replaces what the caller has set in the same headers. Where the given OpenTelemetry has
 * no SDK, no call is watched and nothing changes. Where OpenTelemetry's agent instruments {@code java.net.http} as
 * well, each call has two spans: leave one of them out.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span">HTTP client span</a>
 */
public final class HttpClientTracing implements ClientObserver {
    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final ClientAttributes attributes;

    private HttpClientTracing(OpenTelemetry openTelemetry, Scrubber scrubber) {
        this.attributes = new ClientAttributes(requireNonNull(scrubber, "scrubber"));
        this.tracer = Conventions.tracer(openTelemetry);
        this.propagator = Conventions.propagator(openTelemetry);
    }

    /**
     * {@return an observer that traces all calls}
     *
     * @param openTelemetry the application's own; its propagators write the headers
     */
    public static HttpClientTracing of(OpenTelemetry openTelemetry) {
        return of(openTelemetry, Scrubber.standard());
    }

    /**
     * {@return an observer that traces all calls}
     *
     * @param openTelemetry the application's own; its propagators write the headers
     * @param scrubber takes what is private out of what spans say
     */
    public static HttpClientTracing of(OpenTelemetry openTelemetry, Scrubber scrubber) {
        return new HttpClientTracing(openTelemetry, scrubber);
    }

    @Override
    public @Nullable Observation onStart(HttpRequest request) {
        if (!tracer.isEnabled()) {
            return null;
        }
        Context parent = Context.current();
        SpanBuilder builder = tracer.spanBuilder(ClientAttributes.spanName(request))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent);
        attributes.atStart(request, builder);
        Span span = builder.startSpan();
        return new TracedCall(request, span, parent.with(span));
    }

    private final class TracedCall implements Observation {
        private final HttpRequest request;
        private final Span span;
        private final Context context;

        TracedCall(HttpRequest request, Span span, Context context) {
            this.request = request;
            this.span = span;
            this.context = context;
        }

        @Override
        public Map<String, String> requestHeaders() {
            Map<String, String> headers = new HashMap<>();
            propagator.inject(context, headers, Map::put);
            boolean orphaned = headers.containsKey(TRACE_PARENT)
                    && !headers.containsKey(TRACE_STATE)
                    && request.headers().firstValue(TRACE_STATE).isPresent();
            if (orphaned) {
                // The caller's belongs to another traceparent; headers can be replaced, not taken away.
                headers.put(TRACE_STATE, "");
            }
            return headers;
        }

        @Override
        public void onEnd(ClientOutcome outcome) {
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
}
