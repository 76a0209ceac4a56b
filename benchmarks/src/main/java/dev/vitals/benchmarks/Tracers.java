package dev.vitals.benchmarks;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.http.RequestObservers;
import dev.vitals.tracing.HttpServerTracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.InstrumenterBuilder;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRoute;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanNameExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanStatusExtractor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The states that {@link TraceRequest} asks for: whoever traces requests, ready to do so. */
public final class Tracers {
    private Tracers() {}

    /** What they share. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public abstract static class Ready {
        /** All sampled, the same with a parent that the client sent, one in ten, none, no SDK. */
        @Param({"sampled", "parent", "tenPercent", "off", "noSdk"})
        public String mode = "";

        Tracing tracing;
        Request request;

        /** Makes what traces. */
        @Setup
        public void start() {
            tracing = new Tracing(mode);
            request = tracing.request();
            make(tracing);
        }

        abstract void make(OpenTelemetry openTelemetry);

        abstract void trace();

        /** Traces once; what came out of it, for a test. */
        @Nullable
        String traced() {
            trace();
            return tracing.takeLast();
        }

        /** Lets it go. */
        @TearDown
        public void stop() {
            tracing.close();
        }
    }

    /** Vitals, how the request ended being at hand. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfVitals extends Ready {
        private Outcome outcome;
        private HttpServerTracing observer;

        @Override
        void make(OpenTelemetry openTelemetry) {
            outcome = new Outcome(request, TracedOrder.ROUTE, 200, null, Outcome.Kind.ORDINARY, 1);
            observer = HttpServerTracing.of(openTelemetry);
        }

        @Override
        @SuppressWarnings("try") // What stands in between is the application.
        void trace() {
            RequestObserver.Observation observation = observer.onStart(request);
            if (observation == null) {
                return;
            }
            observation.responseHeaders().forEach((name, value) -> {});
            try (var scope = observation.enter()) {
                // The application.
            } finally {
                observation.onEnd(outcome);
            }
        }
    }

    /** Vitals as an adapter calls it. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfObservers extends Ready {
        private RequestObservers observers;

        @Override
        void make(OpenTelemetry openTelemetry) {
            observers = RequestObservers.of(HttpServerTracing.of(openTelemetry));
        }

        @Override
        void trace() {
            serve(observers, request);
        }
    }

    @SuppressWarnings("try") // What stands in between is the application.
    static void serve(RequestObservers observers, Request request) {
        var observed = observers.start(request);
        observed.responseHeaders().forEach((name, value) -> {});
        try (var scope = observed.enter()) {
            // The application.
            observed.end(TracedOrder.ROUTE, 200, null);
        }
    }

    /** OpenTelemetry's instrumenter with what it has for HTTP servers. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfInstrumenter extends Ready {
        private Instrumenter<Request, Integer> instrumenter;

        @Override
        void make(OpenTelemetry openTelemetry) {
            instrumenter = instrumenter(openTelemetry).buildServerInstrumenter(new TracedOrder.Getter());
        }

        @Override
        void trace() {
            serve(instrumenter, request);
        }
    }

    static InstrumenterBuilder<Request, Integer> instrumenter(OpenTelemetry openTelemetry) {
        var getter = new TracedOrderAttributes();
        return Instrumenter.<Request, Integer>builder(openTelemetry, "benchmarks", HttpSpanNameExtractor.create(getter))
                .setSpanStatusExtractor(HttpSpanStatusExtractor.create(getter))
                .addAttributesExtractor(HttpServerAttributesExtractor.create(getter))
                .addContextCustomizer(HttpServerRoute.create(getter));
    }

    @SuppressWarnings("try") // What stands in between is the application.
    static void serve(Instrumenter<Request, Integer> instrumenter, Request request) {
        Context parent = Context.current();
        if (!instrumenter.shouldStart(parent, request)) {
            return;
        }
        Context context = instrumenter.start(parent, request);
        try (var scope = context.makeCurrent()) {
            // The application.
        } finally {
            instrumenter.end(context, request, 200, null);
        }
    }

    /** A span by hand, with constants for attributes: neither headers are read nor is it current on a thread. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public abstract static class OfAPlainSpan extends Ready {
        static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
        static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
        static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
        static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
        static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
        static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");
        static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
        static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
        static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("http.response.status_code");

        private Tracer tracer;

        @Override
        void make(OpenTelemetry openTelemetry) {
            tracer = openTelemetry.getTracer("benchmarks");
        }

        final SpanBuilder six(String name) {
            return tracer.spanBuilder(name)
                    .setSpanKind(SpanKind.SERVER)
                    .setAttribute(METHOD, "GET")
                    .setAttribute(PATH, "/orders/42")
                    .setAttribute(SCHEME, "https")
                    .setAttribute(SERVER_ADDRESS, TracedOrder.HOST)
                    .setAttribute(SERVER_PORT, TracedOrder.PORT)
                    .setAttribute(USER_AGENT, TracedOrder.USER_AGENT);
        }
    }

    /** A span with eight attributes, all of them there from its start. */
    public static class OfEightAttributes extends OfAPlainSpan {
        @Override
        void trace() {
            six("GET /orders/{id}")
                    .setAttribute(ROUTE, TracedOrder.ROUTE)
                    .setAttribute(STATUS_CODE, 200L)
                    .startSpan()
                    .end();
        }
    }

    /** A span with the attributes of Vitals' own, those that are known at its end set then; its name too. */
    public static class OfTheSameAttributes extends OfAPlainSpan {
        @Override
        void trace() {
            Span span = six("GET").setAttribute(PROTOCOL_VERSION, "1.1").startSpan();
            if (span.isRecording()) {
                span.updateName("GET /orders/{id}");
                span.setAttribute(ROUTE, TracedOrder.ROUTE);
                span.setAttribute(STATUS_CODE, 200L);
            }
            span.end();
        }
    }
}
