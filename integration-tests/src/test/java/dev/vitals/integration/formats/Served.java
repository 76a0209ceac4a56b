package dev.vitals.integration.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.Probe;
import dev.vitals.http.ManagementServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Vitals over HTTP, with a check of every kind; what {@code database} and {@code redis} say is for the test to say. */
record Served(HealthMonitor monitor, ManagementServer server) implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    static Served start(HealthResult database, HealthResult redis) {
        HealthMonitor monitor = HealthMonitor.builder()
                .liveness("worker", Heartbeat.within(Duration.ofHours(1)))
                .startup("migrations", () -> true)
                .readiness("database", deadline -> database)
                .readiness("redis", deadline -> redis)
                .start();
        ManagementServer server = ManagementServer.builder()
                .port(0)
                .endpoint(HealthEndpoint.builder(monitor)
                        .details(DetailsPolicy.open())
                        .alias("/health/live", Probe.LIVENESS, HealthEndpoint.Format.MICROPROFILE)
                        .alias("/health/ready", Probe.READINESS, HealthEndpoint.Format.MICROPROFILE)
                        .alias("/health/started", Probe.STARTUP, HealthEndpoint.Format.MICROPROFILE)
                        .build())
                .start();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (monitor.report().lifecycle() == Lifecycle.STARTING) {
            assertThat(System.nanoTime() - end).as("every check has run").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
        return new Served(monitor, server);
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return get(server.url() + target, "*/*");
    }

    /** Asks until the body holds a text: for the authorised it is made anew after 250 ms. */
    HttpResponse<String> getUntil(String target, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        HttpResponse<String> response = get(target);
        while (!response.body().contains(text)) {
            assertThat(System.nanoTime() - end).as(target + " says " + text).isNegative();
            LockSupport.parkNanos(10_000_000);
            response = get(target);
        }
        return response;
    }

    static HttpResponse<String> get(String url, String accept) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", accept)
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        monitor.close();
    }
}
