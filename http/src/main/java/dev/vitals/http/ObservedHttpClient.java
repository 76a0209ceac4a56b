package dev.vitals.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HttpClient} under the eyes of {@link ClientObserver}s. It does what the client behind it does: same answers,
 * same exceptions, same interruption, and cancelling the future that it returns cancels the exchange where it did
 * before. No observer can harm a call. As safe for use by many threads as the client behind it.
 *
 * <pre>{@code
 * HttpClient client = ObservedHttpClient.of(HttpClient.newHttpClient(), HttpClientMetrics.of(registry));
 * }</pre>
 *
 * <p>One call of {@code send} or {@code sendAsync} is one observation, however many redirects and retries the client
 * makes of it; its outcome has the last answer. It begins with the call and ends when {@code send} returns or throws,
 * or when the future is completed, by whomever. What the body handler does until then is part of it. A handler whose
 * body is a stream to be read later ({@code ofInputStream}, {@code ofLines}, {@code ofPublisher}) is done with the
 * headers, so the call ends before its body has come.
 *
 * <p>Observers are asked in their order at the start and told in reverse at the end, before the caller has the answer.
 * The headers that they want replace those of the caller; of two observers that want the same one, the first has it.
 * Where none wants any, the caller's request object is passed on as it is; else a copy by
 * {@link HttpRequest#newBuilder(HttpRequest, java.util.function.BiPredicate)}. WebSockets and pushed responses are not
 * observed.
 */
public final class ObservedHttpClient extends HttpClient {
    private final HttpClient client;
    private final ClientObservers observers;

    private ObservedHttpClient(HttpClient client, ClientObservers observers) {
        this.client = client;
        this.observers = observers;
    }

    /**
     * {@return this client, observed}
     *
     * @param client who makes the calls
     * @param observers who watches, in the order in which they are asked at the start of a call
     * @throws IllegalArgumentException if one of the observers is given twice, or watches this client already
     */
    public static ObservedHttpClient of(HttpClient client, ClientObserver... observers) {
        return of(client, List.of(requireNonNull(observers, "observers")));
    }

    /**
     * {@return this client, observed}
     *
     * @param client who makes the calls
     * @param observers who watches, in the order in which they are asked at the start of a call
     * @throws IllegalArgumentException if one of the observers is given twice, or watches this client already
     */
    public static ObservedHttpClient of(HttpClient client, List<? extends ClientObserver> observers) {
        requireNonNull(client, "client");
        List<ClientObserver> all = List.copyOf(requireNonNull(observers, "observers"));
        for (int i = 0; i < all.size(); i++) {
            if (watches(client, all.get(i)) || isIn(all.subList(0, i), all.get(i))) {
                throw new IllegalArgumentException("this client is watched by this "
                        + all.get(i).getClass().getName()
                        + " already, and each call would count twice: give each observer once");
            }
        }
        return new ObservedHttpClient(client, new ClientObservers(all));
    }

    private static boolean watches(HttpClient client, ClientObserver observer) {
        return client instanceof ObservedHttpClient observed
                && (isIn(observed.observers.all(), observer) || watches(observed.client, observer));
    }

    private static boolean isIn(List<ClientObserver> observers, ClientObserver observer) {
        return observers.stream().anyMatch(other -> other == observer);
    }

    /** {@return how often an observer has thrown so far, or wanted a header that the request could not carry} */
    public long failures() {
        return observers.failures();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        ClientCall call = observers.start(requireNonNull(request, "request"));
        try {
            HttpResponse<T> response = client.send(call.request(), handler);
            call.end(response, null);
            return response;
        } catch (Throwable thrown) {
            call.end(null, thrown);
            throw thrown;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return observed(request, observed -> client.sendAsync(observed, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return observed(request, observed -> client.sendAsync(observed, handler, pushes));
    }

    private <T> CompletableFuture<HttpResponse<T>> observed(
            HttpRequest request, Function<HttpRequest, CompletableFuture<HttpResponse<T>>> sending) {
        ClientCall call = observers.start(requireNonNull(request, "request"));
        try {
            return ObservedFuture.of(sending.apply(call.request()), call);
        } catch (Throwable thrown) {
            call.end(null, thrown);
            throw thrown;
        }
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    // From Java 21 on, a client can be closed. Compiled for 17, these override what they cannot name there.

    /**
     * Closes the client behind it, as Java 21's {@code HttpClient.close()} says. Does nothing on an older Java, where a
     * client cannot be closed.
     */
    public void close() {
        ClientLifecycle.close(client);
    }

    /**
     * Lets the client behind it take no further calls, as Java 21's {@code HttpClient.shutdown()} says. Does nothing on
     * an older Java.
     */
    public void shutdown() {
        ClientLifecycle.shutdown(client);
    }

    /**
     * Lets the client behind it end at once, as Java 21's {@code HttpClient.shutdownNow()} says. Does nothing on an
     * older Java.
     */
    public void shutdownNow() {
        ClientLifecycle.shutdownNow(client);
    }

    /**
     * Waits for the client behind it to end, as Java 21's {@code HttpClient.awaitTermination(Duration)} says.
     *
     * @param duration how long to wait at the most
     * @return whether it has ended; true on an older Java, where it cannot be ended
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return ClientLifecycle.awaitTermination(client, duration);
    }

    /**
     * {@return whether the client behind it has ended, as Java 21's {@code HttpClient.isTerminated()} says; false on an
     * older Java}
     */
    public boolean isTerminated() {
        return ClientLifecycle.isTerminated(client);
    }

    @Override
    public String toString() {
        return "observed " + client;
    }
}
