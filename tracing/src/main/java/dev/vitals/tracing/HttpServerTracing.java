package dev.vitals.tracing;

import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Makes a server span for each request, by OpenTelemetry's stable semantic conventions for HTTP spans, child of what
 * the client sent along. While a thread works for the request, the span is current on it, and its ids stand in SLF4J's
 * MDC ({@link LogKeys}); the response carries the trace's id in {@code X-Trace-Id}, also where it is sampled out, so that
 * a user can quote it. Safe for use by many threads.
 *
 * <p>The span is named {@code METHOD route}. A status of 5xx is an error, one of 4xx is the client's and is not. What the
 * application threw is an event {@code exception}; it makes the span an error unless the status is 4xx. A request whose
 * client went away before it had its answer is an error too, of the type {@code client_disconnected} where nothing was
 * thrown; a stream that ends with its client is none. Texts that a client fills, and what exceptions say, are scrubbed,
 * and cut to 1,024 characters, a stack trace to 16,384. The query is recorded only where it is asked for, and so is the
 * client's address.
 *
 * <p>Where a span of this process is current when a request starts, as with OpenTelemetry's agent, that one is the
 * request's: it is told in the log and in the response, and no second one is made. A trace that is sampled out has those
 * attributes alone that samplers may read.
 *
 * <p>Headers are read by the application's own propagators. Repeated, malformed or huge ones are ignored: 8,192
 * characters at most, 1,024 of {@code traceparent}, {@code tracestate} and {@code b3}, 64 members of {@code baggage}.
 *
 * <p>Where the given OpenTelemetry has no SDK, no request is watched and nothing changes.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic conventions for HTTP spans</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 * @see <a href="https://www.w3.org/TR/baggage/">W3C Baggage</a>
 */
public final class HttpServerTracing implements RequestObserver {
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Predicate<? super Request> traced;
    private final ServerAttributes attributes;
    private final Telling telling;

    HttpServerTracing(
            Tracer tracer,
            TextMapPropagator propagator,
            Predicate<? super Request> traced,
            ServerAttributes attributes,
            Telling telling) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.traced = traced;
        this.attributes = attributes;
        this.telling = telling;
        // Or the first requests, many at once, would find SLF4J on its way, and their ids would not be in the log.
        MDC.getMDCAdapter();
    }

    /**
     * {@return an observer that traces all requests but those for {@code /metrics}, {@code /health} and what is below
     * it}
     *
     * @param openTelemetry the application's own; its propagators read the headers
     */
    public static HttpServerTracing of(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /**
     * {@return an observer}
     *
     * @param openTelemetry the application's own; its propagators read the headers
     * @param traced says which requests are traced; called by every request thread, must neither block nor throw
     */
    public static HttpServerTracing of(OpenTelemetry openTelemetry, Predicate<? super Request> traced) {
        return builder(openTelemetry).traced(traced).build();
    }

    /**
     * {@return a builder of an observer}
     *
     * @param openTelemetry the application's own; its propagators read the headers
     */
    public static HttpServerTracingBuilder builder(OpenTelemetry openTelemetry) {
        return new HttpServerTracingBuilder(openTelemetry);
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
        Context here = Context.current();
        SpanContext current = Span.fromContext(here).getSpanContext();
        // One from another process is what somebody extracted, and a parent.
        if (current.isValid() && !current.isRemote()) {
            return new AdoptedRequest(here, current, telling);
        }
        Context parent = propagator.extract(here, request, RequestHeaders.INSTANCE);
        boolean known = attributes.knows(request.method());
        String method = ServerAttributes.nameOf(request.method(), known);
        SpanBuilder builder =
                tracer.spanBuilder(method).setSpanKind(SpanKind.SERVER).setParent(parent);
        attributes.forSamplers(request, known, builder);
        Span span = builder.startSpan();
        boolean recording = span.isRecording();
        if (recording) {
            attributes.atStart(request, known, span);
        }
        return new TracedRequest(span, parent.with(span), recording ? method : null, attributes, telling);
    }
}
