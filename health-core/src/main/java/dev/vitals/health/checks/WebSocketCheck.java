package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket (RFC 6455), sends a ping, waits for the pong with the same bytes, and closes. What the server sends beside is
 * passed over unread. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("prices", WebSocketCheck.of(URI.create("wss://prices.example.com/stream")))
 * }</pre>
 *
 * <p>Redirects are not followed. Reasons and details name scheme, host and port of the URI, never its path, query or headers. The client
 * is as in {@link HttpCheck}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2">RFC 6455, section 5.5.2</a>
 */
public final class WebSocketCheck implements HealthCheck {
    private final URI uri;
    private final HttpRequest headers;
    private final @Nullable String subprotocol;
    private final Client client;

    private WebSocketCheck(URI uri, HttpRequest headers, @Nullable String subprotocol, Client client) {
        this.uri = uri;
        this.headers = headers;
        this.subprotocol = subprotocol;
        this.client = client;
    }

    /**
     * {@return a check of a WebSocket server}
     *
     * @param uri with the scheme ws or wss, without user info
     * @throws IllegalArgumentException if it is not like that
     */
    public static WebSocketCheck of(@Nullable URI uri) {
        URI given = Uris.required(uri, "wss", "ws");
        HttpRequest none =
                HttpRequest.newBuilder(URI.create("http://headers.invalid")).build();
        return new WebSocketCheck(given, none, null, Client.own());
    }

    /**
     * {@return this check with a header more in the opening handshake, which no report shows}
     *
     * @param name the header's name
     * @param value its value
     * @throws IllegalArgumentException if HTTP or the JDK's client does not allow it
     */
    public WebSocketCheck header(String name, String value) {
        if (name.regionMatches(true, 0, "Sec-WebSocket-", 0, "Sec-WebSocket-".length())) {
            throw Headers.refused(name);
        }
        return new WebSocketCheck(uri, Headers.with(headers, name, value), subprotocol, client);
    }

    /**
     * {@return this check with the subprotocol that it asks for}
     *
     * @param name as registered with IANA, or agreed on with the server
     * @throws IllegalArgumentException if that is no token
     */
    public WebSocketCheck subprotocol(String name) {
        if (name.isEmpty()
                || name.chars().anyMatch(c -> c <= ' ' || c > '~' || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is no subprotocol: letters, digits and signs such as '.', without spaces or commas");
        }
        return new WebSocketCheck(uri, headers, name, client);
    }

    /**
     * {@return this check with the application's own client, which stays the application's}
     *
     * @param own one that follows no redirects by itself, which is the JDK's default
     * @throws IllegalArgumentException if there is none, or it follows redirects
     */
    public WebSocketCheck client(@Nullable HttpClient own) {
        return new WebSocketCheck(uri, headers, subprotocol, Client.of(own));
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        return ask(deadline).withDetail("target", Uris.shown(uri));
    }

    private HealthResult ask(Deadline deadline) throws InterruptedException {
        var pong = new Pong();
        CompletableFuture<WebSocket> opening = null;
        try {
            client.lookUp(URI.create("http" + Uris.shown(uri).substring(2)));
            opening = open(pong, deadline);
            WebSocket socket = opening.get(Patience.nanos(deadline), TimeUnit.NANOSECONDS);
            socket.sendPing(pong.sent.duplicate())
                    .thenCompose(sent -> pong.came)
                    .get(Patience.nanos(deadline), TimeUnit.NANOSECONDS);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(Patience.nanos(deadline), TimeUnit.NANOSECONDS);
            return HealthResult.up();
        } catch (IOException | ExecutionException | TimeoutException failure) {
            if (pong.came.isDone() && !pong.came.isCompletedExceptionally()) {
                return HealthResult.up();
            }
            return down(failure, opening != null && opening.isDone() && !opening.isCompletedExceptionally());
        } finally {
            if (opening != null) {
                // Now, or as soon as it is open after all.
                var unused = opening.thenAccept(WebSocket::abort);
            }
        }
    }

    private CompletableFuture<WebSocket> open(Pong pong, Deadline deadline) {
        WebSocket.Builder builder = client.get()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofNanos(Math.max(1, Patience.nanos(deadline))));
        headers.headers().map().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        if (subprotocol != null) {
            builder.subprotocols(subprotocol);
        }
        return builder.buildAsync(uri, pong);
    }

    private static HealthResult down(Exception failure, boolean open) {
        if (Failures.unwrapped(failure) instanceof WebSocketHandshakeException refused
                && refused.getResponse() != null) {
            return HealthResult.down(
                    "handshake answered " + refused.getResponse().statusCode() + ", not 101");
        }
        String reason = Failures.reason(failure);
        return HealthResult.down(open && failure instanceof TimeoutException ? "no pong in time" : reason);
    }

    /** Waits for its pong and reads nothing else. */
    private static final class Pong implements WebSocket.Listener {
        final ByteBuffer sent = ByteBuffer.allocate(Long.BYTES)
                .putLong(0, ThreadLocalRandom.current().nextLong())
                .asReadOnlyBuffer();
        final CompletableFuture<Void> came = new CompletableFuture<>();

        @Override
        public @Nullable CompletableFuture<?> onPong(WebSocket socket, ByteBuffer message) {
            if (message.equals(sent)) {
                came.complete(null);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletableFuture<?> onClose(WebSocket socket, int code, String reason) {
            came.completeExceptionally(new IOException("closed"));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            came.completeExceptionally(failure);
        }
    }
}
