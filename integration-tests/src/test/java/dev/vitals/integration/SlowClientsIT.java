package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.http.ManagementServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send a byte a second keep nobody out, and the application's own server is left alone. */
@Tag("measured")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SlowClientsIT {
    private static final int CLIENTS = 64;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("vitals.slow.seconds", 60));
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);
    private static final Duration APPLICATION_LIMIT = Duration.ofSeconds(30);
    private static final String SLOW_REQUEST =
            "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100);

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void livenessAnswersOverFreshConnectionsAllTheWhile() throws Exception {
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
            byte[] body = "whole".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        application.setExecutor(Executors.newCachedThreadPool());
        application.start();
        var clients = Executors.newFixedThreadPool(CLIENTS + 1);
        try (var health = HealthMonitor.builder().start();
                var management = ManagementServer.builder()
                        .port(0)
                        .endpoint(HealthEndpoint.of(health))
                        .start()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> trickle(management.port()));
            }
            var own = clients.submit(() -> ask(application.getAddress().getPort(), APPLICATION_LIMIT));

            List<Long> nanos = new ArrayList<>();
            long end = System.nanoTime() + TIME.toNanos();
            while (System.nanoTime() - end < 0) {
                long start = System.nanoTime();
                assertThat(ask(management.port(), PROBE_LIMIT))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("{\"status\":\"UP\"}");
                nanos.add(System.nanoTime() - start);
                LockSupport.parkNanos(10_000_000);
            }
            over.set(true);

            nanos.sort(null);
            double p99 = nanos.get((nanos.size() - 1) * 99 / 100) / 1e6;
            System.out.printf(
                    "%d clients of a byte a second: %d liveness probes, none failed, p99 %.1f ms, longest %.1f ms%n",
                    CLIENTS, nanos.size(), p99, nanos.get(nanos.size() - 1) / 1e6);
            assertThat(p99).as("ms at p99").isLessThan(100);
            assertThat(own.get(30, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200").endsWith("whole");
        } finally {
            over.set(true);
            clients.shutdownNow();
            application.stop(0);
        }
    }

    /** Sends a byte a second, and begins again whenever it is cut off. */
    private void trickle(int port) {
        while (!over.get()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                for (int i = 0; i < SLOW_REQUEST.length() && !over.get(); i++) {
                    socket.getOutputStream().write(SLOW_REQUEST.charAt(i));
                    LockSupport.parkNanos(1_000_000_000L);
                }
            } catch (IOException cutOff) {
                LockSupport.parkNanos(1_000_000L);
            }
        }
    }

    private static String ask(int port, Duration limit) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream()
                    .write("GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
