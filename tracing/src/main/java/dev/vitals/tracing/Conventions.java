package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all spans of this library have in common: who makes them, by which version of the semantic conventions. */
final class Conventions {
    /** The methods of RFC 9110, RFC 5789 and QUERY. */
    static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    private static final String SCOPE = "dev.vitals.tracing";
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.45.0";

    private static final Logger LOG = LoggerFactory.getLogger("dev.vitals.tracing");

    private Conventions() {}

    static Tracer tracer(OpenTelemetry openTelemetry) {
        return requireNonNull(openTelemetry, "openTelemetry")
                .tracerBuilder(SCOPE)
                .setSchemaUrl(SCHEMA)
                .build();
    }

    /** An SDK that was given none has no propagators, and no trace leaves the process or comes into it: that is said. */
    static TextMapPropagator propagator(OpenTelemetry openTelemetry) {
        TextMapPropagator propagator = openTelemetry.getPropagators().getTextMapPropagator();
        if (propagator.fields().isEmpty() && tracer(openTelemetry).isEnabled()) {
            LOG.warn("OpenTelemetry has no propagators, so that every trace ends with this process: give its builder"
                    + " setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))");
        }
        return propagator;
    }
}
