package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the requests that an application serves, by OpenTelemetry's semantic conventions for HTTP metrics: the
 * histogram {@code http.server.request.duration} (Prometheus: {@code http_server_request_duration_seconds}) and the
 * gauge {@code http.server.active_requests}. Safe for use by many threads.
 *
 * <p>The histogram has the buckets that OpenTelemetry advises, and one at 2 s. Its labels, none of which a client can
 * widen:
 *
 * <table>
 * <caption>Labels</caption>
 * <tr><th>label</th><th>value</th></tr>
 * <tr><td>{@code http.request.method}</td><td>a method of RFC 9110, RFC 5789 or QUERY; else {@code _OTHER}</td></tr>
 * <tr><td>{@code http.route}</td><td>the route; {@code _OTHER} where none matched, and past the bound</td></tr>
 * <tr><td>{@code http.response.status_code}</td><td>100 to 599; empty where none is known</td></tr>
 * <tr><td>{@code url.scheme}</td><td>{@code http}, {@code https}, else {@code _OTHER}</td></tr>
 * <tr><td>{@code error.type}</td><td>the class of what the application threw; else the status where it is 5xx; else
 *     empty</td></tr>
 * </table>
 *
 * <p>OpenTelemetry leaves {@code error.type} and the status off where there is none. Micrometer wants the same keys on
 * every series of a meter, so here they are there and empty: to Prometheus an empty label and a missing one are the
 * same, and {@code {error_type=""}} finds the requests that went well whoever instrumented the service.
 *
 * <p>Each label is bounded, and so is what they make together, or a client that tries every method on every route would
 * multiply them: 1,000 combinations of values, or five for each route where more than 200 routes are told apart. A
 * combination that comes after them has {@code _OTHER} as its route and, if it has one, as its error's type; after 200
 * more of these also as its method and its scheme, so that at the most two for each status are made from there on. No
 * request is lost, the status stays true, and an empty {@code error.type} stays empty; what was folded is counted in
 * {@code vitals.labels.folded}. To Prometheus one combination is 19 series: 16 buckets, sum, count and maximum.
 *
 * <p>The gauge carries no labels: the request that ends need not look like the one that began.
 */
public final class HttpServerMetrics implements RequestObserver {
    private static final int MOST_ROUTES = 200;
    private static final int MOST_ERROR_TYPES = 50;
    private static final int MOST_COMBINATIONS = 1_000;
    private static final int COMBINATIONS_A_ROUTE = 5;
    private static final String NONE = "";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    /** By status, so that none is turned into text for each request. */
    private static final String[] STATUSES = IntStream.range(0, 600)
            .mapToObj(status -> status < 100 ? NONE : Integer.toString(status))
            .toArray(String[]::new);

    private final BoundedLabel routes;
    private final BoundedLabel errorTypes;
    private final LongAdder active = new LongAdder();
    private final RequestTimers timers;
    /** One for all requests: what differs between them comes with the outcome. */
    private final Observation observation = this::ended;

    private HttpServerMetrics(MeterRegistry registry, int mostRoutes) {
        String meter = HttpDefinitions.SERVER_DURATION.meter();
        Scrubber scrubber = Scrubber.standard();
        routes = new BoundedLabel(registry, scrubber, meter, HttpDefinitions.ROUTE.name(), mostRoutes);
        errorTypes = new BoundedLabel(registry, scrubber, meter, HttpDefinitions.ERROR_TYPE.name(), MOST_ERROR_TYPES);
        timers = new RequestTimers(registry, Math.max(MOST_COMBINATIONS, (long) COMBINATIONS_A_ROUTE * mostRoutes));
        Gauge.builder(HttpDefinitions.SERVER_ACTIVE.meter(), active::sum)
                .description(HttpDefinitions.SERVER_ACTIVE.description())
                .register(registry);
    }

    /**
     * {@return an observer that tells 200 routes apart; the ones after them are {@code _OTHER}}
     *
     * @param registry where the meters go
     * @throws IllegalArgumentException if the registry has an observer of this kind already
     */
    public static HttpServerMetrics of(MeterRegistry registry) {
        return of(registry, MOST_ROUTES);
    }

    /**
     * {@return an observer that tells so many routes apart}
     *
     * @param registry where the meters go
     * @param mostRoutes how many routes are told apart, at least 1; the ones after them are {@code _OTHER}, counted in
     *     {@code vitals.labels.folded}
     * @throws IllegalArgumentException if the registry has an observer of this kind already, or the number is below 1
     */
    public static HttpServerMetrics of(MeterRegistry registry, int mostRoutes) {
        requireNonNull(registry, "registry");
        if (mostRoutes < 1) {
            throw new IllegalArgumentException("mostRoutes(" + mostRoutes + ") must be at least 1");
        }
        if (registry.find(HttpDefinitions.SERVER_ACTIVE.meter()).meter() != null) {
            throw new IllegalArgumentException("this registry has " + HttpDefinitions.SERVER_ACTIVE.meter()
                    + " already: share one HttpServerMetrics among all servers, and leave it out where another"
                    + " instrumentation counts requests");
        }
        return new HttpServerMetrics(registry, mostRoutes);
    }

    @Override
    public Phase phase() {
        return Phase.MEASURE;
    }

    @Override
    public Observation onStart(Request request) {
        active.increment();
        return observation;
    }

    private void ended(Outcome outcome) {
        active.decrement();
        String route = outcome.route() == null ? BoundedLabel.OTHER : routes.of(outcome.route());
        String method =
                METHODS.contains(outcome.request().method()) ? outcome.request().method() : BoundedLabel.OTHER;
        String status = outcome.status() >= 0 && outcome.status() < STATUSES.length ? STATUSES[outcome.status()] : NONE;
        String scheme = scheme(outcome.request().scheme());
        String errorType = errorType(outcome.error(), status);
        timers.of(method, route, status, scheme, errorType)
                .record(Math.max(0, outcome.durationNanos()), TimeUnit.NANOSECONDS);
    }

    private String errorType(@Nullable Throwable error, String status) {
        if (error != null) {
            return errorTypes.of(error.getClass().getName());
        }
        return status.startsWith("5") ? status : NONE;
    }

    private static String scheme(String scheme) {
        return switch (scheme) {
            case "http", "https" -> scheme;
            default -> BoundedLabel.OTHER;
        };
    }
}
