package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.RequestFilter;
import dev.vitals.http.RequestObservers;
import dev.vitals.http.Routes;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.tracing.HttpServerTracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** An application in a process of its own that asks itself, and tells what Vitals and OpenTelemetry's agent counted. */
final class AgentApplication {
    static final int REQUESTS = 20;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private AgentApplication() {}

    /** The port on which the agent gives its metrics. */
    public static void main(String[] arguments) throws Exception {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var observers =
                RequestObservers.of(HttpServerTracing.of(GlobalOpenTelemetry.get()), HttpServerMetrics.of(registry));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("ok".getBytes(UTF_8));
                    exchange.close();
                })
                .getFilters()
                .add(RequestFilter.of(observers, Routes.of("/orders/{id}")));
        server.start();
        for (int i = 0; i < REQUESTS; i++) {
            String trace = ask(server.getAddress().getPort(), "/orders/" + i)
                    .headers()
                    .firstValue("X-Trace-Id")
                    .orElse("none");
            System.out.println("trace " + trace);
        }
        // A request ends after its client has the answer, first for Vitals, then for the agent around it.
        String agents = get(Integer.parseInt(arguments[0]), "/metrics");
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (!agents.contains("} " + REQUESTS) && System.nanoTime() < giveUp) {
            Thread.sleep(50);
            agents = get(Integer.parseInt(arguments[0]), "/metrics");
        }
        print("vitals", registry.scrape());
        print("agent", agents);
        System.out.println("failures " + observers.failures());
        System.exit(0);
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return ask(port, path).body();
    }

    private static HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static void print(String who, String metrics) {
        metrics.lines()
                .filter(line -> line.startsWith("http_server_request_duration_seconds_count")
                        || line.startsWith("http_server_active_requests"))
                .forEach(line -> System.out.println(who + " " + line));
    }
}
