package dev.vitals.integration;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.http.ManagementServer;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.MetricsEndpoint;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An application in a process of its own, to which is done what no process can do to itself. */
final class WatchedApplication {
    /** How long its loop may pause before liveness fails. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** How old its results may get. */
    static final Duration LONGEST_AGE = Duration.ofSeconds(4);

    private WatchedApplication() {}

    /** The port of its management server, and how many checks it has besides, each of which runs ten times a second. */
    public static void main(String[] arguments) throws InterruptedException {
        Heartbeat heartbeat = Heartbeat.within(HEARTBEAT);
        HealthMonitor.Builder builder = HealthMonitor.builder()
                .defaults(check -> check.every(Duration.ofSeconds(1))
                        .timeout(Duration.ofSeconds(1))
                        .longestAge(LONGEST_AGE))
                .liveness("worker", heartbeat)
                .readiness("database", deadline -> HealthResult.up())
                .readiness("redis", deadline -> HealthResult.up(), check -> check.optional())
                .readiness("queue", deadline -> HealthResult.up(), check -> check.dependsOn("database"));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            builder.readiness("busy-" + i, deadline -> HealthResult.up(), check -> check.every(Duration.ofMillis(100)));
        }
        HealthMonitor health = builder.start();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HealthMetrics.bind(health, registry);
        ManagementServer.builder()
                .port(Integer.parseInt(arguments[0]))
                .endpoint(HealthEndpoint.of(health, DetailsPolicy.open()))
                .endpoint(MetricsEndpoint.of(registry))
                .start();
        while (!Thread.interrupted()) {
            heartbeat.beat();
            // Work in small steps: after a stop, the loop needs a while until it comes round again.
            for (int step = 0; step < 20; step++) {
                LockSupport.parkNanos(100_000_000L);
            }
        }
    }
}
