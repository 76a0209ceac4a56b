package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket (RFC 6455), sends a ping, waits for the pong with the same bytes, and closes. What the server sends beside is
 * passed over unread. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("prices", WebSocketCheck.of(URI.create("wss://prices.example.com/stream")))
 * }</pre>
 *
 * <p>Redirects are not followed. Reasons and details name scheme, host and port of the URI, never its path, query or headers. Each run
 * has a connection of its own and leaves none; no client and no thread stands behind it, and no proxy is asked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2">RFC 6455, section 5.5.2</a>
 */
public final class WebSocketCheck implements HealthCheck {
    /** What the server mixes the key with, RFC 6455, section 1.3. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** 1000, the purpose is fulfilled; RFC 6455, section 7.4.1. */
    private static final byte[] NORMAL = {3, (byte) 232};

    private final URI uri;
    private final HttpRequest handshake;
    private final @Nullable String subprotocol;
    private final @Nullable SSLContext tls;

    private WebSocketCheck(URI uri, HttpRequest handshake, @Nullable String subprotocol, @Nullable SSLContext tls) {
        this.uri = uri;
        this.handshake = handshake;
        this.subprotocol = subprotocol;
        this.tls = tls;
    }

    /**
     * {@return a check of a WebSocket server}
     *
     * @param uri with the scheme ws or wss, without user info
     * @throws IllegalArgumentException if it is not like that
     */
    public static WebSocketCheck of(@Nullable URI uri) {
        URI given = Uris.required(uri, "wss", "ws");
        HttpRequest handshake = HttpRequest.newBuilder(
                        URI.create("http" + given.toString().substring(2)))
                .build();
        return new WebSocketCheck(given, handshake, null, null);
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
        return new WebSocketCheck(uri, Headers.with(handshake, name, value), subprotocol, tls);
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
        return new WebSocketCheck(uri, handshake, name, tls);
    }

    /**
     * {@return this check with the application's own TLS: whom it trusts, and what certificate it shows}
     *
     * @param context the context; the JVM's default where this is not called
     * @throws IllegalArgumentException if there is none
     */
    public WebSocketCheck tls(@Nullable SSLContext context) {
        SSLContext given = Options.given(context, "tls(null): leave the option out for the JVM's default");
        return new WebSocketCheck(uri, handshake, subprotocol, given);
    }

    @Override
    public HealthResult check(Deadline deadline) {
        return ask(deadline).withDetail("target", Uris.shown(uri));
    }

    private HealthResult ask(Deadline deadline) {
        boolean open = false;
        try (Line line = Line.open(handshake.uri(), tls, deadline)) {
            String key = Base64.getEncoder().encodeToString(random(16));
            line.write(Http1.head(handshake, upgrade(key)));
            Http1.Head answer = Http1.readHead(line);
            if (answer.status() != 101) {
                return HealthResult.down("handshake answered " + answer.status() + ", not 101");
            }
            if (!accept(key).equals(answer.fields().get("sec-websocket-accept"))) {
                return HealthResult.down("handshake answered with another key");
            }
            open = true;
            byte[] payload = random(8);
            line.write(Frames.control(Frames.PING, payload));
            while (!Arrays.equals(payload, Frames.nextPong(line))) {
                // Something else: the deadline ends this, whatever comes.
            }
            line.write(Frames.control(Frames.CLOSE, NORMAL));
            return HealthResult.up();
        } catch (SocketTimeoutException slow) {
            return HealthResult.down(open ? "no pong in time" : "no answer in time");
        } catch (IOException failure) {
            return Failures.down(failure);
        }
    }

    private String upgrade(String key) {
        return "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key
                + "\r\n" + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n");
    }

    private static String accept(String key) {
        try {
            // What the protocol wants, as a sign of having understood; no secret stands behind it.
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-1", impossible);
        }
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return random;
    }
}
