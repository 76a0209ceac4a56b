package dev.vitals.integration.peers;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * SmallRye Health in Weld, with a timeout of a second. It has no server of its own: as in the servers that embed it, a
 * pool of 200 threads asks its reporter.
 */
final class SmallRye implements Peer {
    final SmallRyeHealthReporter reporter;
    private final SeContainer container;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(200);

    private SmallRye(Map<String, Callable<Boolean>> checks) throws IOException {
        container = SeContainerInitializer.newInstance().initialize();
        reporter = container.select(SmallRyeHealthReporter.class).get();
        reporter.setTimeoutSeconds(1);
        checks.forEach((name, check) -> reporter.addHealthCheck(of(name, check)));
        // The JDK's server reads this once, when the first is made: without it Vitals' own would be slow after this
        // one.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                SmallRyeHealth health = reporter.getHealth();
                exchange.sendResponseHeaders(health.isDown() ? 503 : 200, 0);
                reporter.reportHealth(exchange.getResponseBody(), health);
            }
        });
        server.start();
    }

    static SmallRye start(Map<String, Callable<Boolean>> checks) throws IOException {
        return new SmallRye(checks);
    }

    /** A named class for each would be usual; the reporter calls them all alike. */
    private static HealthCheck of(String name, Callable<Boolean> check) {
        return () -> {
            try {
                return HealthCheckResponse.named(name).status(check.call()).build();
            } catch (Exception failed) {
                return HealthCheckResponse.down(name);
            }
        };
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public String readiness() {
        return "/health";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        container.close();
    }
}
