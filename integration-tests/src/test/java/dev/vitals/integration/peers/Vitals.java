package dev.vitals.integration.peers;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.http.ManagementServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Vitals itself, as an application has it. */
final class Vitals implements Peer {
    final HealthMonitor monitor;
    private final ManagementServer server;

    private Vitals(HealthMonitor monitor) {
        this.monitor = monitor;
        this.server = ManagementServer.builder()
                .port(0)
                .endpoint(HealthEndpoint.of(monitor, DetailsPolicy.denied()))
                .start();
    }

    /** Each check ten times a second, with 200 ms to answer. */
    static Vitals start(Map<String, Callable<Boolean>> checks) {
        return start(checks, options -> {});
    }

    static Vitals start(Map<String, Callable<Boolean>> checks, Consumer<CheckOptions> customise) {
        var builder = HealthMonitor.builder();
        checks.forEach((name, check) -> builder.readiness(
                name,
                of(check),
                options ->
                        customise.accept(options.every(Duration.ofMillis(100)).timeout(Duration.ofMillis(200)))));
        return start(builder);
    }

    static Vitals start(HealthMonitor.Builder builder) {
        return new Vitals(builder.start());
    }

    static HealthCheck of(Callable<Boolean> check) {
        return deadline -> check.call() ? HealthResult.up() : HealthResult.down("says no");
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String readiness() {
        return "/health/readiness";
    }

    @Override
    public void close() {
        server.close();
        monitor.close();
    }
}
