package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures the requests that an application serves, by OpenTelemetry's semantic conventions for HTTP metrics: the
 * histogram {@code http.server.request.duration} (Prometheus: {@code http_server_request_duration_seconds}) and the
 * gauge {@code http.server.active_requests}. Safe for use by many threads.
 *
 * <pre>{@code
 * HttpServerMetrics http = HttpServerMetrics.builder(registry)
 *     .route("POST", "/orders", 201, 500)
 *     .route("GET", "/orders/{id}")
 *     .slo(Slo.availability("orders", 99.9).routes("/orders", "/orders/{id}"))
 *     .slo(Slo.latency("orders-fast", 99, Duration.ofSeconds(2)).routes("/orders", "/orders/{id}"))
 *     .build();
 * }</pre>
 *
 * <p>The histogram has the buckets that OpenTelemetry advises, and one at the threshold of each objective on latency.
 * Its labels, none of which a client can widen:
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
 * <tr><td>{@code vitals.kind}</td><td>empty for a request that was answered; {@code streaming} where the answer stays
 *     open, {@code aborted} where the client went away: neither is an event of an objective</td></tr>
 * </table>
 *
 * <p>OpenTelemetry leaves {@code error.type} and the status off where there is none. Micrometer wants the same keys on
 * every series of a meter, so here they are there and empty: to Prometheus an empty label and a missing one are the
 * same, and {@code {error_type=""}} finds the requests that went well whoever instrumented the service. The gauge has
 * method and scheme, those that a request began with.
 *
 * <p>Each label is bounded, and so is what they make together, or a client that tries every method on every route would
 * multiply them: 1,000 combinations of values, or five for each route where more than 200 routes are told apart. A
 * combination that comes after them has {@code _OTHER} as its route and, if it has one, as its error's type; after 200
 * more of these also as its method and its scheme, so that at the most two for each status and kind are made from there
 * on. No request is lost, status and kind stay true, and an empty {@code error.type} stays empty; what was folded is
 * counted in {@code vitals.labels.folded}. To Prometheus one combination is 18 series (15 buckets, sum, count and
 * maximum), and one more for each threshold that is not among the advised buckets: 50 routes that answer with four
 * statuses, each with three types of error, are 10,800.
 *
 * <p>Two instrumentations that count the same requests mislead whoever adds them up. {@link Family} says which one
 * counts, the system property {@code vitals.metrics.http.server} (or the environment variable
 * {@code VITALS_METRICS_HTTP_SERVER}) with {@code auto}, {@code vitals} or {@code other} has the last word, and one line
 * of the log tells how it was decided. Where Vitals counts, Micrometer's family {@code http.server.requests} is denied in
 * this registry: make this before other meters, since Micrometer warns of filters that come late.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">Semantic conventions for HTTP
 *     metrics</a>
 */
public final class HttpServerMetrics implements RequestObserver {
    private static final int MOST_COMBINATIONS = 1_000;
    private static final int COMBINATIONS_A_ROUTE = 5;

    private final @Nullable ServedRequests served;

    private final List<Indicator> indicators;

    private HttpServerMetrics(@Nullable ServedRequests served, List<Indicator> indicators) {
        this.served = served;
        this.indicators = indicators;
    }

    /** Who counts the requests that an application serves. */
    public enum Family {
        /**
         * Whoever does so already: the OpenTelemetry agent where it is attached and exports metrics, or what has
         * registered {@code http.server.requests} or {@code http.server.request.duration} in this registry before;
         * else Vitals. The default.
         */
        AUTO,
        /** Vitals; what is there of {@code http.server.requests} is removed from the registry. */
        VITALS,
        /** Another instrumentation; Vitals registers nothing, the meters of objectives neither. */
        OTHER
    }

    /**
     * {@return an observer that tells 200 routes apart; the ones after them are {@code _OTHER}}
     *
     * @param registry where the meters go
     * @throws IllegalArgumentException as {@link Builder#build}
     */
    public static HttpServerMetrics of(MeterRegistry registry) {
        return builder(registry).build();
    }

