package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObservers;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpServerMetricsTest {
    private static final String DURATION = "http.server.request.duration";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY", "BREW");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of("GET", "http", "/orders/{id}", 200, null, "GET /orders/{id} 200 http ''"),
                Arguments.of("QUERY", "https", "/find", 206, null, "QUERY /find 206 https ''"),
                Arguments.of("get", "http", "/find", 200, null, "_OTHER /find 200 http ''"),
                Arguments.of("PROPFIND", "ws", "/find", 200, null, "_OTHER /find 200 _OTHER ''"),
                Arguments.of("GET", "http", null, 404, null, "GET _OTHER 404 http ''"),
                Arguments.of("GET", "http", "/find", 503, null, "GET /find 503 http '503'"),
                Arguments.of(
                        "GET",
                        "http",
                        "/find",
                        500,
                        new IllegalStateException("secret"),
                        "GET /find 500 http 'java.lang.IllegalStateException'"),
                Arguments.of("GET", "http", "/find", 0, null, "GET /find  http ''"),
                Arguments.of("GET", "http", "/find", -1, null, "GET /find  http ''"),
                Arguments.of("GET", "http", "/find", 999_999, null, "GET /find  http ''"));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void labelsFollowTheConventionsAndAreBounded(
            String method,
            String scheme,
            @Nullable String route,
            int status,
            @Nullable Throwable error,
            String expected) {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));

        observers.start(new TestRequest(method, "/raw/42", scheme, Map.of())).end(route, status, error);

        Timer timer = registry.get(DURATION).timer();
        assertThat(timer.count()).isOne();
        assertThat("%s %s %s %s '%s'"
                        .formatted(
                                timer.getId().getTag("http.request.method"),
                                timer.getId().getTag("http.route"),
                                timer.getId().getTag("http.response.status_code"),
                                timer.getId().getTag("url.scheme"),
                                timer.getId().getTag("error.type")))
                .isEqualTo(expected);
        assertThat(registry.scrape()).doesNotContain("secret", "/raw/42");
        assertThat(observers.failures()).isZero();
    }

    @Test
    void theBucketsAreTheAdvisedOnesAndTwoSeconds() {
        HttpServerMetrics.of(registry).onStart(TestRequest.of("GET")).onEnd(outcome("GET", "/a", 1_300_000_000L));

        var family = requireNonNull(Exposition.families(registry.scrape()).get("http_server_request_duration_seconds"));
        assertThat(family.samples())
                .filteredOn(sample -> sample.name().endsWith("_bucket"))
                .extracting(sample -> sample.labels().get("le") + "=" + (long) sample.value())
                .containsExactly(
                        "0.005=0", "0.01=0", "0.025=0", "0.05=0", "0.075=0", "0.1=0", "0.25=0", "0.5=0", "0.75=0",
                        "1.0=0", "2.0=1", "2.5=1", "5.0=1", "7.5=1", "10.0=1", "+Inf=1");
    }

    @Test
    void routesBeyondTheBoundFoldTogetherAndNoRequestIsLost() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry, 3));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10; i++) {
                observers.start(TestRequest.of("GET")).end("/route" + i, 200, null);
            }
        }

        assertThat(registry.get(DURATION).timers())
                .extracting(timer -> timer.getId().getTag("http.route") + "=" + timer.count())
                .containsExactlyInAnyOrder("/route0=2", "/route1=2", "/route2=2", "_OTHER=14");
        assertThat(folded("http.route")).isEqualTo(14);
    }

    @Test
    void whatClientsSendCannotMakeSeries() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        for (int i = 0; i < 20_000; i++) {
            var request = new TestRequest("M" + i, "/path/" + i, "scheme" + i, Map.of("X-" + i, List.of("v" + i)));
            observers.start(request).end(null, 404, null);
        }

        assertThat(registry.get(DURATION).timers()).hasSize(1).first().satisfies(timer -> assertThat(timer.count())
                .isEqualTo(20_000));
        assertThat(folded("http.route")).isZero();
    }

    @Test
    void aClientThatTriesEveryMethodOnEveryRouteMakesABoundedNumberOfSeries() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        observers.start(TestRequest.of("GET")).end("/route0", 200, null);
        long requests = 1;
        long failed = 0;
        for (int round = 0; round < 2; round++) {
            for (int route = 0; route < 200; route++) {
                for (String method : METHODS) {
                    for (int status : new int[] {200, 400, 404, 405, 503}) {
                        observers.start(TestRequest.of(method)).end("/route" + route, status, null);
                        requests++;
                        failed += status == 503 ? 1 : 0;
                    }
                }
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSize(1_000 + METHODS.size() * 5);
        assertThat(count(timer -> true)).isEqualTo(requests);
        assertThat(count(timer -> "503".equals(timer.getId().getTag("http.response.status_code"))))
                .isEqualTo(failed);
        assertThat(count(timer -> "".equals(timer.getId().getTag("error.type"))))
                .isEqualTo(requests - failed);
        assertThat(folded("http.route"))
                .isEqualTo(count(timer -> "_OTHER".equals(timer.getId().getTag("http.route"))));
        assertThat(folded("error.type"))
                .isEqualTo(count(timer -> "_OTHER".equals(timer.getId().getTag("error.type"))));
        assertThat(registry.get(DURATION)
                        .tag("http.route", "/route0")
                        .tag("http.request.method", "GET")
                        .tag("http.response.status_code", "200")
                        .timer()
                        .count())
                .as("what was known before the flood")
                .isEqualTo(3);
    }

    @Test
    void everythingAtOnceIsBoundedToo() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry, 1));
        var errors = List.of(new IllegalStateException(), new IllegalArgumentException(), new RuntimeException());
        long requests = 0;
        for (String method : METHODS) {
            for (String scheme : List.of("http", "https", "ws")) {
                for (int status = 99; status < 601; status++) {
                    var request = new TestRequest(method, "/", scheme, Map.of());
                    observers.start(request).end("/", status, null);
                    observers.start(request).end(null, status, errors.get(status % 3));
                    requests += 2;
                }
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSizeBetween(1_200, 1_200 + 2 * 501);
        assertThat(count(timer -> true)).isEqualTo(requests);
        assertThat(count(timer -> "404".equals(timer.getId().getTag("http.response.status_code"))))
                .isEqualTo(METHODS.size() * 3L * 2);
        assertThat(folded("http.request.method")).isPositive();
        assertThat(folded("url.scheme")).isPositive();
    }

    @Test
    void whoTellsMoreRoutesApartHasRoomForThem() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry, 400));
        for (int i = 0; i < 400; i++) {
            for (int status : new int[] {200, 400, 404, 500, 503}) {
                observers.start(TestRequest.of("GET")).end("/route" + i, status, null);
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSize(2_000);
        assertThat(folded("http.route")).isZero();
    }

    @Test
    void manyThreadsTogetherKeepTheBound() throws Exception {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        observers.start(TestRequest.of("GET")).end("/r" + i % 200, 200 + i / 200, null);
                    }
                });
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(registry.get(DURATION).timers()).hasSizeBetween(1_000, 1_100);
        assertThat(registry.get(DURATION).timers())
                .filteredOn(timer -> !"_OTHER".equals(timer.getId().getTag("http.route")))
                .hasSize(1_000);
        assertThat(count(timer -> true)).isEqualTo(160_000);
    }

    @Test
    void anAdapterThatGivesRawPathsCannotMakeMoreSeriesThanTheBound() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        for (int i = 0; i < 20_000; i++) {
            observers.start(TestRequest.of("GET")).end("/orders/" + i, 200, null);
        }
        observers.start(TestRequest.of("GET")).end("/" + "x".repeat(5_000), 200, null);

        assertThat(registry.get(DURATION).timers()).hasSize(201);
        assertThat(registry.get(DURATION).timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(20_001);
        assertThat(folded("http.route")).isEqualTo(20_001 - 200);
    }

    @Test
    void aRouteTooLongForALabelFoldsThoughThereIsRoom() {
        RequestObservers.of(HttpServerMetrics.of(registry))
                .start(TestRequest.of("GET"))
                .end("/" + "x".repeat(5_000), 200, null);

        assertThat(registry.get(DURATION).timer().getId().getTag("http.route")).isEqualTo("_OTHER");
        assertThat(folded("http.route")).isOne();
    }

    @Test
    void aSecretInARouteStaysInside() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        observers.start(TestRequest.of("GET")).end("/login/password=hunter2", 200, null);

        assertThat(registry.scrape()).contains("http_route=\"/login/").doesNotContain("hunter2");
    }

    @Test
    void activeRequestsRiseAndFallToZeroAlsoWhenManyThreadsServe() throws Exception {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        var first = observers.start(TestRequest.of("GET"));
        var second = observers.start(TestRequest.of("GET"));
        assertThat(active()).isEqualTo(2);
        first.end("/a", 200, null);
        assertThat(active()).isEqualTo(1);
        second.end("/a", 200, null);

        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                threads.execute(() -> observers.start(TestRequest.of("GET")).end("/r" + number % 20, 200, null));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(active()).isZero();
        assertThat(registry.get(DURATION).timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(10_002);
    }

    @Test
    void aNegativeDurationIsCountedAsNone() {
        HttpServerMetrics.of(registry).onStart(TestRequest.of("GET")).onEnd(outcome("GET", "/a", -5));

        Timer timer = registry.get(DURATION).timer();
        assertThat(timer.count()).isOne();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aRepeatedRequestAllocatesNothing() {
        var metrics = HttpServerMetrics.of(registry);
        Outcome outcome = outcome("GET", "/a", 1_000_000);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            metrics.onStart(outcome.request()).onEnd(outcome);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            metrics.onStart(outcome.request()).onEnd(outcome);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / rounds).as("bytes for each request").isZero();
    }

    @Test
    void aSecondObserverOnOneRegistryIsRefused() {
        HttpServerMetrics.of(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpServerMetrics.of(registry))
                .withMessageContaining("share one HttpServerMetrics");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpServerMetrics.of(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), 0))
                .withMessageContaining("at least 1");
    }

    private static Outcome outcome(String method, String route, long nanos) {
        return new Outcome(TestRequest.of(method), route, 200, null, Outcome.Kind.ORDINARY, nanos);
    }

    private long count(Predicate<Timer> which) {
        return registry.get(DURATION).timers().stream()
                .filter(which)
                .mapToLong(Timer::count)
                .sum();
    }

    private double active() {
        return registry.get("http.server.active_requests").gauge().value();
    }

    private long folded(String label) {
        return (long) registry.get("vitals.labels.folded")
                .tag("label", label)
                .counter()
                .count();
    }
}
