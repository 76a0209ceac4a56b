package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.http.ClientOutcome;
import dev.vitals.http.ObservedHttpClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
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

class HttpClientMetricsTest {
    private static final String DURATION = "http.client.request.duration";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Stream<Arguments> labels() {
        var refused = new ConnectException("secret");
        return Stream.of(
                Arguments.of("GET", "http://api.example:8080/a?b=c", 200, null, "GET api.example 8080 200 ''"),
                Arguments.of("QUERY", "https://api.example/a", 206, null, "QUERY api.example 443 206 ''"),
                Arguments.of("POST", "http://api.example/a", 302, null, "POST api.example 80 302 ''"),
                Arguments.of("GET", "HTTPS://API.Example/a", 404, null, "GET api.example 443 404 '404'"),
                Arguments.of("GET", "http://api.example/", 429, null, "GET api.example 80 429 '429'"),
                Arguments.of("GET", "http://api.example/", 503, null, "GET api.example 80 503 '503'"),
                Arguments.of("get", "http://api.example/", 200, null, "_OTHER api.example 80 200 ''"),
                Arguments.of("BREW", "http://me:hunter2@api.example/", 200, null, "_OTHER api.example 80 200 ''"),
                Arguments.of("GET", "http://10.1.2.3:9/", 200, null, "GET 10.1.2.3 9 200 ''"),
                Arguments.of("GET", "http://[::1]:9/", 200, null, "GET ::1 9 200 ''"),
                Arguments.of("GET", "https://[2001:DB8::A]/", 200, null, "GET 2001:db8::a 443 200 ''"),
                Arguments.of(
                        "GET", "http://api.example/", 0, refused, "GET api.example 80  'java.net.ConnectException'"),
                Arguments.of("GET", "http://api.example/", -1, null, "GET api.example 80  ''"),
                Arguments.of("GET", "http://api.example/", 999_999, null, "GET api.example 80  ''"));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void labelsFollowTheConventionsAndAreBounded(
            String method, String uri, int status, @Nullable Throwable error, String expected) {
        var request = new TestCall(method, uri);

        record(
                HttpClientMetrics.of(registry),
                new ClientOutcome(request, status, headers(Map.of()), null, error, 1_000));

        Timer timer = registry.get(DURATION).timer();
        assertThat(timer.count()).isOne();
        assertThat("%s %s %s %s '%s'"
                        .formatted(
                                timer.getId().getTag("http.request.method"),
                                timer.getId().getTag("server.address"),
                                timer.getId().getTag("server.port"),
                                timer.getId().getTag("http.response.status_code"),
                                timer.getId().getTag("error.type")))
                .isEqualTo(expected);
        assertThat(registry.scrape()).doesNotContain("secret", "hunter2", "/a");
    }

    @Test
    void aUriThatNamesNoHostIsNotToldApart() {
        record(HttpClientMetrics.of(registry), outcome("http://my_service:8080/a", 200));

        assertThat(tags("server.address")).containsExactly("_OTHER");
        assertThat(tags("server.port")).containsExactly("_OTHER");
    }

    @Test
    void theBucketsAreTheAdvisedOnes() {
        record(HttpClientMetrics.of(registry), outcome("http://a/", 200));

        assertThat(registry.scrape()
                        .lines()
                        .filter(line -> line.startsWith("http_client_request_duration_seconds_bucket")))
                .extracting(line -> line.replaceAll(".*,le=\"([^\"]*)\".*", "$1"))
                .containsExactly(
                        "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0",
                        "7.5", "10.0", "+Inf");
    }

    @Test
    void tenThousandServersAreFiftyAndOneAndNoCallIsLost() {
        var metrics = HttpClientMetrics.of(registry);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                record(metrics, outcome("http://host" + i / 2 + ":" + (80 + i % 2) + "/", 200));
            }
        }
        record(metrics, outcome("http://" + "x".repeat(300) + "/", 200));

