package dev.vitals.examples.quickstart;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.LivenessCheck;
import dev.vitals.health.checks.DiskSpaceCheck;
import dev.vitals.http.ManagementServer;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.MetricsEndpoint;
import dev.vitals.metrics.PrometheusRegistries;
import java.nio.file.Path;

public final class Quickstart {
    public static void main(String[] arguments) {
        HealthMonitor health = HealthMonitor.builder()
                .liveness("deadlock", LivenessCheck.deadlock())
                .readiness("disk", DiskSpaceCheck.of(Path.of(".")))
                .start();

        var registry = PrometheusRegistries.create();
        HealthMetrics.bind(health, registry);

        ManagementServer server = ManagementServer.builder()
                .port(8081)
                // Open details are for a port on loopback; a real service takes DetailsPolicy.token(file), or nothing.
                .endpoint(HealthEndpoint.of(health, DetailsPolicy.open()))
                .endpoint(MetricsEndpoint.of(registry))
                .start();
        System.out.println("try " + server.url() + "/health and " + server.url() + "/metrics");
    }
}
