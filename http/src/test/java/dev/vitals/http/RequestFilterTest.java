package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.Outcome.Kind;
import dev.vitals.http.RequestObserver.Observation;
import dev.vitals.http.RequestObserver.Phase;
import dev.vitals.http.RequestObserver.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

        assertThat(catchThrowable(() -> get("/orders/7")))
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

    @Test
    void anAnswerIsOrdinary() throws Exception {
        serve(exchange -> answer(exchange, 500, "broken"));

        get("/orders/7");

        assertThat(next().kind()).isEqualTo(Kind.ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/event-stream", "Text/Event-Stream;charset=utf-8", "multipart/x-mixed-replace; boundary=a"})
    void anAnswerThatStaysOpenIsStreaming(String contentType) throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            answer(exchange, 200, "data: 1\n\n");
        });

        get("/orders/7");

        assertThat(next().kind()).isEqualTo(Kind.STREAMING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatIsGoneWhenItIsWrittenToHasAborted(boolean handlerTellsNobody) throws Exception {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                writeUntilItFails(body);
            } catch (IOException gone) {
                if (!handlerTellsNobody) {
                    throw gone;
                }
            }
        });

        try (Socket client = connect()) {
            send(client, "GET /orders/7 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.getInputStream().read()).isPositive();
            client.setSoLinger(true, 0);
        }

        Outcome outcome = next();
        assertThat(outcome.kind()).isEqualTo(Kind.ABORTED);
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.error() == null).isEqualTo(handlerTellsNobody);
    }

    @Test
    void aClientThatIsGoneBeforeTheFirstByteHasAborted() throws Exception {
        var entered = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        serve(exchange -> {
            entered.countDown();
            await(gone);
            // The first of them may still find room in the system's buffer.
            exchange.getResponseHeaders().set("X-Long", "x".repeat(60_000));
            exchange.sendResponseHeaders(200, 0);
            writeUntilItFails(exchange.getResponseBody());
        });

        try (Socket client = connect()) {
            send(client, "GET /orders/7 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // What the server has not read yet, a reset would take back.
            await(entered);
            client.setSoLinger(true, 0);
        }
        gone.countDown();

        assertThat(next().kind()).isEqualTo(Kind.ABORTED);
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyHasAborted() throws Exception {
        serve(exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, "ok");
        });

        try (Socket client = connect()) {
            send(client, "POST /orders/7 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
        }

        assertThat(next().kind()).isEqualTo(Kind.ABORTED);
    }

    @Test
    void aRefusalIsOrdinaryWhateverItsType() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            answer(exchange, 503, "not now");
        });

        get("/orders/7");

        assertThat(next().kind()).isEqualTo(Kind.ORDINARY);
    }

    private static Stream<Arguments> mistakesOfAHandler() {
        return Stream.of(
                Arguments.of("a connection to somewhere else broke", (HttpHandler) exchange -> {
                    throw new SocketException("Connection reset");
                }),
                Arguments.of("more than was promised", (HttpHandler) exchange -> {
                    exchange.sendResponseHeaders(200, 1);
                    exchange.getResponseBody().write(new byte[2]);
                }),
                Arguments.of("less than was promised", (HttpHandler) exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().close();
                }),
                Arguments.of("no headers", (HttpHandler)
                        exchange -> exchange.getResponseBody().write(1)),
                Arguments.of("headers twice", (HttpHandler) exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.sendResponseHeaders(200, 0);
                }),
                Arguments.of("it was interrupted while it wrote", (HttpHandler) exchange -> {
                    Thread.currentThread().interrupt();
                    try {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(new byte[100_000]);
                    } finally {
                        Thread.interrupted();
                    }
                }),
                Arguments.of("reads what it has closed", (HttpHandler) exchange -> {
                    exchange.getRequestBody().close();
                    exchange.getRequestBody().read();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakesOfAHandler")
    void whatIsNotTheClientsDoingIsOrdinary(String name, HttpHandler handler) throws Exception {
        serve(handler);

        assertThat(catchThrowable(() -> get("/orders/7"))).isInstanceOf(IOException.class);
        Outcome outcome = next();
        assertThat(outcome.kind()).isEqualTo(Kind.ORDINARY);
        assertThat(outcome.error()).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyPassesAsItIsBothWays() throws Exception {
        serve(exchange -> {
            byte[] read = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(read[0]);
                body.write(read, 1, read.length - 1);
                body.flush();
            }
        });
        String text = "0123456789".repeat(5_000);

        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders/7");
        var request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo(text);
        assertThat(next().kind()).isEqualTo(Kind.ORDINARY);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static void writeUntilItFails(OutputStream body) throws IOException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < giveUp) {
            body.write(new byte[8_192]);
            body.flush();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