    /**
     * {@return a builder}
     *
     * @param registry where the meters go
     */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(requireNonNull(registry, "registry"), Surroundings.ofThisProcess());
    }

    static Builder builder(MeterRegistry registry, Surroundings around) {
        return new Builder(registry, around);
    }

    @Override
    public Phase phase() {
        return Phase.MEASURE;
    }

    @Override
    public @Nullable Observation onStart(Request request) {
        return served == null ? null : served.start(request);
    }

    Indicator indicator(Slo slo) {
        return Indicator.find(slo, indicators, "HttpServerMetrics");
    }

    /** Collects what is to be measured; for one thread. */
    public static final class Builder {
        private final MeterRegistry registry;
        private final Surroundings around;
        private final Set<ServerPlan.Named> named = new LinkedHashSet<>();
        private final Set<String> streaming = new LinkedHashSet<>();
        private final List<Slo> slos = new ArrayList<>();
        private int mostRoutes = HttpDefinitions.MOST_ROUTES;
        private String scheme = "http";
        private Family family = Family.AUTO;

        private Builder(MeterRegistry registry, Surroundings around) {
            this.registry = registry;
            this.around = around;
        }

        /**
         * Says how many routes are told apart; the ones after them are {@code _OTHER}, counted in
         * {@code vitals.labels.folded}.
         *
         * @param most at least 1; 200 unless this says otherwise
         * @return this
         * @throws IllegalArgumentException if the number is below 1
         */
        public Builder mostRoutes(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("mostRoutes(" + most + ") must be at least 1");
            }
            mostRoutes = most;
            return this;
        }

        /**
         * Names a route, so that its requests with status 200 and 500 are there at zero before the first one comes: a
         * rate needs two samples, and the first error is one that somebody wants to see. An exception that reaches the
         * adapter has its class as {@code error.type}, a series that cannot be there before it; what an objective
         * counts is.
         *
         * @param method the method, one of those that are told apart, in capitals
         * @param route the route, as the adapter tells it
         * @return this
         * @throws IllegalArgumentException if the method is not known
         */
        public Builder route(String method, String route) {
            return route(method, route, 200, 500);
        }

        /**
         * Names a route with other statuses; see {@link #route(String, String)}.
         *
         * @param method the method, one of those that are told apart, in capitals
         * @param route the route, as the adapter tells it
         * @param statuses with which statuses it answers, 100 to 599
         * @return this
         * @throws IllegalArgumentException if the method is not known or a status is none
         */
        public Builder route(String method, String route, int... statuses) {
            if (RequestCode.method(method) == 0) {
                throw new IllegalArgumentException("the method \"" + method + "\" of the route \"" + route
                        + "\" is none that is told apart: write GET, POST and the like in capitals");
            }
            for (int status : statuses) {
                if (RequestCode.status(status) == 0) {
                    throw new IllegalArgumentException(
                            "the route \"" + route + "\" cannot answer with the status " + status);
                }
                named.add(new ServerPlan.Named(method, route, status));
            }
            return this;
        }

        /**
         * Says which scheme the requests of the named routes come with.
         *
         * @param named {@code https} where the server itself ends TLS; {@code http}, the default, behind a proxy
         * @return this
         * @throws IllegalArgumentException if it is neither
         */
        public Builder scheme(String named) {
            if (RequestCode.scheme(named) == 0) {
                throw new IllegalArgumentException("scheme(\"" + named + "\") must be http or https");
            }
            scheme = named;
            return this;
        }

        /**
         * Adds an objective: its meters are registered, and its threshold, if it has one, becomes a bucket.
         *
         * @param slo an objective about requests, of all routes or of some
         * @return this
         * @throws IllegalArgumentException if it is about operations
         */
        public Builder slo(Slo slo) {
            if (!slo.isAboutRequests()) {
                throw new IllegalArgumentException("the objective \"" + slo.name()
                        + "\" is about operations: give it to Operations.builder instead");
            }
            slos.add(slo);
            return this;
        }

        /**
         * Says which routes keep their answers open, whatever the adapter sees: server-sent events, long polls,
         * downloads without an end. Their requests have {@code streaming} as their kind, unless the status is 400 or
         * above: those were answered.
         *
         * @param routes the routes, as the adapter tells them
         * @return this
         */
        public Builder streaming(String... routes) {
            streaming.addAll(Arrays.asList(routes));
            return this;
        }

        /**
         * Says who counts; the property {@code vitals.metrics.http.server} overrides it.
         *
         * @param chosen {@link Family#AUTO} unless this says otherwise
         * @return this
         */
        public Builder family(Family chosen) {
            family = requireNonNull(chosen, "family");
            return this;
        }

        /**
         * {@return the observer, its meters registered; where another instrumentation counts, one that does nothing}
         *
         * @throws IllegalArgumentException if the registry has an observer of this kind already, if the property's
         *     value is none, if a route is empty or longer than 256 characters, if an objective is about streaming routes alone, if objectives have the same name or more than ten different thresholds, or if more is
         *     named than the bounds have room for
         */
        public HttpServerMetrics build() {
            requireTheFirst();
            long most = Math.max(MOST_COMBINATIONS, (long) COMBINATIONS_A_ROUTE * mostRoutes);
            var plan = new ServerPlan(named, streaming, slos);
            plan.requireSound(mostRoutes, most);
            if (!HttpFamily.isOurs(family, registry, around)) {
                return new HttpServerMetrics(
                        null, slos.stream().map(Indicator::unregistered).toList());
            }
            List<Indicator> indicators =
                    slos.stream().map(slo -> Indicator.register(slo, registry)).toList();
            var scrubber = Scrubber.standard();
            var served = new ServedRoutes(registry, scrubber, mostRoutes, Set.copyOf(streaming), indicators);
            var errorTypes = new ErrorTypes(registry, scrubber);
            var timers = new RequestTimers(registry, most, plan.thresholds(), errorTypes, served.other());
            var requests = new ServedRequests(registry, served, errorTypes, timers);
            plan.routes().forEach(served::of);
            named.forEach(one -> requests.name(one.method(), one.route(), scheme, one.status()));
            return new HttpServerMetrics(requests, indicators);
        }

        private void requireTheFirst() {
            var ours = registry.find(SelfDefinitions.LABELS_FOLDED.meter())
                    .tag("meter", HttpDefinitions.SERVER_DURATION.meter());
            if (ours.meter() != null) {
                throw new IllegalArgumentException("this registry has an HttpServerMetrics already: share one"
                        + " HttpServerMetrics among all servers");
            }
        }
    }
}
