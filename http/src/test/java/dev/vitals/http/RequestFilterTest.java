package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.RequestObserver.Observation;
import dev.vitals.http.RequestObserver.Phase;
import dev.vitals.http.RequestObserver.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestFilterTest {
    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theApplicationIsObservedWithItsRoute() throws Exception {
        serve(exchange -> answer(exchange, 201, "seen by " + CONTEXT.get()));

        HttpResponse<String> response = get("/orders/7?secret=1");

        assertThat(response.body()).isEqualTo("seen by observer");
        assertThat(response.headers().firstValue("X-Observed")).contains("yes");
        Outcome outcome = next();
        assertThat(outcome.route()).isEqualTo("/orders/{id}");
        assertThat(outcome.status()).isEqualTo(201);
        assertThat(outcome.error()).isNull();
    }

    @Test
    void anUnknownPathHasNoRoute() throws Exception {
        serve(exchange -> answer(exchange, 404, "no"));

        get("/orders/7/what");

        assertThat(next().route()).isNull();
    }

    @Test
    void whatTheApplicationThrowsIsSeenAs500AndThrownOn() throws Exception {
        serve(exchange -> {
            throw new IllegalStateException("broken");
        });

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> get("/orders/7")))
                .as("the JDK's server closes the connection")
                .isInstanceOf(IOException.class);
        Outcome outcome = next();
        assertThat(outcome.status()).isEqualTo(500);
        assertThat(outcome.error()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void contextIsTakenOffTheThreadAgain() throws Exception {
        serve(exchange -> answer(exchange, 200, "ok"));
        get("/orders/7");
        next();

        server.createContext("/bare", exchange -> answer(exchange, 200, String.valueOf(CONTEXT.get())));

        assertThat(get("/bare").body()).isEqualTo("null");
    }

    private void serve(HttpHandler handler) {
        var observers = RequestObservers.of(new ContextObserver());
        server.createContext("/orders", handler)
                .getFilters()
                .add(RequestFilter.of(observers, Routes.of("/orders/{id}")));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Outcome next() throws InterruptedException {
        Outcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome within 10 s").isNotNull();
        return outcome;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private final class ContextObserver implements RequestObserver, Observation {
        @Override
        public Phase phase() {
            return Phase.CONTEXT;
        }

        @Override
        public Observation onStart(Request request) {
            return this;
        }

        @Override
        public Map<String, String> responseHeaders() {
            return Map.of("X-Observed", "yes");
        }

        @Override
        public Scope enter() {
            CONTEXT.set("observer");
            return CONTEXT::remove;
        }

        @Override
        public void onEnd(Outcome outcome) {
            outcomes.add(outcome);
        }
    }
}
