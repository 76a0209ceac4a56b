package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import dev.vitals.http.Outcome;
import dev.vitals.http.Outcome.Kind;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpServerMetricsTest {
    private static final String DURATION = "http.server.request.duration";
    private static final String ACTIVE = "http.server.active_requests";

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
        assertThat(labels(timer)).isEqualTo(expected);
        assertThat(timer.getId().getTag("vitals.kind")).isEmpty();
        assertThat(registry.scrape()).doesNotContain("secret", "/raw/42");
        assertThat(observers.failures()).isZero();
    }

    @Test
    void theBucketsAreTheAdvisedOnes() {
        observe(HttpServerMetrics.of(registry), outcome("/a", 1_300_000_000L));

        assertThat(buckets())
                .containsExactly(
                        "0.005=0", "0.01=0", "0.025=0", "0.05=0", "0.075=0", "0.1=0", "0.25=0", "0.5=0", "0.75=0",
                        "1.0=0", "2.5=1", "5.0=1", "7.5=1", "10.0=1", "+Inf=1");
    }

    @Test
    void theThresholdOfAnObjectiveIsABucketOfItsOwnUnlessItIsOneAlready() {
        var metrics = HttpServerMetrics.builder(registry)
                .slo(Slo.latency("in-two", 99, Duration.ofSeconds(2)))
                .slo(Slo.latency("in-two-too", 99, Duration.ofSeconds(2)))
                .slo(Slo.latency("in-half", 99, Duration.ofMillis(500)))
                .slo(Slo.latency("in-an-hour", 99, Duration.ofHours(1)))
                .build();
        observe(metrics, outcome("/a", 1_300_000_000L));

        assertThat(buckets())
                .containsExactly(
                        "0.005=0",
                        "0.01=0",
                        "0.025=0",
                        "0.05=0",
                        "0.075=0",
                        "0.1=0",
                        "0.25=0",
                        "0.5=0",
                        "0.75=0",
                        "1.0=0",
                        "2.0=1",
                        "2.5=1",
                        "5.0=1",
                        "7.5=1",
                        "10.0=1",
                        "3600.0=1",
                        "+Inf=1");
        assertThat(events("in-two")).isEqualTo("1 events, 0 bad");
        assertThat(events("in-half")).isEqualTo("1 events, 1 bad");
    }

    @Test
    void routesBeyondTheBoundFoldTogetherAndNoRequestIsLost() {
        var observers = RequestObservers.of(
                HttpServerMetrics.builder(registry).mostRoutes(3).build());
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

    /** A million of them. Both kinds of adapter: one that knows that no route matched, one that gives the raw path. */
    @Test
    void whatClientsSendCannotMakeSeriesNorFillTheHeap() {
        var observers = RequestObservers.of(HttpServerMetrics.builder(registry)
                .slo(Slo.availability("api", 99.9))
                .mostRoutes(50)
                .build());
        attack(observers, 0, 2_000);
        int series = series();
        long heap = usedHeap();

        attack(observers, 2_000, 1_000_000);

        assertThat(series()).isEqualTo(series);
        assertThat(usedHeap() - heap).as("growth of the heap").isLessThan(1_000_000);
        assertThat(count(timer -> true)).isEqualTo(1_000_000);
        assertThat(folded("http.route")).isEqualTo(500_000 - 50);
        assertThat(events("api")).isEqualTo("1000000 events, 0 bad");
        assertThat(active()).isZero();
    }

    private static void attack(RequestObservers observers, int from, int to) {
        for (int i = from; i < to; i++) {
            String path = "/path/" + i;
            var request = new TestRequest("M" + i, path, "scheme" + i, Map.of("X-" + i, List.of("v" + i)));
            observers.start(request).end(i % 2 == 0 ? null : path, 404, null);
        }
    }

    private int series() {
        return Exposition.families(registry.scrape()).values().stream()
                .mapToInt(family -> family.samples().size())
                .sum();
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        // What one collection leaves, another may take.
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
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
        var observers = RequestObservers.of(
                HttpServerMetrics.builder(registry).mostRoutes(1).build());
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
        var observers = RequestObservers.of(
                HttpServerMetrics.builder(registry).mostRoutes(400).build());
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

    private static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("/a", 503, Kind.ORDINARY, "", "1 events, 1 bad"),
                Arguments.of("/a", 200, Kind.STREAMING, "streaming", "0 events, 0 bad"),
                Arguments.of("/a", 503, Kind.ABORTED, "aborted", "0 events, 0 bad"),
                Arguments.of("/events", 200, Kind.ORDINARY, "streaming", "0 events, 0 bad"),
                Arguments.of("/events", 200, Kind.ABORTED, "streaming", "0 events, 0 bad"),
                // It never began to stream: it was answered, and badly.
                Arguments.of("/events", 503, Kind.ORDINARY, "", "1 events, 1 bad"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatStaysOpenAndWhatWasGivenUpIsToldApartAndNoEventOfAnObjective(
            String route, int status, Kind kind, String label, String events) {
        var metrics = HttpServerMetrics.builder(registry)
                .streaming("/events")
                .slo(Slo.availability("api", 99.9))
                .build();

        RequestObservers.of(metrics).start(TestRequest.of("GET")).end(route, status, null, kind);

        assertThat(registry.get(DURATION).timer().getId().getTag("vitals.kind")).isEqualTo(label);
        assertThat(events("api")).isEqualTo(events);
    }

    @Test
    void anObjectiveCountsWhatItsRoutesDoAlsoWhenTheirSeriesFold() {
        var observers = RequestObservers.of(HttpServerMetrics.builder(registry)
                .slo(Slo.availability("orders", 99.9).routes("/orders"))
                .slo(Slo.availability("all", 99.9))
                .build());
        for (int status = 100; status < 600; status++) {
            for (int i = 0; i < 3; i++) {
                observers.start(TestRequest.of(METHODS.get(i))).end("/orders", status, null);
            }
        }
        observers.start(TestRequest.of("GET")).end("/other", 500, null);
        observers.start(TestRequest.of("GET")).end(null, 500, new IllegalStateException());

        assertThat(folded("http.route")).as("some fold").isPositive();
        assertThat(events("orders")).isEqualTo("1500 events, 300 bad");
        assertThat(events("all")).isEqualTo("1502 events, 302 bad");
    }

    @Test
    void whatIsNamedIsThereAtZeroBeforeTheFirstRequest() {
        HttpServerMetrics.builder(registry)
                .route("GET", "/orders/{id}")
                .route("POST", "/orders", 201, 503)
                .scheme("https")
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(2)).routes("/orders"))
                .build();

        assertThat(registry.get(DURATION).timers())
                .extracting(timer -> labels(timer) + " " + timer.count())
                .containsExactlyInAnyOrder(
                        "GET /orders/{id} 200 https '' 0",
                        "GET /orders/{id} 500 https '500' 0",
                        "POST /orders 201 https '' 0",
                        "POST /orders 503 https '503' 0");
        assertThat(registry.get(ACTIVE).gauges())
                .extracting(gauge -> gauge.getId().getTag("http.request.method") + " " + gauge.value())
                .containsExactlyInAnyOrder("GET 0.0", "POST 0.0");
        assertThat(events("fast")).isEqualTo("0 events, 0 bad");
    }

    @Test
    void fiftyRoutesWithFourStatusesAndThreeErrorsAreTenThousandEightHundredSeries() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        var errors = Arrays.asList(null, new IllegalStateException(), new IllegalArgumentException());
        for (int route = 0; route < 50; route++) {
            for (int status : new int[] {200, 404, 500, 503}) {
                for (Throwable error : errors) {
                    observers.start(TestRequest.of("GET")).end("/route" + route, status, error);
                }
            }
        }

        assertThat(Exposition.families(registry.scrape()).values().stream()
                        .filter(family -> family.name().startsWith("http_server_request_duration_seconds"))
                        .mapToInt(family -> family.samples().size())
                        .sum())
                .isEqualTo(50 * 4 * 3 * 18);
        assertThat(folded("http.route")).isZero();
    }

    @Test
    void tenThousandRequestsThatEndInAnotherOrderOnOtherThreadsLeaveNothingBehind() throws Exception {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        var open = new ArrayList<RequestObservers.Observed>();
        inParallel(10_000, i -> {
            var observed = observers.start(TestRequest.of(METHODS.get(i % METHODS.size())));
            synchronized (open) {
                open.add(observed);
            }
        });
        assertThat(active()).isEqualTo(10_000);

        Collections.shuffle(open, new Random(7));
        inParallel(10_000, i -> open.get(i).end("/r" + i % 20, 200, null));

        assertThat(active()).isZero();
        assertThat(registry.get(ACTIVE).gauges()).hasSize(METHODS.size()).allSatisfy(gauge -> assertThat(gauge.value())
                .isZero());
        assertThat(count(timer -> true)).isEqualTo(10_000);
    }

    @Test
    void aRequestThatNeverEndsHoldsOneActiveRequestAndNothingElse() {
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        observers.start(TestRequest.of("POST"));
        for (int i = 0; i < 100; i++) {
            observers.start(TestRequest.of("POST")).end("/a", 200, null);
        }

        assertThat(registry.get(ACTIVE)
                        .tag("http.request.method", "POST")
                        .tag("url.scheme", "http")
                        .gauge()
                        .value())
                .isOne();
        assertThat(active()).isOne();
        assertThat(count(timer -> true)).isEqualTo(100);
    }

    @Test
    void theRequestThatEndsLeavesThePlaceThatItCameTo() {
        var method = new AtomicReference<>("POST");
        Request changing = new ChangingRequest(method);
        var observed = RequestObservers.of(HttpServerMetrics.of(registry)).start(changing);
        method.set("GET");
        observed.end("/a", 200, null);

        assertThat(active()).isZero();
        assertThat(registry.get(ACTIVE).gauges()).hasSize(1);
        assertThat(registry.get(DURATION).timer().getId().getTag("http.request.method"))
                .isEqualTo("POST");
    }

    private static Stream<Arguments> durations() {
        return Stream.of(
                Arguments.of(-5L, 0.0),
                Arguments.of(Long.MIN_VALUE, 0.0),
                Arguments.of(0L, 0.0),
                Arguments.of(1_500_000_000L, 1.5),
                Arguments.of(Long.MAX_VALUE, 365.0 * 24 * 3_600));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void whateverADurationIsTheTotalsStaySums(long nanos, double seconds) {
        var metrics = HttpServerMetrics.builder(registry)
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(2)))
                .build();
        for (int i = 0; i < 10; i++) {
            observe(metrics, outcome("/a", nanos));
        }

        Timer timer = registry.get(DURATION).timer();
        assertThat(timer.count()).isEqualTo(10);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isCloseTo(10 * seconds, withinPercentage(0.001));
        assertThat(events("fast")).isEqualTo("10 events, " + (seconds > 2 ? 10 : 0) + " bad");
        assertThat(registry.scrape()).doesNotContain("NaN");
    }

    /** Durations are the adapter's, by the monotonic clock: the registry's clock only ages what is recent. */
    @Test
    void aClockThatJumpsChangesNoTotal() {
        var clock = new MockClock();
        var jumping = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
        var observers = RequestObservers.of(HttpServerMetrics.of(jumping));
        for (long jump : new long[] {0, 86_400, -172_800, 1, -1, 31_536_000}) {
            var observed = observers.start(TestRequest.of("GET"));
            clock.addSeconds(jump);
            observed.end("/a", 200, null);
        }

        Timer timer = jumping.get(DURATION).timer();
        assertThat(timer.count()).isEqualTo(6);
        assertThat(timer.totalTime(TimeUnit.HOURS)).as("no jump is a duration").isLessThan(1);
    }

    private static Stream<Arguments> registries() {
        return Stream.of(
                Arguments.of(new SimpleMeterRegistry(), 1),
                Arguments.of(new CompositeMeterRegistry(), 0),
                Arguments.of(new CompositeMeterRegistry().add(new SimpleMeterRegistry()), 1));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void everyRegistryWillDo(MeterRegistry any, int counted) {
        var observers = RequestObservers.of(HttpServerMetrics.builder(any)
                .route("GET", "/a")
                .slo(Slo.availability("api", 99.9))
                .build());
        observers.start(TestRequest.of("GET")).end("/a", 200, null);

        assertThat(observers.failures()).isZero();
        assertThat(any.get(DURATION)
                        .tag("http.response.status_code", "200")
                        .timer()
                        .count())
                .isEqualTo(counted);
    }

    @Test
    void aRepeatedRequestAllocatesNothing() {
        var metrics = HttpServerMetrics.builder(registry)
                .slo(Slo.availability("available", 99.9))
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(2)))
                .build();
        var outcome =
                new Outcome(TestRequest.of("GET"), "/a", 500, new IllegalStateException(), Kind.ORDINARY, 1_000_000);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            observe(metrics, outcome);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            observe(metrics, outcome);
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
                .isThrownBy(() -> HttpServerMetrics.builder(registry).mostRoutes(0))
                .withMessageContaining("at least 1");
    }

    private static List<Consumer<HttpServerMetrics.Builder>> mistakes() {
        return List.of(
                builder -> builder.route("get", "/a"),
                builder -> builder.route("GET", "/a", 99),
                builder -> builder.route("GET", " ").build(),
                builder -> builder.route("GET", "/" + "x".repeat(256)).build(),
                builder -> builder.scheme("ws"),
                builder -> builder.mostRoutes(1).streaming("/a", "/b").build(),
                builder -> builder.slo(Slo.availability("fill", 99).operations("order.fill")),
                builder -> builder.streaming("/events", "/feed")
                        .slo(Slo.availability("feed", 99).routes("/feed"))
                        .build(),
                builder -> {
                    for (int i = 1; i < 12; i++) {
                        builder.slo(Slo.latency("slo" + i, 99, Duration.ofSeconds(i)));
                    }
                    builder.build();
                });
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeAtSetUpIsRefused(Consumer<HttpServerMetrics.Builder> mistake) {
        assertThatIllegalArgumentException().isThrownBy(() -> mistake.accept(HttpServerMetrics.builder(registry)));
    }

    private static void observe(HttpServerMetrics metrics, Outcome outcome) {
        var observation = metrics.onStart(outcome.request());
        if (observation == null) {
            throw new AssertionError("Vitals does not count");
        }
        observation.onEnd(outcome);
    }

    private static Outcome outcome(String route, long nanos) {
        return new Outcome(TestRequest.of("GET"), route, 200, null, Kind.ORDINARY, nanos);
    }

    private static void inParallel(int times, IntConsumer task) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < times; i++) {
                int number = i;
                threads.execute(() -> task.accept(number));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private List<String> buckets() {
        var family = requireNonNull(Exposition.families(registry.scrape()).get("http_server_request_duration_seconds"));
        return family.samples().stream()
                .filter(sample -> sample.name().endsWith("_bucket"))
                .map(sample -> sample.labels().get("le") + "=" + (long) sample.value())
                .toList();
    }

    private static String labels(Timer timer) {
        return "%s %s %s %s '%s'"
                .formatted(
                        timer.getId().getTag("http.request.method"),
                        timer.getId().getTag("http.route"),
                        timer.getId().getTag("http.response.status_code"),
                        timer.getId().getTag("url.scheme"),
                        timer.getId().getTag("error.type"));
    }

    private String events(String slo) {
        return "%.0f events, %.0f bad"
                .formatted(
                        registry.get("vitals.slo.events")
                                .tag("slo", slo)
                                .functionCounter()
                                .count(),
                        registry.get("vitals.slo.events.bad")
                                .tag("slo", slo)
                                .functionCounter()
                                .count());
    }

    private long count(Predicate<Timer> which) {
        return registry.get(DURATION).timers().stream()
                .filter(which)
                .mapToLong(Timer::count)
                .sum();
    }

    private double active() {
        return registry.get(ACTIVE).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    /** As an asynchronous container may show it once the request was passed on. */
    private record ChangingRequest(AtomicReference<String> now) implements Request {
        @Override
        public String method() {
            return now.get();
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public @Nullable String remoteAddress() {
            return null;
        }
    }

    private long folded(String label) {
        return (long) registry.get("vitals.labels.folded")
                .tag("label", label)
                .counter()
                .count();
    }
}
