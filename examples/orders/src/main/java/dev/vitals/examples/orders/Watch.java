package dev.vitals.examples.orders;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.errors.ErrorTracking;
import dev.vitals.errors.HttpServerErrors;
import dev.vitals.errors.SentryCheck;
import dev.vitals.health.CheckOptions;
import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.LivenessCheck;
import dev.vitals.health.Probe;
import dev.vitals.health.checks.BacklogCheck;
import dev.vitals.health.checks.HeartbeatStore;
import dev.vitals.health.checks.HttpCheck;
import dev.vitals.health.checks.RemoteHeartbeat;
import dev.vitals.health.checks.WorkersCheck;
import dev.vitals.health.jdbc.ConnectionsCheck;
import dev.vitals.health.jdbc.JdbcCheck;
import dev.vitals.health.jdbc.PoolCheck;
import dev.vitals.health.jdbc.TableQueue;
import dev.vitals.health.redis.RedisCheck;
import dev.vitals.http.ManagementServer;
import dev.vitals.http.RequestFilter;
import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.JvmMetrics;
import dev.vitals.metrics.LabelFilters;
import dev.vitals.metrics.MetricsEndpoint;
import dev.vitals.metrics.PrometheusRegistries;
import dev.vitals.metrics.SelfMetrics;
import dev.vitals.metrics.Slo;
import dev.vitals.metrics.SloCheck;
import dev.vitals.tracing.HttpServerTracing;
import dev.vitals.tracing.TraceContexts;
import io.lettuce.core.RedisClient;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** All that the service asks of Vitals stands in here. */
final class Watch {
    private static final int LONG_QUEUE = 200;
    /** Of each label of the service's own meters. */
    private static final int MOST_VALUES = 100;

    private static final String[] ORDERS = {"/orders", "/orders/{id}"};
    private static final Slo AVAILABLE =
            Slo.availability("orders-available", 99.9).routes(ORDERS);
    private static final Slo FAST =
            Slo.latency("orders-fast", 99, Duration.ofSeconds(2)).routes(ORDERS);

    private Watch() {}

    /** What is looked at. What a check keeps open of its own is closed after the monitor. */
    static HealthMonitor health(
            Heartbeat worker,
            RemoteHeartbeat remote,
            HeartbeatStore workers,
            BooleanSupplier schemaIsReady,
            DataSource pool,
            RedisClient redis,
            URI pricing,
            int port,
            HttpServerMetrics http,
            ErrorTracking errors,
            Closers closers) {
        return closers.add(HealthMonitor.builder()
                .defaults(Watch::often)
                .liveness("worker", worker)
                .liveness("deadlock", LivenessCheck.deadlock())
                .liveness("acceptor", LivenessCheck.acceptor(port))
                .startup("schema", schemaIsReady)
                .readiness("database", closers.add(JdbcCheck.of(pool)))
                .readiness("pool", PoolCheck.of(pool).heldFor(Duration.ofSeconds(5)), CheckOptions::optional)
                .readiness("redis", closers.add(RedisCheck.of(redis).expectingPrimary(0)), CheckOptions::optional)
                .readiness("queue", queue(pool), check -> check.optional().dependsOn("database", "schema"))
                .observe("connections", ConnectionsCheck.of(pool), check -> check.dependsOn("database"))
                .observe("heartbeat", remote, check -> check.dependsOn("redis"))
                .observe(
                        "workers",
                        WorkersCheck.of(workers, Worker.GROUP).within(Duration.ofSeconds(10)),
                        check -> check.dependsOn("redis").initialDelay(Duration.ofSeconds(2)))
                .observe("slo-orders", SloCheck.of(http, AVAILABLE))
                .observe("errors", SentryCheck.of(errors))
                .observe("pricing", HttpCheck.get(pricing).expecting(200))
                .start());
    }

    private static BacklogCheck queue(DataSource pool) {
        return BacklogCheck.from(TableQueue.of(pool, "vitals_demo.orders").where("status = 'WAITING'"))
                .degradedFrom(LONG_QUEUE);
    }

    /** Oftener than the defaults, so that whoever plays with the faults need not wait. */
    private static void often(CheckOptions check) {
        check.every(Duration.ofSeconds(2)).timeout(Duration.ofSeconds(1));
    }

    /** With exemplars, where a span is current; what the service counts itself stays in bounds too. */
    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = PrometheusRegistries.create(TraceContexts::current);
        registry.config().meterFilter(LabelFilters.scrubbed()).meterFilter(LabelFilters.bounded(registry, MOST_VALUES));
        return registry;
    }

    /** The service's routes and how they fail are named, so that the first failure is seen as one. */
    static HttpServerMetrics http(PrometheusMeterRegistry registry) {
        return HttpServerMetrics.builder(registry)
                .route("POST", "/orders", 201, 503)
                .route("GET", "/orders/{id}", 200, 503)
                .route("GET", "/quotes/{symbol}", 200, 504)
                .slo(AVAILABLE)
                .slo(FAST)
                .build();
    }

    static void requests(
            HttpServer server,
            HttpHandler service,
            PrometheusMeterRegistry registry,
            HttpServerMetrics metrics,
            OpenTelemetry openTelemetry,
            ErrorTracking errors) {
        var observers = RequestObservers.of(
                HttpServerTracing.of(openTelemetry), metrics, HttpServerErrors.of(TraceContexts::current));
        SelfMetrics.of(registry)
                .observerFailures(observers::failures)
                .reportsDropped(errors::dropped)
                .eventsSuppressed(errors::suppressed);
        server.createContext("/", service).getFilters().add(RequestFilter.of(observers, Shop.ROUTES));
    }

    static ManagementServer management(
            int port, HealthMonitor health, PrometheusMeterRegistry registry, FaultsEndpoint faults) {
        HealthMetrics.bind(health, registry);
        ManagementServer management = ManagementServer.builder()
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
        SelfMetrics.of(registry).endpointFailures(management::failures);
        return management;
    }

    static JvmMetrics jvm(PrometheusMeterRegistry registry) {
        return JvmMetrics.bind(registry);
    }
}
