package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Outcome.Kind;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.http.RequestObservers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VitalsFilterTest {
    private static final String ROUTE = "route";

    /** What an application does with a request. */
    private interface Application {
        void answer(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** An error is told as the application threw it, also where a container or a framework wraps it. */
    private record Row(
            String name,
            int clientSees,
            int status,
            @Nullable Class<?> error,
            Application application) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Row> TABLE = List.of(
            new Row("answers", 201, 201, null, (request, response) -> response.setStatus(201)),
            new Row("sends an error", 404, 404, null, (request, response) -> response.sendError(404)),
            new Row("throws", 500, 500, IllegalStateException.class, (request, response) -> {
                throw new IllegalStateException();
            }),
            new Row("throws what is checked", 500, 500, ServletException.class, (request, response) -> {
                throw new ServletException();
            }),
            new Row("throws what is wrapped", 500, 500, IllegalStateException.class, (request, response) -> {
                throw new ServletException("wrapped", new IllegalStateException());
            }),
            new Row("throws an error", 500, 500, StackOverflowError.class, (request, response) -> {
                throw new StackOverflowError();
            }),
            new Row("throws after it has answered", 202, 202, IllegalStateException.class, (request, response) -> {
                response.setStatus(202);
                response.setContentLength(0);
                response.flushBuffer();
                throw new IllegalStateException();
            }),
            new Row("answers on another thread", 203, 203, null, (request, response) -> {
                AsyncContext async = request.startAsync();
                new Thread(() -> {
                            response.setStatus(203);
                            async.complete();
                        })
                        .start();
            }),
            new Row("completes before it returns", 203, 203, null, (request, response) -> {
                AsyncContext async = request.startAsync();
                response.setStatus(203);
                async.complete();
            }),
            new Row("comes back and answers", 205, 205, null, (request, response) -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    response.setStatus(205);
                } else {
                    request.startAsync().dispatch();
                }
            }),
            new Row("comes back and throws", 500, 500, IllegalStateException.class, (request, response) -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    throw new IllegalStateException();
                }
                request.startAsync().dispatch();
            }),
            new Row("goes two rounds", 207, 207, null, (request, response) -> {
                if (request.getDispatcherType() != DispatcherType.ASYNC) {
                    request.startAsync().dispatch();
                } else {
                    AsyncContext async = request.startAsync();
                    new Thread(() -> {
                                response.setStatus(207);
                                async.complete();
                            })
                            .start();
                }
            }),
            new Row("never answers", 500, 500, null, (request, response) -> request.startAsync()
                    .setTimeout(50)));

    static Stream<Arguments> table() {
        return Stream.of(Container.values())
                .flatMap(container -> TABLE.stream().map(row -> Arguments.of(container, row)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aRequestThatEndsIsToldOnce(Container container, Row row) throws Exception {
        var observer = new Recorder();
        try (var running = container.start("/app", application(row.application()), List.of(filter(observer)))) {
            HttpResponse<String> answer = ask(running.port(), "/app/orders/7?x=1");

            assertThat(answer.statusCode()).isEqualTo(row.clientSees());
            assertThat(answer.headers().firstValue("X-Watched")).hasValue("yes");
            Outcome outcome = observer.outcome();
            assertThat(outcome.status()).isEqualTo(row.status());
            assertThat(outcome.route()).isEqualTo("/orders/{id}");
            Throwable error = outcome.error();
            assertThat(error == null ? null : error.getClass()).isEqualTo(row.error());
        }
        assertThat(observer.starts).containsExactly("GET /orders/7 x=1 http HTTP/1.1 test 127.0.0.1");
        assertThat(observer.outcomes).isEmpty();
        assertThat(observer.openScopes)
                .as("the scope of the end itself, and no other")
                .containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheApplicationThrowsIsThrownOnAsItIs(Container container) throws Exception {
        var thrown = new IOException("as it is");
        var caught = new LinkedBlockingQueue<Throwable>();
        Filter outer = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (IOException failed) {
                caught.add(failed);
            }
        };
        var observer = new Recorder();
        Application application = (request, response) -> {
            throw thrown;
        };
        try (var running = container.start("", application(application), List.of(outer, filter(observer)))) {
            assertThat(ask(running.port(), "/").statusCode()).isEqualTo(200);
            assertThat(observer.outcome().error()).isSameAs(thrown);
        }
        assertThat(caught).containsExactly(thrown);
    }

    /** Tomcat drops such a connection and tells no listener of a completion; Jetty waits for its time-out. */
    @ParameterizedTest
    @EnumSource
    void anApplicationThatThrowsEndsItsRequestThoughItIsAsynchronous(Container container) throws Exception {
        var observer = new Recorder();
        Application application = (request, response) -> {
            request.startAsync().setTimeout(50);
            throw new IllegalStateException();
        };
        try (var running = container.start("", application(application), List.of(filter(observer)));
                var client = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Sent: test\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Outcome outcome = observer.outcome();
            assertThat(outcome.status()).isEqualTo(500);
            assertThat(outcome.error()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(observer.outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void contextStandsOnTheThreadThatTakesARequestUpAgain(Container container) throws Exception {
        var observer = new Recorder();
        var seen = new LinkedBlockingQueue<String>();
        Application application = (request, response) -> {
            seen.add(request.getDispatcherType() + " " + observer.context.get());
            if (request.getDispatcherType() != DispatcherType.ASYNC) {
                request.startAsync().dispatch();
            }
        };
        try (var running = container.start("", application(application), List.of(filter(observer)))) {
            ask(running.port(), "/");
            observer.outcome();
        }
        assertThat(seen).containsExactly("REQUEST 1", "ASYNC 1");
    }

    @ParameterizedTest
    @EnumSource
    void twoFiltersEachWatch(Container container) throws Exception {
        var one = new Recorder();
        var other = new Recorder();
        try (var running =
                container.start("", application((request, response) -> {}), List.of(filter(one), filter(other)))) {
            ask(running.port(), "/");
            assertThat(one.outcome().status()).isEqualTo(200);
            assertThat(other.outcome().status()).isEqualTo(200);
        }
    }

    private static final List<Function<HttpServletRequest, String>> BAD_ROUTES = List.of(
            request -> {
                throw new IllegalStateException();
            },
            request -> {
                throw new NoClassDefFoundError();
            });

    static Stream<Arguments> badRoutes() {
        return Stream.of(Container.values())
                .flatMap(container -> BAD_ROUTES.stream().map(route -> Arguments.of(container, route)));
    }

    @ParameterizedTest
    @MethodSource("badRoutes")
    void aRouteFunctionThatThrowsCostsTheRouteAlone(Container container, Function<HttpServletRequest, String> route)
            throws Exception {
        var observer = new Recorder();
        var filter = new VitalsFilter(RequestObservers.of(observer), route);
        try (var running = container.start("", application((request, response) -> {}), List.of(filter))) {
            assertThat(ask(running.port(), "/").statusCode()).isEqualTo(200);
            assertThat(observer.outcome().route()).isNull();
        }
    }

    private static final Map<String, String> NULL_VALUE = new HashMap<>();

    static {
        NULL_VALUE.put("X-Unfit", null);
    }

    static Stream<Arguments> unfitHeaders() {
        return Stream.of(Container.values()).flatMap(container -> Stream.of(
                        Map.of("X-Unfit", "one\r\nX-Smuggled: yes"), Map.of("", "no name"), NULL_VALUE)
                .map(headers -> Arguments.of(container, headers)));
    }

    @ParameterizedTest
    @MethodSource("unfitHeaders")
    void anUnfitHeaderOfOneObserverCostsNobodyElseAThing(Container container, Map<String, String> headers)
            throws Exception {
        var observer = new Recorder();
        var filter = new VitalsFilter(RequestObservers.of(new Headers(headers), observer), request -> null);
        try (var running = container.start("", application((request, response) -> {}), List.of(filter))) {
            HttpResponse<String> answer = ask(running.port(), "/");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKeys("X-Unfit", "X-Smuggled");
            assertThat(answer.headers().firstValue("X-Watched")).hasValue("yes");
            assertThat(observer.outcome().status()).isEqualTo(200);
        }
        assertThat(observer.outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatRefusesHeadersIsAnsweredWithoutThem(Container container) throws Exception {
        Filter refusing = (request, response, chain) ->
                chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                    @Override
                    public void setHeader(String name, String value) {
                        throw new IllegalStateException();
                    }
                });
        var observer = new Recorder();
        try (var running = container.start(
                "", application((request, response) -> response.setStatus(201)), List.of(refusing, filter(observer)))) {
            assertThat(ask(running.port(), "/").statusCode()).isEqualTo(201);
            assertThat(observer.outcome().status()).isEqualTo(201);
        }
        assertThat(observer.outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatFailsBeforeTheApplicationEnds(Container container) throws Exception {
        Filter refusing = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public void setAttribute(String name, Object value) {
                        throw new IllegalStateException();
                    }
                },
                response);
        var observer = new Recorder();
        try (var running =
                container.start("", application((request, response) -> {}), List.of(refusing, filter(observer)))) {
            assertThat(ask(running.port(), "/").statusCode()).isEqualTo(500);
            Outcome outcome = observer.outcome();
            assertThat(outcome.status()).isEqualTo(500);
            assertThat(outcome.error()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(observer.outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatTellsNoStatusLeavesNoContextOnTheThread(Container container) throws Exception {
        var observer = new Recorder();
        var left = new LinkedBlockingQueue<Integer>();
        Filter silent = (request, response, chain) -> {
            var telling = new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public int getStatus() {
                    throw new IllegalStateException();
                }
            };
            try {
                chain.doFilter(request, telling);
            } finally {
                left.add(observer.context.get());
            }
        };
        try (var running =
                container.start("", application((request, response) -> {}), List.of(silent, filter(observer)))) {
            ask(running.port(), "/");
        }
        assertThat(left).containsExactly(0);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatIsGoneWhenItIsWrittenToHasAborted(Container container) throws Exception {
        var observer = new Recorder();
        Application application = (request, response) -> writeUntilItFails(response);
        try (var running = container.start("", application(application), List.of(filter(observer)))) {
            try (var client = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
                client.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Sent: test\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().read()).isPositive();
                client.setSoLinger(true, 0);
            }
            Outcome outcome = observer.outcome();
            assertThat(outcome.error()).isInstanceOf(IOException.class);
            assertThat(outcome.kind()).isEqualTo(Kind.ABORTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatLeavesInTheMiddleOfItsBodyHasAborted(Container container) throws Exception {
        var observer = new Recorder();
        Application application =
                (request, response) -> request.getInputStream().readAllBytes();
        try (var running = container.start("", application(application), List.of(filter(observer)))) {
            try (var client = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
                client.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Sent: test\r\nContent-Length: 100\r\n\r\nhalf"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            Outcome outcome = observer.outcome();
            assertThat(outcome.kind()).as("%s", outcome.error()).isEqualTo(Kind.ABORTED);
        }
    }

    private static void writeUntilItFails(HttpServletResponse response) throws IOException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < giveUp) {
            response.getOutputStream().write(new byte[8_192]);
            response.flushBuffer();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatStaysOpenIsStreaming(Container container) throws Exception {
        var observer = new Recorder();
        Application application = (request, response) -> {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.getOutputStream().write(1);
        };
        try (var running = container.start("", application(application), List.of(filter(observer)))) {
            ask(running.port(), "/");
            assertThat(observer.outcome().kind()).isEqualTo(Kind.STREAMING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionToAnotherServiceThatBreaksIsTheApplicationsFailure(Container container) throws Exception {
        var observer = new Recorder();
        Application application = (request, response) -> {
            throw new SocketException("Connection reset");
        };
        try (var running = container.start("", application(application), List.of(filter(observer)))) {
            assertThat(ask(running.port(), "/").statusCode()).isEqualTo(500);
            assertThat(observer.outcome().kind()).isEqualTo(Kind.ORDINARY);
        }
    }

    private static VitalsFilter filter(RequestObserver observer) {
        return new VitalsFilter(RequestObservers.of(observer), request -> (String) request.getAttribute(ROUTE));
    }

    private static Map<String, Servlet> application(Application application) {
        return Map.of("/*", new ApplicationServlet(application));
    }

    private static HttpResponse<String> ask(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Sent", "test")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static final class ApplicationServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Application application;

        ApplicationServlet(Application application) {
            this.application = application;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.setAttribute(ROUTE, "/orders/{id}");
            application.answer(request, response);
        }
    }

    /** Wants headers, before the others. */
    private record Headers(Map<String, String> headers) implements RequestObserver, RequestObserver.Observation {
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
            return headers;
        }

        @Override
        public void onEnd(Outcome outcome) {}
    }

    /** Notes all it is told. */
    private static final class Recorder implements RequestObserver {
        final List<String> starts = new CopyOnWriteArrayList<>();
        final List<Integer> openScopes = new CopyOnWriteArrayList<>();
        final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        final ThreadLocal<Integer> context = ThreadLocal.withInitial(() -> 0);

        Outcome outcome() throws InterruptedException {
            Outcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
            assertThat(outcome).as("the end of the request").isNotNull();
            return outcome;
        }

        @Override
        public Phase phase() {
            return Phase.MEASURE;
        }

        @Override
        public Observation onStart(Request request) {
            starts.add(String.join(
                    " ",
                    request.method(),
                    request.path(),
                    request.query(),
                    request.scheme(),
                    request.protocol(),
                    request.header("x-sent"),
                    request.remoteAddress()));
            return new Observation() {
                @Override
                public Map<String, String> responseHeaders() {
                    return Map.of("X-Watched", "yes");
                }

                @Override
                public Scope enter() {
                    context.set(context.get() + 1);
                    return () -> context.set(context.get() - 1);
                }

                @Override
                public void onEnd(Outcome outcome) {
                    openScopes.add(context.get());
                    outcomes.add(outcome);
                }
            };
        }
    }
}
