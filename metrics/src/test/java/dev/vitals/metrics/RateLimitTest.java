package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.ClientOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final long NOW = 1_793_000_000;
    private static final long UNTOLD = 3_600;

    private static Stream<Arguments> told() {
        return Stream.of(
                Arguments.of(200, "RateLimit: \"default\";r=50;t=30", 50, 30),
                Arguments.of(200, "RateLimit: \"default\";t=30;r=50", 50, 30),
                Arguments.of(200, "RateLimit: default ; r=0 ; t=1", 0, 1),
                Arguments.of(200, "RateLimit: \"default\";r=50", 50, UNTOLD),
                Arguments.of(200, "RateLimit: \"burst\";r=9;t=1, \"daily\";r=4;t=600", 4, 600),
                Arguments.of(200, "RateLimit: \"burst\";r=9;t=1|RateLimit: \"daily\";r=4;t=600", 4, 600),
                Arguments.of(200, "RateLimit: \"a;r=1,b\\\";r=2\";r=3;t=5;pk=:cHNsbw==:", 3, 5),
                Arguments.of(200, "RateLimit: \"a\";r=no, \"b\";r=7;t=5", 7, 5),
                Arguments.of(200, "RateLimit: \"a\";r=1;t=2|RateLimit-Remaining: 9|X-RateLimit-Remaining: 8", 1, 2),
                Arguments.of(200, "RateLimit: rubbish|RateLimit-Remaining: 9|RateLimit-Reset: 3", 9, 3),
                Arguments.of(200, "RateLimit-Limit: 100|RateLimit-Remaining: 50|RateLimit-Reset: 50", 50, 50),
                Arguments.of(200, "ratelimit-remaining:  50 ", 50, UNTOLD),
                Arguments.of(200, "X-RateLimit-Remaining: 4999|X-RateLimit-Reset: " + (NOW + 60), 4999, 60),
                Arguments.of(200, "X-RateLimit-Remaining: 4999|X-RateLimit-Reset: " + (NOW - 60), 4999, 0),
                Arguments.of(200, "X-RateLimit-Remaining: 4999|X-RateLimit-Reset: 60", 4999, 60),
                Arguments.of(200, "X-RateLimit-Remaining: 4999|X-RateLimit-Reset: " + NOW * 1_000, 4999, UNTOLD),
                Arguments.of(200, "X-RateLimit-Remaining: 7|X-RateLimit-Reset: tomorrow", 7, UNTOLD),
                Arguments.of(200, "X-RateLimit-Remaining: 7|X-RateLimit-Reset: -1", 7, UNTOLD),
                Arguments.of(429, "Retry-After: 30", 0, 30),
                Arguments.of(429, "Retry-After: 30|RateLimit: \"default\";r=50;t=60", 0, 30),
                Arguments.of(429, "Retry-After: Mon, 26 Oct 2026 07:34:20 GMT", 0, 60),
                Arguments.of(429, "Retry-After: soon|RateLimit: \"default\";r=0;t=60", 0, 60));
    }

    @ParameterizedTest
    @MethodSource("told")
    void whatServersSayIsUnderstood(int status, String headers, long remaining, long seconds) {
        assertThat(RateLimit.of(status, headers(headers), NOW * 1_000)).isEqualTo(new RateLimit(remaining, seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Retry-After: 30",
                "RateLimit: ",
                "RateLimit: ;;;,,,",
                "RateLimit: \"",
                "RateLimit: \"a\\",
                "RateLimit: r=1",
                "RateLimit: \"a\";r=-1",
                "RateLimit: \"a\";r=1.5",
                "RateLimit: \"a\";r=",
                "RateLimit: \"a\";r=\"1\"",
                "RateLimit: \"a\";r=99999999999999999999",
                "RateLimit: \"a\";r=1000000000001",
                "RateLimit: limit=100, remaining=50, reset=5",
                "RateLimit-Remaining: -1",
                "RateLimit-Remaining: +1",
                "RateLimit-Remaining: 0x10",
                "RateLimit-Remaining: 1e3",
                "RateLimit-Remaining: NaN",
                "RateLimit-Remaining: 9223372036854775808",
                "RateLimit-Remaining: \u0661",
                "X-RateLimit-Remaining: ",
                "X-RateLimit-Reset: 30"
            })
    void whatSaysNothingOrIsHostileIsNotBelieved(String headers) {
        assertThat(RateLimit.of(200, headers(headers), NOW * 1_000)).isNull();
    }

    @Test
    void whatIsTooLongIsNotRead() {
        String kilobyte = "1".repeat(1_024);
        for (String headers : List.of(
                "RateLimit: \"a\";r=" + kilobyte,
                "RateLimit: \"" + kilobyte + "\";r=1",
                "RateLimit-Remaining: " + kilobyte,
                "RateLimit: \"a\";r=1" + "|RateLimit: \"a\";r=1".repeat(600))) {
            assertThat(RateLimit.of(200, headers(headers), NOW * 1_000)).isNull();
        }
        assertThat(RateLimit.of(429, headers("Retry-After: " + kilobyte), NOW * 1_000))
                .isNull();
    }

    @Test
    void anyTextWhateverIsReadInBounds() {
        var random = new Random(7);
        String signs = "\"\\;,=rt 09az:-";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("RateLimit: ");
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            RateLimit limit = RateLimit.of(200, headers(text.toString()), NOW * 1_000);
            if (limit != null) {
                assertThat(limit.remaining()).isBetween(0L, RateLimit.MOST_REMAINING);
                assertThat(limit.seconds()).isBetween(0L, RateLimit.MOST_SECONDS);
            }
        }
    }

    @Test
    void theGaugeIsTheLastWordUntilItsWindowIsOver() {
        var clock = new MockClock();
        var registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        var metrics = HttpClientMetrics.of(registry);
        tell(metrics, "http://a/", 200, "Content-Type: text/plain");
        assertThat(gauge(registry, "a")).as("nothing was said").isNull();

        tell(metrics, "http://a/", 200, "RateLimit: \"default\";r=50;t=30");
        tell(metrics, "http://b/", 200, "RateLimit-Remaining: 3");
        assertThat(gauge(registry, "a")).isEqualTo(50);
        tell(metrics, "http://a/", 200, "RateLimit: \"default\";r=49;t=29");
        clock.add(Duration.ofSeconds(28));
        tell(metrics, "http://a/", 200, "RateLimit: no word");
        assertThat(gauge(registry, "a")).isEqualTo(49);

        clock.add(Duration.ofSeconds(1));
        assertThat(gauge(registry, "a")).as("the window is over").isNaN();
        assertThat(gauge(registry, "b")).isEqualTo(3);

        tell(metrics, "http://a/", 429, "Retry-After: 10");
        assertThat(gauge(registry, "a")).isZero();
        clock.add(Duration.ofSeconds(10));
        assertThat(gauge(registry, "a")).isNaN();

        clock.add(Duration.ofHours(1));
        assertThat(gauge(registry, "b")).as("an hour without a window").isNaN();
    }

    @Test
    void serversThatAreNotToldApartHaveNoGauge() {
        var registry = new SimpleMeterRegistry();
        var metrics = HttpClientMetrics.of(registry);
        for (int i = 0; i < 60; i++) {
            tell(metrics, "http://host" + i + "/", 200, "RateLimit-Remaining: " + i);
        }

        assertThat(registry.get("http.client.rate_limit.remaining").gauges()).hasSize(50);
        assertThat(gauge(registry, "host49")).isEqualTo(49);
        assertThat(gauge(registry, "_OTHER")).isNull();
    }

    private static void tell(HttpClientMetrics metrics, String uri, int status, String headers) {
        var outcome = new ClientOutcome(new TestCall("GET", uri), status, headers(headers), null, null, 1_000);
        metrics.onStart(outcome.request()).onEnd(outcome);
    }

    private static @Nullable Double gauge(SimpleMeterRegistry registry, String server) {
        Gauge gauge = registry.find("http.client.rate_limit.remaining")
                .tags("server.address", server, "server.port", "80")
                .gauge();
        return gauge == null ? null : gauge.value();
    }

    private static HttpHeaders headers(String text) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (String line : text.split("\\|", -1)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon), List.of(line.substring(colon + 1)), (earlier, later) -> Stream.concat(
                                    earlier.stream(), later.stream())
                            .toList());
        }
        return HttpHeaders.of(Map.copyOf(headers), (name, value) -> true);
    }
}
