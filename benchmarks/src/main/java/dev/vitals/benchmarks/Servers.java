package dev.vitals.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.Probe;
import dev.vitals.http.Endpoint;
import dev.vitals.http.ManagementServer;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The servers that {@code benchmarks/wrk} puts a load on: one management server with health over 200 checks and an
 * endpoint of constant bytes beside it, and the JDK's server alone with a handler of the same bytes. Ends with its
 * standard input.
 */
final class Servers implements AutoCloseable {
    private static final int CHECKS = 200;
    private static final String CONSTANT_PATH = "/constant";

    private final Vitals vitals = Vitals.withDefaults(CHECKS);
    private final ManagementServer management;
    private final HttpServer plain;
    private final ThreadPoolExecutor plainThreads =
            new ThreadPoolExecutor(0, 128, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Servers::daemon);

    Servers() throws IOException {
        HealthEndpoint health = vitals.endpoint();
        Response constant = health.handle(Get.anonymous(Probe.READINESS.path()));
        // Before the plain server: it sets what holds for both.
        management = ManagementServer.builder()
                .port(0)
                .endpoint(health)
                .endpoint(new Constant(constant))
                .start();
        plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        plain.setExecutor(plainThreads);
        plain.createContext("/", exchange -> answer(exchange, constant));
        plain.start();
    }

    /** An endpoint that does nothing: what is left is the server's own cost. */
    private record Constant(Response response) implements Endpoint {
        @Override
        public List<String> paths() {
            return List.of(CONSTANT_PATH);
        }

        @Override
        public Response handle(Request request) {
            return response;
        }
    }

    private static void answer(HttpExchange exchange, Response constant) throws IOException {
        try (exchange) {
            constant.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(constant.status(), constant.length());
            try (OutputStream body = exchange.getResponseBody()) {
                constant.writeTo(body);
            }
        }
    }

    /** The addresses, one a line after its name, in the order in which they are compared. */
    void print(PrintStream out) {
        out.println("health " + management.url() + Probe.READINESS.path());
        out.println("constant " + management.url() + CONSTANT_PATH);
        out.println("plain http://127.0.0.1:" + plain.getAddress().getPort() + CONSTANT_PATH);
    }

    @Override
    public void close() {
        plain.stop(0);
        plainThreads.shutdownNow();
        management.close();
        vitals.close();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "plain");
        thread.setDaemon(true);
        return thread;
    }

    /** Serves until standard input ends, which it does with the script that started this. */
    public static void main(String[] arguments) throws IOException {
        try (var servers = new Servers()) {
            servers.print(System.out);
            while (System.in.read() >= 0) {
                // Whatever is typed is no reason to stop.
            }
        }
    }
}
