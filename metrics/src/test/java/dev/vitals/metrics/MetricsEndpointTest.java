package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Response;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsEndpointTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MetricsEndpoint endpoint = MetricsEndpoint.of(registry);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0",
                "Application/OpenMetrics-Text",
                // Prometheus 2.42
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                // Prometheus 3
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                        + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3,*/*;q=0.2",
            })
    void whoAsksForOpenMetricsGetsIt(String accept) throws Exception {
        Response response = scrape(accept);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", OpenMetricsTextFormatWriter.CONTENT_TYPE);
        assertThat(response.bodyAsText())
                .contains("# TYPE orders_placed counter")
                .endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=0.3,text/plain;q=0.4",
                "application/openmetrics-text;q=nonsense",
                "application/openmetrics-text;q=9",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
                "x-application/openmetrics-text",
                ";;;,,,;q=,q=1;",
            })
    void everybodyElseGetsPrometheusText(String accept) throws Exception {
        Response response = scrape(accept);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE);
        assertThat(response.bodyAsText())
                .contains("# TYPE orders_placed_total counter")
                .doesNotContain("# EOF");
    }

    @Test
    void severalAcceptHeadersCountAsOne() throws Exception {
        assertThat(scrape("text/plain;q=0.1", "application/openmetrics-text").headers())
                .containsEntry("Content-Type", OpenMetricsTextFormatWriter.CONTENT_TYPE);
    }

    @Test
    void itIsServedWhereScrapersLook() {
        assertThat(endpoint.paths()).containsExactly("/metrics");
        assertThat(endpoint.methods()).containsExactly("GET");
    }

    private Response scrape(String... accept) throws Exception {
        Counter.builder("orders.placed")
                .description("Orders placed")
                .register(registry)
                .increment();
        return endpoint.handle(TestRequest.accepting(accept));
    }
}
