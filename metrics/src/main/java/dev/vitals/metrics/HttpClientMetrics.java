package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.ClientObserver;
import dev.vitals.http.ClientOutcome;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures the calls that an application makes to other services, by OpenTelemetry's semantic conventions for HTTP
 * metrics: the histogram {@code http.client.request.duration} (Prometheus:
 * {@code http_client_request_duration_seconds}) with the buckets that OpenTelemetry advises. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * HttpClient client = ObservedHttpClient.of(HttpClient.newHttpClient(), HttpClientMetrics.of(registry));
 * }</pre>
 *
 * <table>
 * <caption>Labels</caption>
 * <tr><th>label</th><th>value</th></tr>
 * <tr><td>{@code http.request.method}</td><td>a method of RFC 9110, RFC 5789 or QUERY; else {@code _OTHER}</td></tr>
 * <tr><td>{@code server.address}, {@code server.port}</td><td>the host as the request's URI has it, in lower case, and
 *     its port, that of the scheme where it names none; past 50 such pairs {@code _OTHER} for both</td></tr>
 * <tr><td>{@code http.response.status_code}</td><td>100 to 599; empty where there was no answer. A throttled call has
 *     429</td></tr>
 * <tr><td>{@code error.type}</td><td>the class of the exception, {@code _OTHER} past 50 of them; else the status where
 *     it is 4xx or 5xx; else empty</td></tr>
 * </table>
 *
 * <p>1,000 combinations of these are told apart. One that comes after them has {@code _OTHER} as its server and, where
 * an exception ended the call, as its error's type; after 200 more of these also as its method. No call is lost, the
 * status stays true, and what was folded is counted in {@code vitals.labels.folded}. Of a URI, nothing but host and
 * port ever becomes a label.
 *
 * <p>Where a server says how many requests it still allows, the gauge {@code http.client.rate_limit.remaining} has its
 * last word. It reads {@code RateLimit} as the IETF's draft has it since its version 8, {@code RateLimit-Remaining} of
 * the earlier ones, and {@code X-RateLimit-Remaining}; a 429 with {@code Retry-After} means 0 for that time. When the window is over (after an
 * hour, where none was told), the gauge is NaN until the server says more. Servers past the bound have none.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
 */
public final class HttpClientMetrics implements ClientObserver {
    private static final String NONE = "";

    private final Clock clock;
    private final AskedServers servers;
    private final BoundedLabel errorTypes;
    private final ClientTimers timers;
    private final RateLimits rateLimits;
    /** One for all calls: what differs between them comes with the outcome. */
    private final Observation observation = this::ended;

    private HttpClientMetrics(MeterRegistry registry) {
        Scrubber scrubber = Scrubber.standard();
        clock = registry.config().clock();
        servers = new AskedServers(registry);
        errorTypes = new BoundedLabel(
                registry,
                scrubber,
                HttpDefinitions.CLIENT_DURATION.meter(),
                HttpDefinitions.CLIENT_ERROR_TYPE.name(),
                HttpDefinitions.MOST_ERROR_TYPES);
        timers = new ClientTimers(registry, servers);
        rateLimits = new RateLimits(registry);
    }

    /**
     * {@return an observer that measures calls}
     *
     * @param registry where the meters go; its clock tells when a rate limit's window is over
     * @throws IllegalArgumentException if the registry has an observer of this kind already
     */
    public static HttpClientMetrics of(MeterRegistry registry) {
        requireNonNull(registry, "registry");
        String meter = HttpDefinitions.CLIENT_DURATION.meter();
        boolean folds = registry.find(SelfDefinitions.LABELS_FOLDED.meter())
                        .tag("meter", meter)
                        .meter()
                != null;
        if (folds || registry.find(meter).meter() != null) {
            throw new IllegalArgumentException("this registry has " + meter
                    + " already: share one HttpClientMetrics among all clients, and leave it out where another"
                    + " instrumentation counts calls");
        }
        return new HttpClientMetrics(registry);
    }

    @Override
    public Observation onStart(HttpRequest request) {
        return observation;
    }

    private void ended(ClientOutcome outcome) {
        String method =
                RequestCode.methodName(RequestCode.method(outcome.request().method()));
        String status = RequestCode.statusText(outcome.status());
        AskedServer server = servers.of(outcome.request().uri());
        timers.of(server, method, status, errorType(outcome.error(), status))
                .record(Math.max(0, outcome.durationNanos()), TimeUnit.NANOSECONDS);
        if (server != servers.other()) {
            RateLimit limit = RateLimit.of(outcome.status(), outcome.headers(), clock.wallTime());
            if (limit != null) {
                rateLimits.told(server, limit);
            }
        }
    }

    private String errorType(@Nullable Throwable error, String status) {
        if (error != null) {
            return errorTypes.of(error.getClass().getName());
        }
        return status.startsWith("4") || status.startsWith("5") ? status : NONE;
    }
}
