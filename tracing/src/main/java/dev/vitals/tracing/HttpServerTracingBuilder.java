package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Request;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link HttpServerTracing}. For use by one thread; all that it builds afterwards is independent of it.
 *
 * <pre>{@code
 * HttpServerTracing tracing = HttpServerTracing.builder(openTelemetry)
 *     .trustedProxies("10.0.0.0/8")
 *     .recordClientAddress()
 *     .responseHeader("X-Request-Trace")
 *     .build();
 * }</pre>
 */
public final class HttpServerTracingBuilder {
    private final OpenTelemetry openTelemetry;
    private Predicate<? super Request> traced = HttpServerTracingBuilder::isNoProbe;
    private Set<String> methods = Conventions.METHODS;
    private boolean query;
    private boolean clientAddress;
    private TrustedProxies proxies = TrustedProxies.NONE;
    private @Nullable String responseHeader = "X-Trace-Id";
    private LogKeys logKeys = LogKeys.STANDARD;
    private Scrubber scrubber = Scrubber.standard();

    HttpServerTracingBuilder(OpenTelemetry openTelemetry) {
        this.openTelemetry = requireNonNull(openTelemetry, "openTelemetry");
    }

    /**
     * Says which requests are traced: unless told otherwise all but those for {@code /metrics}, {@code /health} and what
     * is below it.
     *
     * @param which called by every request thread, must neither block nor throw
     * @return this
     */
    public HttpServerTracingBuilder traced(Predicate<? super Request> which) {
        this.traced = requireNonNull(which, "which");
        return this;
    }

    /**
     * Says which methods are told by their names, in the place of those of RFC 9110, RFC 5789 (PATCH) and QUERY: every
     * other one is {@code _OTHER}, and {@code HTTP} in names of spans. For a server of WebDAV, say.
     *
     * @param all all that are known, in their own case
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no method
     */
    public HttpServerTracingBuilder knownMethods(String... all) {
        for (String method : all) {
            requireToken(method, "a method");
        }
        if (all.length == 0) {
            throw new IllegalArgumentException("no method is known: name all that your server serves, GET among them");
        }
        this.methods = Set.copyOf(List.of(all));
        return this;
    }

    /**
     * Records the query as {@code url.query}, without its secrets and what else is private in it: by the rules of
     * {@link Scrubber#scrubUrl}. Off unless called: much that is private has no shape by which it could be known.
     *
     * @return this
     */
    public HttpServerTracingBuilder recordQuery() {
        this.query = true;
        return this;
    }

    /**
     * Records the client's address as {@code client.address}, as it is: what a {@linkplain #trustedProxies trusted proxy}
     * says, else the other end of the connection. Off unless called: it is personal data.
     *
     * @return this
     */
    public HttpServerTracingBuilder recordClientAddress() {
        this.clientAddress = true;
        return this;
    }

    /**
     * Names the proxies that are believed: where a request comes from one of them, {@code Forwarded} (RFC 7239), or else
     * {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}, say the client's address, the scheme, the
     * server's address and its port. They are read from the right; the first address that is no trusted proxy's is the
     * client's. What cannot be read is not believed. Nobody is trusted unless named.
     *
     * <p>A trusted proxy must write these headers itself, or add to them: one that passes on what a client sent passes on
     * what a client invented.
     *
     * @param cidrs addresses or ranges of IPv4 and IPv6, for example {@code 10.0.0.0/8} or {@code 2001:db8::1}
     * @return this
     * @throws IllegalArgumentException if there is none, one is neither, or one is an address within a range
     */
    public HttpServerTracingBuilder trustedProxies(String... cidrs) {
        this.proxies = TrustedProxies.of(cidrs);
        return this;
    }

    /**
     * Names the header of the response that carries the trace's id, {@code X-Trace-Id} unless told otherwise.
     *
     * @param name the header's name
     * @return this
     * @throws IllegalArgumentException if it is no name of a header
     */
    public HttpServerTracingBuilder responseHeader(String name) {
        requireToken(name, "a header's name");
        this.responseHeader = name;
        return this;
    }

    /**
     * Leaves the response as it is.
     *
     * @return this
     */
    public HttpServerTracingBuilder noResponseHeader() {
        this.responseHeader = null;
        return this;
    }

    /**
     * Names the keys in SLF4J's MDC, {@link LogKeys#STANDARD} unless told otherwise.
     *
     * @param keys the keys
     * @return this
     */
    public HttpServerTracingBuilder logKeys(LogKeys keys) {
        this.logKeys = requireNonNull(keys, "keys");
        return this;
    }

    /**
     * Names the scrubber, {@link Scrubber#standard()} unless told otherwise.
     *
     * @param scrubber takes what is private out of what spans say
     * @return this
     */
    public HttpServerTracingBuilder scrubber(Scrubber scrubber) {
        this.scrubber = requireNonNull(scrubber, "scrubber");
        return this;
    }

    /** {@return the observer} */
    public HttpServerTracing build() {
        var options = new ServerAttributes.Options(methods, query, clientAddress, proxies);
        return new HttpServerTracing(
                Conventions.tracer(openTelemetry),
                Conventions.propagator(openTelemetry),
                traced,
                new ServerAttributes(scrubber, options),
                new Telling(responseHeader, logKeys));
    }

    private static void requireToken(String text, String what) {
        requireNonNull(text, what);
        if (text.isEmpty() || !text.chars().allMatch(c -> BaggageHeader.isTokenPart((char) c))) {
            throw new IllegalArgumentException(what + " is made of letters, digits and " + BaggageHeader.TOKEN_MARKS
                    + " (RFC 9110, 5.6.2), not so \"" + text + "\"");
        }
    }

    private static boolean isNoProbe(Request request) {
        String path = request.path();
        return !path.equals("/metrics") && !path.equals("/health") && !path.startsWith("/health/");
    }
}
