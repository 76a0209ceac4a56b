package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a web server, and is UP when the status and the body are what they should be: by default any status from 200 to 299,
 * and any body. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("pricing", HttpCheck.get(URI.create("https://pricing.example.com/ping"))
 *     .expecting(200)
 *     .expectingBody("says pong", body -> body.contains("pong")))
 * }</pre>
 *
 * <p>The body is read as UTF-8, 64 KiB at the most; where it is longer, the test of the body has failed, and without one the rest
 * is not waited for. Redirects (RFC 9110, section 15.4) are followed where they stay with the same host and port, or lead there from plain HTTP
 * to HTTPS; 5 in a row at the most. What is still under way when the deadline passes is cancelled, and its connection closed.
 *
 * <p>Reasons and details name scheme, host and port of the URI, never its path, query or headers.
 *
 * <p>Each run has a connection of its own, over HTTP/1.1, and leaves none; no client, pool or thread stands behind it. For a proxy, for
 * certificates of one's own or for HTTP/2 there is {@link #client}.
 *
 * <p>Measures {@code http.status} (1) where there is an answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110</a>
 */
public final class HttpCheck implements HealthCheck {
    private static final int MOST_REDIRECTS = 5;
    private static final int KIB = 1024;

    private final HttpRequest request;
    private final Exchange exchange;
    private final Set<Integer> statuses;
    private final @Nullable BodyTest bodyTest;
    private final int bodyLimit;

    /** What a body should be, in words for people, and as a test. */
    private record BodyTest(String what, Predicate<String> test) {}

    private HttpCheck(
            HttpRequest request, Exchange exchange, Set<Integer> statuses, @Nullable BodyTest bodyTest, int bodyLimit) {
        this.request = request;
        this.exchange = exchange;
        this.statuses = statuses;
        this.bodyTest = bodyTest;
        this.bodyLimit = bodyLimit;
    }

    /**
     * {@return a check that sends GET}
     *
     * @param uri with the scheme http or https, without user info
     * @throws IllegalArgumentException if it is not like that
     */
    public static HttpCheck get(@Nullable URI uri) {
        return of("GET", uri);
    }

    /**
     * {@return a check that sends HEAD, which is answered without a body}
     *
     * @param uri with the scheme http or https, without user info
     * @throws IllegalArgumentException if it is not like that
     */
    public static HttpCheck head(@Nullable URI uri) {
        return of("HEAD", uri);
    }

    private static HttpCheck of(String method, @Nullable URI uri) {
        HttpRequest request = HttpRequest.newBuilder(Uris.required(uri, "https", "http"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return new HttpCheck(request, new Http1(), Set.of(), null, 64 * KIB);
    }

    /**
     * {@return this check with the statuses that are UP} A redirect among them is not followed.
     *
     * @param status one or more from 200 to 599
     * @throws IllegalArgumentException if there is none, or no such status
     */
    public HttpCheck expecting(int... status) {
        var expected = new TreeSet<Integer>();
        for (int one : status) {
            expected.add(one);
        }
        if (expected.isEmpty() || expected.first() < 200 || expected.last() > 599) {
            throw new IllegalArgumentException("expecting(" + Arrays.toString(status)
                    + ") makes no sense: give one status or more, from 200 to 599");
        }
        return new HttpCheck(request, exchange, expected, bodyTest, bodyLimit);
    }

    /**
     * {@return this check with a test of the body} One that throws has failed.
     *
     * @param what what the body should be, for the reason, such as {@code "says pong"}
     * @param test asked on the check's thread
     */
    public HttpCheck expectingBody(String what, Predicate<String> test) {
        return new HttpCheck(request, exchange, statuses, new BodyTest(what, test), bodyLimit);
    }

    /**
     * {@return this check with a header more, which no report shows}
     *
     * @param name the header's name
     * @param value its value
     * @throws IllegalArgumentException if HTTP or the JDK's client does not allow it
     */
    public HttpCheck header(String name, String value) {
        return new HttpCheck(Headers.with(request, name, value), exchange, statuses, bodyTest, bodyLimit);
    }

    /**
     * {@return this check with another limit for the body}
     *
     * @param bytes from 1 B to 16 MiB
     * @throws IllegalArgumentException if the limit is not in that range
     */
    public HttpCheck bodyLimit(int bytes) {
        if (bytes < 1 || bytes > 16 * KIB * KIB) {
            throw new IllegalArgumentException("bodyLimit(" + bytes + ") makes no sense: from 1 to 16 MiB");
        }
        return new HttpCheck(request, exchange, statuses, bodyTest, bytes);
    }

    /**
     * {@return this check through the application's own client, which stays the application's} The JDK's client leaves a
     * connection open where the answer is no HTTP at all; without the option, the check closes it.
     *
     * @param own one that follows no redirects by itself, which is the JDK's default
     * @throws IllegalArgumentException if there is none, or it follows redirects
     */
    public HttpCheck client(@Nullable HttpClient own) {
        return new HttpCheck(request, ClientExchange.of(own), statuses, bodyTest, bodyLimit);
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        return follow(deadline).withDetail("target", Uris.shown(request.uri()));
    }

    private HealthResult follow(Deadline deadline) throws InterruptedException {
        HttpRequest next = request;
        try {
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                Answer answer = exchange.send(next, bodyLimit, bodyTest != null, deadline);
                int status = answer.status();
                String location = answer.location();
                if (isExpected(status) || !isRedirect(status) || location == null) {
                    return judge(answer).withMeasurement("http.status", "1", status);
                }
                URI to = next.uri().resolve(URI.create(location));
                if (!Uris.staysAt(next.uri(), to)) {
                    return HealthResult.down("redirects to another host or port")
                            .withMeasurement("http.status", "1", status);
                }
                next = HttpRequest.newBuilder(next, (name, value) -> true)
                        .uri(to)
                        .build();
            }
            return HealthResult.down("redirects more than " + MOST_REDIRECTS + " times");
        } catch (IllegalArgumentException broken) {
            return HealthResult.down("redirects to what is no URI");
        } catch (IOException | TimeoutException | ExecutionException failure) {
            return Failures.down(failure);
        }
    }

    private HealthResult judge(Answer answer) {
        int status = answer.status();
        if (!isExpected(status)) {
            String expected = statuses.isEmpty() ? "200 to 299" : statuses.toString();
            return HealthResult.down("answered " + status + ", not " + expected);
        }
        BodyTest wanted = bodyTest;
        if (wanted == null) {
            return HealthResult.up();
        }
        if (!answer.whole()) {
            return HealthResult.down("the body is longer than " + Text.bytes(bodyLimit));
        }
        try {
            return wanted.test().test(answer.body())
                    ? HealthResult.up()
                    : HealthResult.down("the body fails: " + wanted.what());
        } catch (RuntimeException failure) {
            // Its message may quote the body.
            return HealthResult.down("the body fails: " + wanted.what() + ": "
                    + failure.getClass().getSimpleName());
        }
    }

    private boolean isExpected(int status) {
        return statuses.isEmpty() ? status >= 200 && status < 300 : statuses.contains(status);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
}
