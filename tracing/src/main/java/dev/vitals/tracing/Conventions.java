package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.util.Set;

/** What all spans of this library have in common: who makes them, by which version of the semantic conventions. */
final class Conventions {
    /** The methods of RFC 9110, RFC 5789 and QUERY. */
    static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");

    private static final String SCOPE = "dev.vitals.tracing";
    private static final String SCHEMA = "https://opentelemetry.io/schemas/1.45.0";

    private Conventions() {}

    static Tracer tracer(OpenTelemetry openTelemetry) {
        return requireNonNull(openTelemetry, "openTelemetry")
                .tracerBuilder(SCOPE)
                .setSchemaUrl(SCHEMA)
                .build();
    }
}
