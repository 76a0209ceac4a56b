package dev.vitals.bundle;

import dev.vitals.bundle.PromQl.Selector;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.JvmMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series that an application with Vitals really gives to a scraper. */
final class Emitted {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Emitted() {}

    /** Each series as the selector that names it, every label with {@code =}. */
    static List<Selector> series() throws InterruptedException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        JvmMetrics jvm = JvmMetrics.bind(registry);
        try (HealthMonitor health = HealthMonitor.builder()
                .readiness("database", deadline -> HealthResult.up())
                .start()) {
            HealthMetrics.bind(health, registry);
            HttpServerMetrics http = HttpServerMetrics.of(registry);
            serve(http, 200);
            serve(http, 503);
            return scrape(registry);
        } finally {
            jvm.close();
            registry.close();
        }
    }

    /** The first collection brings the meter of its pause, on a thread of the JVM's own. */
    private static List<Selector> scrape(PrometheusMeterRegistry registry) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        System.gc();
        while (registry.find("jvm.gc.pause").meter() == null && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        return registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> PromQl.read(line.substring(0, line.lastIndexOf(' ')))
                        .selectors()
                        .get(0))
                .toList();
    }

    private static void serve(HttpServerMetrics http, int status) {
        Request request = new Get();
        RequestObserver.Observation observation = http.onStart(request);
        if (observation != null) {
            observation.onEnd(new Outcome(request, "/orders/{id}", status, null, Outcome.Kind.ORDINARY, 1_000_000));
        }
    }

    private record Get() implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/orders/1";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }
    }
}
