package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Serves a registry to Prometheus at {@code /metrics}: in the text format 0.0.4, or in OpenMetrics 1.0 for a client
 * that asks for it by name and does not like plain text better. Safe for use by many threads.
 */
public final class MetricsEndpoint implements Endpoint {
    private final PrometheusMeterRegistry registry;

    private MetricsEndpoint(PrometheusMeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    /**
     * {@return an endpoint}
     *
     * @param registry whose meters are served
     */
    public static MetricsEndpoint of(PrometheusMeterRegistry registry) {
        return new MetricsEndpoint(registry);
    }

    @Override
    public List<String> paths() {
        return List.of("/metrics");
    }

    @Override
    public Response handle(Request request) throws IOException {
        String contentType = ExpositionFormat.choose(request.headers("Accept")).contentType();
        var body = new ByteArrayOutputStream(32 * 1024);
        // The registry picks its writer by what it is given here: our two names alone, never what a client sent.
        registry.scrape(body, contentType);
        return Response.of(200, contentType, body.toByteArray());
    }
}
