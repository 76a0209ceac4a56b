package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server span for each request, by OpenTelemetry's stable semantic conventions for HTTP spans, child of what
 * the client sent along. While a thread works for the request, the span is current on it, and {@code trace_id} and
 * {@code span_id} stand in SLF4J's MDC. Safe for use by many threads.
 *
 * <p>The span is named {@code METHOD route}. A status of 5xx is an error, one of 4xx is the client's and is not; what
 * the application threw is told by its class, never by its message. Attributes that a client fills are scrubbed and cut
 * to 1,024 characters; the query is not among them.
 *
 * <p>Where the given OpenTelemetry has no SDK, no request is watched and nothing changes.
 */
public final class HttpServerTracing implements RequestObserver {
    private static final String SCOPE = "dev.vitals.tracing";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Predicate<? super Request> traced;
    private final ServerAttributes attributes = new ServerAttributes(Scrubber.standard());

    private HttpServerTracing(OpenTelemetry openTelemetry, Predicate<? super Request> traced) {
        this.tracer = openTelemetry.getTracer(SCOPE);
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
        this.traced = requireNonNull(traced, "traced");
    }

    /**
     * {@return an observer that traces all requests but those for {@code /metrics}, {@code /health} and what is below
     * it}
     *
     * @param openTelemetry the application's own; its propagators read the headers
     */
    public static HttpServerTracing of(OpenTelemetry openTelemetry) {
        return of(openTelemetry, HttpServerTracing::isNoProbe);
    }

    /**
     * {@return an observer}
     *
     * @param openTelemetry the application's own; its propagators read the headers
     * @param traced says which requests are traced; called by every request thread, must neither block nor throw
     */
    public static HttpServerTracing of(OpenTelemetry openTelemetry, Predicate<? super Request> traced) {
        return new HttpServerTracing(openTelemetry, traced);
    }

    @Override
    public Phase phase() {
        return Phase.CONTEXT;
    }

    @Override
    public @Nullable Observation onStart(Request request) {
        if (!tracer.isEnabled() || !traced.test(request)) {
            return null;
        }
        Context parent = propagator.extract(Context.current(), request, RequestHeaders.INSTANCE);
        SpanBuilder builder = tracer.spanBuilder(ServerAttributes.spanName(request, null))
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent);
        attributes.atStart(request, builder);
        Span span = builder.startSpan();
        return new TracedRequest(span, parent.with(span), attributes);
    }

    private static boolean isNoProbe(Request request) {
        String path = request.path();
        return !path.equals("/metrics") && !path.equals("/health") && !path.startsWith("/health/");
    }
}
