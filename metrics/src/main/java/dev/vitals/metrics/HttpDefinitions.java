package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.HISTOGRAM;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The meters of HTTP requests served and made; names and labels by OpenTelemetry's semantic conventions. */
final class HttpDefinitions {
    static final int MOST_ROUTES = 200;
    /** What is longer folds, as in any label. */
    static final int LONGEST_ROUTE = 256;

    static final int MOST_ERROR_TYPES = 50;
    static final int MOST_SERVERS = 50;
    /** Those that OpenTelemetry advises for HTTP. */
    static final List<Duration> BUCKETS = IntStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    static final Label METHOD =
            bounded("http.request.method", 11, "a method of RFC 9110, RFC 5789 or QUERY; else `_OTHER`");
    static final Label ROUTE = bounded(
            "http.route",
            MOST_ROUTES + 1,
            "the route; `_OTHER` where none matched, and past the bound. Never a raw path");
    static final Label STATUS_CODE = bounded("http.response.status_code", 501, "100 to 599; empty where none is known");
    static final Label SCHEME = bounded("url.scheme", 3, "`http`, `https`, else `_OTHER`");
    static final Label ERROR_TYPE = bounded(
            "error.type",
            MOST_ERROR_TYPES + 102,
            "the class of the exception, `_OTHER` past the bound; else the status where it is 5xx; else empty");
    static final Label CLIENT_ERROR_TYPE = bounded(
            "error.type",
            MOST_ERROR_TYPES + 202,
            "the class of the exception, `_OTHER` past the bound; else the status where it is 4xx or 5xx; else empty");
    static final Label KIND = bounded(
            "vitals.kind",
            3,
            "empty for a request that was answered; `streaming` where the answer stays open, `aborted` where the client went away");
    static final Label SERVER_ADDRESS =
            bounded("server.address", MOST_SERVERS + 1, "the host that was asked; `_OTHER` past the bound");
    static final Label SERVER_PORT =
            bounded("server.port", MOST_SERVERS + 1, "the port that was asked; `_OTHER` with its address");

    static final Definition SERVER_DURATION = new Definition(
            "http.server.request.duration",
            HISTOGRAM,
            "seconds",
            List.of(METHOD, ROUTE, STATUS_CODE, SCHEME, ERROR_TYPE, KIND),
            "Duration of HTTP requests served");
    static final Definition SERVER_ACTIVE = new Definition(
            "http.server.active_requests",
            GAUGE,
            "",
            List.of(METHOD, SCHEME),
            "HTTP requests under way at this moment");
    static final Definition CLIENT_DURATION = new Definition(
            "http.client.request.duration",
            HISTOGRAM,
            "seconds",
            List.of(METHOD, SERVER_ADDRESS, SERVER_PORT, STATUS_CODE, CLIENT_ERROR_TYPE),
            "Duration of HTTP requests made to other services");
    static final Definition RATE_LIMIT_REMAINING = new Definition(
            "http.client.rate_limit.remaining",
            GAUGE,
            "",
            List.of(SERVER_ADDRESS, SERVER_PORT),
            "Requests that another service allows until its window ends, as it last said; NaN where its word is older than that window");

    static final List<Definition> ALL = List.of(SERVER_DURATION, SERVER_ACTIVE, CLIENT_DURATION, RATE_LIMIT_REMAINING);

    private HttpDefinitions() {}
}