        assertThat(registry.get(DURATION).timers()).hasSize(51);
        assertThat(tags("server.address").distinct()).hasSize(26).contains("host0", "host24", "_OTHER");
        assertThat(count(timer -> true)).isEqualTo(20_001);
        assertThat(count(timer -> "host7".equals(timer.getId().getTag("server.address"))))
                .isEqualTo(4);
        assertThat(count(timer -> "_OTHER".equals(timer.getId().getTag("server.port"))))
                .isEqualTo(20_001 - 100)
                .isEqualTo(folded("server.address"))
                .isEqualTo(folded("server.port"));
    }

    @Test
    void aNameTooLongFoldsThoughThereIsRoom() {
        record(HttpClientMetrics.of(registry), outcome("http://" + "x".repeat(300) + "/", 200));

        assertThat(tags("server.address")).containsExactly("_OTHER");
        assertThat(folded("server.address")).isOne();
    }

    @Test
    void allCombinationsTogetherAreBoundedAndTotalsAreExact() {
        var metrics = HttpClientMetrics.of(registry);
        var errors = List.of(new IOException(), new ConnectException(), new HttpTimeoutException("late"));
        record(metrics, outcome("http://host0/", 200));
        long calls = 1;
        long failed = 0;
        for (int round = 0; round < 2; round++) {
            for (int host = 0; host < 60; host++) {
                for (String method : List.of("GET", "POST", "PUT", "DELETE", "BREW")) {
                    var request = new TestCall(method, "http://host" + host + "/");
                    for (int status = 100; status < 600; status += 7) {
                        record(metrics, new ClientOutcome(request, status, headers(Map.of()), null, null, 5));
                        failed += status >= 400 ? 1 : 0;
                        calls++;
                    }
                    for (Throwable error : errors) {
                        record(metrics, new ClientOutcome(request, 0, headers(Map.of()), null, error, 5));
                        failed++;
                        calls++;
                    }
                }
            }
        }

        assertThat(registry.get(DURATION).timers())
                .hasSizeBetween(ClientTimers.MOST, ClientTimers.MOST + ClientTimers.WITHOUT_SERVER + 502);
        assertThat(count(timer -> true)).isEqualTo(calls);
        assertThat(count(timer -> !"".equals(timer.getId().getTag("error.type"))))
                .isEqualTo(failed);
        assertThat(count(timer -> "408".equals(timer.getId().getTag("error.type"))))
                .as("the status stays true")
                .isEqualTo(2 * 60 * 5);
        assertThat(count(timer -> "_OTHER".equals(timer.getId().getTag("server.address"))))
                .isEqualTo(folded("server.address"));
        assertThat(count(timer -> "_OTHER".equals(timer.getId().getTag("error.type"))))
                .isEqualTo(folded("error.type"));
        assertThat(count(timer -> "_OTHER".equals(timer.getId().getTag("http.request.method"))))
                .as("a fifth of the calls was unknown from the start")
                .isEqualTo(folded("http.request.method") + (calls - 1) / 5);
        assertThat(folded("http.request.method")).isPositive();
        assertThat(registry.get(DURATION)
                        .tags("server.address", "host0", "http.request.method", "GET", "error.type", "")
                        .tag("http.response.status_code", "107")
                        .timer()
                        .count())
                .as("what was known before the flood")
                .isEqualTo(2);
    }

    @Test
    void manyThreadsTogetherKeepTheBounds() throws Exception {
        var metrics = HttpClientMetrics.of(registry);
        var outcomes = Stream.iterate(0, i -> i + 1)
                .limit(6_000)
                .map(i -> outcome("http://host" + i % 60 + "/", 200 + i / 60, "RateLimit", "\"a\";r=" + i))
                .toList();
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> outcomes.forEach(outcome -> record(metrics, outcome)));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(registry.get(DURATION).timers())
                .filteredOn(timer -> !"_OTHER".equals(timer.getId().getTag("server.address")))
                .hasSizeBetween(900, ClientTimers.MOST);
        assertThat(registry.get(DURATION).timers()).hasSizeLessThanOrEqualTo(ClientTimers.MOST + 200 + 502);
        assertThat(count(timer -> true)).isEqualTo(48_000);
        assertThat(registry.get("http.client.rate_limit.remaining").gauges()).hasSize(50);
    }

    @Test
    void aNegativeDurationIsCountedAsNone() {
        var request = new TestCall("GET", "http://a/");
        record(HttpClientMetrics.of(registry), new ClientOutcome(request, 200, headers(Map.of()), null, null, -5));

        Timer timer = registry.get(DURATION).timer();
        assertThat(timer.count()).isOne();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void aRepeatedCallAllocatesNothing(ClientOutcome outcome) {
        var metrics = HttpClientMetrics.of(registry);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            record(metrics, outcome);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            record(metrics, outcome);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / rounds).as("bytes for each call").isZero();
    }

    private static Stream<ClientOutcome> repeated() {
        var request = new TestCall("GET", "https://api.example/a");
        var headers = headers(Map.of("Content-Type", List.of("text/plain"), "Date", List.of("today")));
        return Stream.of(
                new ClientOutcome(request, 200, headers, null, null, 1_000_000),
                new ClientOutcome(request, 503, headers, null, null, 1_000_000),
                new ClientOutcome(request, 0, headers(Map.of()), null, new ConnectException(), 1_000_000));
    }

    @Test
    void theSecondOnOneRegistryIsRefused() {
        HttpClientMetrics.of(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpClientMetrics.of(registry))
                .withMessageContaining("share one HttpClientMetrics");
        assertThatNullPointerException()
                .isThrownBy(() -> HttpClientMetrics.of(null))
                .withMessage("registry");
    }

    @Test
    void anyRegistryWillDo() {
        for (MeterRegistry any : List.of(new CompositeMeterRegistry(), new SimpleMeterRegistry())) {
            assertThatCode(() -> {
                        var metrics = HttpClientMetrics.of(any);
                        record(metrics, outcome("http://a/", 429, "Retry-After", "3"));
                    })
                    .doesNotThrowAnyException();
            assertThat(any.get(DURATION).timers()).hasSize(1);
            assertThat(any.get("http.client.rate_limit.remaining").gauges()).hasSize(1);
        }
    }

    @Test
    void callsOfARealClientAreMeasured() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("RateLimit", "\"default\";r=7;t=30");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            HttpClient client = ObservedHttpClient.of(HttpClient.newHttpClient(), HttpClientMetrics.of(registry));
            int port = server.getAddress().getPort();
            URI uri = URI.create("http://127.0.0.1:" + port + "/secret");
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());

            assertThat(registry.scrape())
                    .contains("http_client_request_duration_seconds_count{error_type=\"\",http_request_method=\"GET\","
                            + "http_response_status_code=\"200\",server_address=\"127.0.0.1\",server_port=\"" + port
                            + "\"} 1")
                    .contains("http_client_rate_limit_remaining{server_address=\"127.0.0.1\",server_port=\"" + port
                            + "\"} 7.0")
                    .doesNotContain("secret");
        } finally {
            server.stop(0);
        }
    }

    private static void record(HttpClientMetrics metrics, ClientOutcome outcome) {
        metrics.onStart(outcome.request()).onEnd(outcome);
    }

    private static ClientOutcome outcome(String uri, int status, String... header) {
        Map<String, List<String>> headers = header.length == 0 ? Map.of() : Map.of(header[0], List.of(header[1]));
        return new ClientOutcome(new TestCall("GET", uri), status, headers(headers), null, null, 1_000_000);
    }

    private static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private Stream<String> tags(String key) {
        return registry.get(DURATION).timers().stream()
                .map(timer -> timer.getId().getTag(key));
    }

    private long count(Predicate<Timer> which) {
        return registry.get(DURATION).timers().stream()
                .filter(which)
                .mapToLong(Timer::count)
                .sum();
    }

    private long folded(String label) {
        return (long) registry.get("vitals.labels.folded")
                .tags("meter", DURATION, "label", label)
                .counter()
                .count();
    }
}
