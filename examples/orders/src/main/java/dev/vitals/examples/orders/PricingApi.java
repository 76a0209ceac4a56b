package dev.vitals.examples.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Stands for somebody else's pricing service on the internet: {@code GET /prices/{symbol}} and {@code GET /status}.
 * While it black-holes, it takes connections and requests, and never answers. With a price it tells how many more it
 * allows until the minute is over, and turns nobody away.
 */
final class PricingApi implements AutoCloseable {
    private static final int PRICES_A_MINUTE = 600;

    private final HttpServer server;
    private final ExecutorService threads = Threads.forRequests("pricing");
    private volatile boolean blackHole;
    private long minute;
    private int used;

    private PricingApi(HttpServer server) {
        this.server = server;
    }

    static PricingApi start() throws IOException {
        var api = new PricingApi(HttpServer.create(new InetSocketAddress(Ports.loopback(), 0), 0));
        api.server.createContext("/prices/", exchange -> {
            exchange.getResponseHeaders().set("RateLimit", api.rateLimit(System.currentTimeMillis() / 1_000));
            api.answer(exchange, api.price(exchange));
        });
        api.server.createContext("/status", exchange -> api.answer(exchange, "{\"status\":\"open\"}"));
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void blackHole(boolean on) {
        blackHole = on;
    }

    private String price(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String symbol = path.substring(path.lastIndexOf('/') + 1);
        double price = 50
                + Math.abs(symbol.hashCode() % 400)
                + ThreadLocalRandom.current().nextDouble();
        return String.format(Locale.ROOT, "{\"symbol\":\"%s\",\"price\":%.2f}", symbol, price);
    }

    private synchronized String rateLimit(long nowSeconds) {
        if (minute != nowSeconds / 60) {
            minute = nowSeconds / 60;
            used = 0;
        }
        used++;
        return "\"prices\";r=%d;t=%d".formatted(Math.max(0, PRICES_A_MINUTE - used), 60 - nowSeconds % 60);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            while (blackHole) {
                if (!Pause.millis(50)) {
                    return;
                }
            }
            Reply.json(200, json).send(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
