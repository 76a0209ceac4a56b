package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.RequestObservers;
import dev.vitals.http.TraceContext;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrometheusRegistriesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void aSampledTraceIsTheExemplarOfItsBucket() throws Exception {
        String scraped = scrapeAfterARequest(
                PrometheusRegistries.create(() -> new TraceContext(TRACE, SPAN, true)), ScrapeRequest.OPEN_METRICS);

        assertThat(scraped.lines().filter(line -> line.contains(" # {")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .as("a Prometheus of 2.42 takes them at buckets and totals alone")
                        .matches("\\w+_(bucket|total)\\{.*")
                        .contains("# {span_id=\"" + SPAN + "\",trace_id=\"" + TRACE + "\"}"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("http_server_request_duration_seconds_bucket{")
                        .contains("le=\"0.005\""));
    }

    @Test
    void thePlainTextFormatHasNone() throws Exception {
        assertThat(scrapeAfterARequest(
                        PrometheusRegistries.create(() -> new TraceContext(TRACE, SPAN, true)), ScrapeRequest.PLAIN))
                .doesNotContain(TRACE);
    }

    static Stream<Arguments> noExemplars() {
        return Stream.of(
                named("nothing traced", () -> null),
                named("not sampled", () -> new TraceContext(TRACE, SPAN, false)),
                named("no trace id", () -> new TraceContext("0".repeat(32), SPAN, true)),
                named("no span id", () -> new TraceContext(TRACE, "0".repeat(16), true)),
                named("a short trace id", () -> new TraceContext(TRACE.substring(1), SPAN, true)),
                named("an upper-case id", () -> new TraceContext(TRACE, "00F067AA0BA902B7", true)),
                named("an id with a quote", () -> new TraceContext("\"" + TRACE.substring(1), SPAN, true)),
                named("a supplier that throws", () -> {
                    throw new IllegalStateException("no context here");
                }));
    }

    private static Arguments named(String name, Supplier<@Nullable TraceContext> current) {
        return Arguments.of(name, current);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void noExemplars(String name, Supplier<@Nullable TraceContext> current) throws Exception {
        String scraped = scrapeAfterARequest(PrometheusRegistries.create(current), ScrapeRequest.OPEN_METRICS);

        assertThat(scraped)
                .contains("http_server_request_duration_seconds_bucket{")
                .doesNotContain(" # {");
    }

    @Test
    void whoHasNoTracingHasNoExemplars() throws Exception {
        assertThat(scrapeAfterARequest(PrometheusRegistries.create(), ScrapeRequest.OPEN_METRICS))
                .contains("http_server_request_duration_seconds_bucket{")
                .doesNotContain(" # {");
    }

    private static String scrapeAfterARequest(PrometheusMeterRegistry registry, ScrapeRequest request)
            throws Exception {
        RequestObservers.of(HttpServerMetrics.of(registry))
                .start(TestRequest.of("GET"))
                .end("/orders/{id}", 200, null);
        return MetricsEndpoint.of(registry).handle(request).bodyAsText();
    }
}
