package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Another service: {@code /echo} answers its request's headers and body, {@code /moved} leads there, {@code /silent}
 * answers nothing while the server runs.
 */
final class OutsideServer implements AutoCloseable {
    /** Counted down when a request for {@code /silent} has come. */
    final CountDownLatch silence = new CountDownLatch(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    OutsideServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/echo", exchange -> answer(exchange, 200));
        server.createContext("/away", exchange -> answer(exchange, 503));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/echo");
            answer(exchange, 302);
        });
        server.createContext("/silent", exchange -> {
            silence.countDown();
            try (exchange) {
                closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            var text = new StringBuilder(exchange.getRequestMethod()).append('\n');
            exchange.getRequestHeaders().forEach((name, values) -> text.append(name)
                    .append('=')
                    .append(String.join(",", values))
                    .append('\n'));
            text.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] bytes = text.toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("X-Answer", "yes");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
