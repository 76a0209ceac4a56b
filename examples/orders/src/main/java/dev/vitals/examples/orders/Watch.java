package dev.vitals.examples.orders;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.CheckOptions;
import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.LivenessCheck;
import dev.vitals.health.Probe;
import dev.vitals.health.checks.HttpCheck;
import dev.vitals.health.jdbc.JdbcCheck;
import dev.vitals.health.redis.RedisCheck;
import dev.vitals.http.ManagementServer;
import dev.vitals.http.RequestFilter;
import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.JvmMetrics;
import dev.vitals.metrics.MetricsEndpoint;
import dev.vitals.tracing.HttpServerTracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** All that the service asks of Vitals stands in here. */
final class Watch {
    private static final int LONG_QUEUE = 200;

    private Watch() {}

    static HealthMonitor health(
            Heartbeat worker,
            BooleanSupplier schemaIsReady,
            DataSource dataSource,
            RedisCheck redis,
            Orders orders,
            URI pricing,
            int port) {
        return HealthMonitor.builder()
                .liveness("worker", worker)
                .liveness("deadlock", LivenessCheck.deadlock())
                .liveness("acceptor", LivenessCheck.acceptor(port))
                .startup("schema", schemaIsReady)
                .readiness("database", JdbcCheck.of(dataSource), Watch::often)
                .readiness("redis", redis, check -> often(check).optional())
                .readiness("queue", deadline -> queue(orders), check -> often(check)
                        .optional()
                        .dependsOn("database", "schema"))
                .observe("pricing", HttpCheck.get(pricing).expecting(200), Watch::often)
                .start();
    }

    /** Oftener than the defaults, so that whoever plays with the faults need not wait. */
    private static CheckOptions often(CheckOptions check) {
        return check.every(Duration.ofSeconds(2)).timeout(Duration.ofSeconds(1));
    }

    private static HealthResult queue(Orders orders) throws SQLException {
        long waiting = orders.waiting();
        HealthResult result = waiting < LONG_QUEUE
                ? HealthResult.up()
                : HealthResult.degraded(waiting + " orders wait, " + LONG_QUEUE + " are many");
        return result.withDetail("waiting", waiting).withMeasurement("queue.waiting", "{order}", (double) waiting);
    }

    static void requests(
            HttpServer server, HttpHandler service, PrometheusMeterRegistry registry, OpenTelemetry openTelemetry) {
        var observers = RequestObservers.of(HttpServerTracing.of(openTelemetry), HttpServerMetrics.of(registry));
        server.createContext("/", service).getFilters().add(RequestFilter.of(observers, Shop.ROUTES));
    }

    static ManagementServer management(
            int port, HealthMonitor health, PrometheusMeterRegistry registry, FaultsEndpoint faults) {
        HealthMetrics.bind(health, registry);
        return ManagementServer.builder()
                .port(port)
                // For a demo on loopback; a real service leaves this out, or asks for a token.
                .endpoint(HealthEndpoint.builder(health)
                        .details(DetailsPolicy.open())
                        .alias("/livez", Probe.LIVENESS)
                        .alias("/readyz", Probe.READINESS)
                        .build())
                .endpoint(MetricsEndpoint.of(registry))
                .endpoint(faults)
                .start();
    }

    static JvmMetrics jvm(PrometheusMeterRegistry registry) {
        return JvmMetrics.bind(registry);
    }
}
