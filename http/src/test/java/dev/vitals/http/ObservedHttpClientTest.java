package dev.vitals.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedHttpClientTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final HttpClient plain =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private OutsideServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OutsideServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAnswerIsSeenWithItsStatusHeadersAndDuration() throws Exception {
        HttpRequest request = request("/away").build();

        HttpResponse<String> response = client(observer).send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(503);
        ClientOutcome outcome = observer.only();
        assertThat(outcome.request()).isSameAs(request);
        assertThat(outcome.status()).isEqualTo(503);
        assertThat(outcome.headers()).isSameAs(response.headers());
        assertThat(outcome.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(outcome.error()).isNull();
        assertThat(outcome.durationNanos()).isBetween(1L, TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void aBodyIsSentAndItsAnswerReadAsWithoutObservers() throws Exception {
        var request = request("/echo").POST(BodyPublishers.ofString("the body")).build();

        assertThat(client(new RecordingObserver(Map.of("X-Trace", "1")))
                        .send(request, BodyHandlers.ofString())
                        .body())
                .startsWith("POST\n")
                .containsIgnoringCase("x-trace=1\n")
                .endsWith("the body");
    }

    @Test
    void whatTheBodyHandlerDoesIsPartOfTheCall() throws Exception {
        long pause = 30;
        client(observer).send(request("/echo").build(), info -> {
            pause(pause);
            return HttpResponse.BodySubscribers.discarding();
        });

        assertThat(observer.only().durationNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(pause));
    }

    @Test
    void aRedirectIsOneCallWithTheLastAnswer() throws Exception {
        HttpRequest request = request("/moved").build();

        client(observer).send(request, BodyHandlers.discarding());

        assertThat(observer.only()).satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(200);
            assertThat(outcome.request()).isSameAs(request);
        });
    }

    @Test
    void aRefusedConnectionIsSeenAsTheCallerSeesIt() throws Exception {
        URI nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        Throwable thrown = catchThrowable(
                () -> client(observer).send(HttpRequest.newBuilder(nobody).build(), BodyHandlers.discarding()));

        assertThat(thrown).isInstanceOf(ConnectException.class);
        assertThat(observer.only()).satisfies(outcome -> {
            assertThat(outcome.error()).isSameAs(thrown);
            assertThat(outcome.status()).isZero();
            assertThat(outcome.headers().map()).isEmpty();
            assertThat(outcome.version()).isNull();
        });
    }

    @Test
    void aTimeOutIsSeenAsTheCallerSeesIt() throws Exception {
        var request = request("/silent").timeout(Duration.ofMillis(50)).build();

        Throwable thrown = catchThrowable(() -> client(observer).send(request, BodyHandlers.discarding()));

        assertThat(thrown).isInstanceOf(HttpTimeoutException.class);
        assertThat(observer.only().error()).isSameAs(thrown);
    }

    @Test
    void aCallThatIsNotEvenSentEndsToo() throws Exception {
        var client = client(observer);
        Throwable thrown = catchThrowable(() -> client.send(new OwnRequest("CONNECT"), BodyHandlers.discarding()));
        assertThat(observer.only().error()).isSameAs(thrown).isInstanceOf(IllegalArgumentException.class);

        Throwable async = catchThrowable(() -> client.sendAsync(new OwnRequest("CONNECT"), BodyHandlers.discarding()));
        assertThat(observer.only().error()).isSameAs(async).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptionPassesThrough() throws Exception {
        var seen = new AtomicReference<@Nullable Throwable>();
        var caller = new Thread(() -> seen.set(
                catchThrowable(() -> client(observer).send(request("/silent").build(), BodyHandlers.discarding()))));
        caller.start();
        assertThat(server.silence.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(10_000);

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(observer.only().error()).isSameAs(seen.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAsynchronousAnswerIsSeenBeforeTheCallerHasIt(boolean pushes) throws Exception {
        HttpRequest request = request("/echo").build();
        var seenBefore = new AtomicReference<@Nullable Integer>();
        var client = client(observer);

        var future = pushes
                ? client.sendAsync(request, BodyHandlers.ofString(), (asked, pushed, acceptor) -> {})
                : client.sendAsync(request, BodyHandlers.ofString());
        future.thenAccept(response -> seenBefore.set(observer.outcomes.size())).get(10, TimeUnit.SECONDS);

        assertThat(seenBefore.get()).isEqualTo(1);
        assertThat(observer.only()).satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(200);
            assertThat(outcome.headers().firstValue("X-Answer")).contains("yes");
            assertThat(outcome.request()).isSameAs(request);
        });
    }

    @Test
    void anAsynchronousFailureIsUnwrappedForObserversAndLeftAsItWasForTheCaller() throws Exception {
        var cause = new ConnectException("refused");
        for (Throwable failure : List.of(cause, new CompletionException(cause))) {
            var answers = new CompletableFuture<HttpResponse<Void>>();
            var future = ObservedHttpClient.of(new Scripted(answers), observer)
                    .sendAsync(request("/echo").build(), BodyHandlers.discarding());
            var seen = new AtomicReference<@Nullable Throwable>();
            var unused = future.whenComplete((response, error) -> seen.set(error));

            inAnotherThread(() -> answers.completeExceptionally(failure));

            assertThat(seen.get()).isSameAs(failure);
            assertThat(observer.only().error()).isSameAs(cause);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingTheFutureCancelsTheExchange(boolean derived) throws Exception {
        CompletableFuture<HttpResponse<Void>> whole =
                client(observer).sendAsync(request("/silent").build(), BodyHandlers.discarding());
        CompletableFuture<?> future = derived ? whole.thenApply(HttpResponse::statusCode) : whole;
        assertThat(server.silence.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(future.cancel(true)).isTrue();

        assertThat(future).as("cancelled, or failed because the exchange was").isCompletedExceptionally();
        ClientOutcome outcome = observer.only();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.error()).isNotNull();
        assertThat(whole)
                .as("the exchange has ended, though its server is silent")
                .isDone();
    }

    @Test
    void cancelReachesTheFutureOfTheClientBehindAsItWasMeant() {
        var meant = new ArrayList<Boolean>();
        var answers = new CompletableFuture<HttpResponse<Void>>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                meant.add(mayInterruptIfRunning);
                return super.cancel(mayInterruptIfRunning);
            }
        };
        var future = ObservedHttpClient.of(new Scripted(answers), observer)
                .sendAsync(request("/echo").build(), BodyHandlers.discarding());

        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(true)).as("once more").isTrue();

        assertThat(meant).containsExactly(false);
        assertThat(future).isCancelled();
        assertThat(observer.outcomes).hasSize(1);
    }

    @Test
    void aFutureThatTheCallerCompletesEndsTheCall() throws Exception {
        var answers = new CompletableFuture<HttpResponse<Void>>();
        var future = ObservedHttpClient.of(new Scripted(answers), observer)
                .sendAsync(request("/echo").build(), BodyHandlers.discarding());
        var late = new TimeoutException();

        future.completeExceptionally(late);
        answers.completeExceptionally(new IOException("later still"));

        assertThat(observer.only().error()).isSameAs(late);
        assertThat(observer.outcomes).isEmpty();
    }

    @Test
    void observersAreAskedInOrderAndToldInReverse() throws Exception {
        var log = new ArrayList<String>();
        client(new Logging("a", log), new Logging("b", log))
                .send(request("/echo").build(), BodyHandlers.discarding());

        assertThat(log).containsExactly("a starts", "b starts", "b ends", "a ends");
    }

    @Test
    void headersReplaceThoseOfTheCallerAndTheFirstObserverHasThem() throws Exception {
        var request = request("/echo")
                .header("X-Trace", "caller")
                .header("X-Mine", "1")
                .build();
        var client = client(
                new RecordingObserver(Map.of("x-trace", "first")),
                new RecordingObserver(Map.of("X-Trace", "second", "X-Other", "2")));

        String seen = client.send(request, BodyHandlers.ofString()).body();

        assertThat(seen)
                .containsIgnoringCase("x-trace=first\n")
                .containsIgnoringCase("x-other=2\n")
                .containsIgnoringCase("x-mine=1\n")
                .doesNotContain("caller", "second");
        assertThat(client.failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "Connection", "", "X Y", "X\r\nY"})
    void aHeaderThatNoRequestCanCarryIsLeftOutAndCounted(String name) throws Exception {
        var wanting = new RecordingObserver(Map.of(name, "x"));
        var client = client(wanting, new RecordingObserver(Map.of("X-Good", "1", "X-Bad", "a\nb")));

        String seen =
                client.send(request("/echo").build(), BodyHandlers.ofString()).body();

        assertThat(seen)
                .containsIgnoringCase("x-good=1\n")
                .doesNotContain("=x\n")
                .doesNotContainIgnoringCase("x-bad");
        assertThat(client.failures()).isEqualTo(2);
        assertThat(wanting.only().status()).isEqualTo(200);
    }

    @Test
    void withoutHeadersTheRequestIsPassedOnUntouched() throws Exception {
        var client = new Scripted(CompletableFuture.completedFuture(null));
        HttpRequest request = request("/echo").build();

        ObservedHttpClient.of(client, observer, new RecordingObserver(Map.of("Host", "x")))
                .send(request, BodyHandlers.discarding());

        assertThat(client.sent).containsExactly(request).first().isSameAs(request);
    }

    @Test
    void aRequestOfTheCallersOwnKindIsSentWithHeadersToo() throws Exception {
        var client = client(new RecordingObserver(Map.of("X-Trace", "1")));

        HttpResponse<String> response = client.send(new OwnRequest("GET"), BodyHandlers.ofString());

        assertThat(response.body()).containsIgnoringCase("x-own=yes\n").containsIgnoringCase("x-trace=1\n");
    }

    private enum Place {
        START,
        HEADERS,
        MAP,
        END
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneThatThrowsHarmsNobodyAndIsLeftOut(Place place) throws Exception {
        var throwing = new Throwing(place);
        var before = new RecordingObserver();
        var client = client(before, throwing, observer);

        for (int i = 0; i < 2; i++) {
            assertThat(client.send(request("/echo").build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(observer.only().status()).isEqualTo(200);
            assertThat(before.only().status()).isEqualTo(200);
        }
        client.sendAsync(request("/echo").build(), BodyHandlers.discarding()).get(10, TimeUnit.SECONDS);

        assertThat(client.failures()).isEqualTo(3);
        assertThat(throwing.outcomes).isEmpty();
    }

    @Test
    void oneWithoutInterestIsNotAskedAgain() throws Exception {
        ClientObserver bored = request -> null;

        assertThat(client(bored, observer)
                        .send(request("/echo").build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(observer.only().status()).isEqualTo(200);
    }

    @Test
    void aResponseThatCannotBeReadCountsAllTheSame() throws Exception {
        HttpResponse<Void> broken = new BrokenResponse();
        var client = ObservedHttpClient.of(new Scripted(CompletableFuture.completedFuture(broken)), observer);

        assertThat(client.send(request("/echo").build(), BodyHandlers.discarding()))
                .isSameAs(broken);
        assertThat(observer.only().status()).isZero();
        assertThat(client.failures()).isZero();
    }

    @Test
    void settingsAreThoseOfTheClientBehind() {
        var cookies = new CookieManager();
        Executor executor = Runnable::run;
        HttpClient behind = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .connectTimeout(Duration.ofSeconds(7))
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .proxy(ProxySelector.of(null))
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
        HttpClient client = ObservedHttpClient.of(behind);

        assertThat(client.cookieHandler()).contains(cookies);
        assertThat(client.connectTimeout()).contains(Duration.ofSeconds(7));
        assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
        assertThat(client.proxy()).isEqualTo(behind.proxy()).isPresent();
        assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(client.executor()).contains(executor);
        assertThat(client.sslContext()).isSameAs(behind.sslContext());
        assertThat(client.sslParameters().getProtocols())
                .isEqualTo(behind.sslParameters().getProtocols());
        assertThat(client.authenticator()).isEqualTo(behind.authenticator());
        assertThat(client).hasToString("observed " + behind);
    }

    @Test
    void aWebSocketGoesThroughTheClientBehind() {
        Throwable thrown = catchThrowable(() -> client(observer)
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(server.uri("/echo").toString().replace("http:", "ws:")), new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS));

        assertThat(thrown).as("the server speaks no WebSocket").hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(observer.outcomes).isEmpty();
    }

    @Test
    void closingReachesTheClientBehindWhereTheJvmKnowsIt() throws Exception {
        var client = client(observer);
        client.send(request("/echo").build(), BodyHandlers.discarding());
        boolean known = Runtime.version().feature() >= 21;

        client.shutdown();
        Throwable afterwards = catchThrowable(() -> client.send(request("/echo").build(), BodyHandlers.discarding()));
        assertThat(client.awaitTermination(Duration.ofSeconds(10))).isTrue();
        client.close();
        client.shutdownNow();

        assertThat(afterwards instanceof IOException)
                .as("a closed client makes no calls")
                .isEqualTo(known);
        assertThat(client.isTerminated()).isEqualTo(known);
        assertThat(observer.outcomes).hasSize(2);
        assertThatNullPointerException().isThrownBy(() -> client.awaitTermination(null));
    }

    @Test
    void misuseSaysWhatIsWrong() {
        HttpClient observed = client(new Logging("other", List.of()), observer);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObservedHttpClient.of(observed, observer))
                .withMessageContaining(RecordingObserver.class.getName())
                .withMessageContaining("give each observer once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObservedHttpClient.of(plain, List.of(observer, observer)))
                .withMessageContaining("give each observer once");
        assertThat(ObservedHttpClient.of(observed, new RecordingObserver())).isNotNull();
        assertThatNullPointerException()
                .isThrownBy(() -> ObservedHttpClient.of(null, observer))
                .withMessage("client");
        assertThatNullPointerException().isThrownBy(() -> ObservedHttpClient.of(plain, (ClientObserver) null));
        assertThatNullPointerException()
                .isThrownBy(() -> client(observer).send(null, BodyHandlers.discarding()))
                .withMessage("request");
    }

    private ObservedHttpClient client(ClientObserver... observers) {
        return ObservedHttpClient.of(plain, observers);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inAnotherThread(Runnable action) throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(action).get(10, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    private record Logging(String name, List<String> log) implements ClientObserver {
        @Override
        public Observation onStart(HttpRequest request) {
            log.add(name + " starts");
            return outcome -> log.add(name + " ends");
        }
    }

    private static final class Throwing extends RecordingObserver {
        private final Place place;

        Throwing(Place place) {
            this.place = place;
        }

        private void throwAt(Place here) {
            if (here == place) {
                throw new AssertionError("observers must not do this");
            }
        }

        @Override
        public Observation onStart(HttpRequest request) {
            throwAt(Place.START);
            return this;
        }

        @Override
        public Map<String, String> requestHeaders() {
            throwAt(Place.HEADERS);
            var headers = new HashMap<String, String>();
            if (place == Place.MAP) {
                headers.put("X-Null", null);
            }
            return headers;
        }

        @Override
        public void onEnd(ClientOutcome outcome) {
            throwAt(Place.END);
            super.onEnd(outcome);
        }
    }

    private final class OwnRequest extends HttpRequest {
        private final String method;

        OwnRequest(String method) {
            this.method = method;
        }

        @Override
        public Optional<BodyPublisher> bodyPublisher() {
            return Optional.empty();
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public Optional<Duration> timeout() {
            return Optional.empty();
        }

        @Override
        public boolean expectContinue() {
            return false;
        }

        @Override
        public URI uri() {
            return server.uri("/echo");
        }

        @Override
        public Optional<HttpClient.Version> version() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("X-Own", List.of("yes")), (name, value) -> true);
        }
    }
}
