package dev.vitals.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.http.Response;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                          | true",
                "x-gzip                        | true",
                "GZip                          | true",
                "deflate, gzip;q=0.5           | true",
                "*                             | true",
                "gzip;q=0.5, identity;q=0.5    | true",
                "gzip;q=0                      | false",
                "gzip;q=0, *                   | false",
                "identity, gzip;q=0.5          | false",
                "deflate, br, zstd             | false",
                "identity                      | false",
                "*;q=0                         | false",
                "gzip;q=nonsense               | false",
                "''                            | false",
            })
    void itIsGzippedForWhoLikesThat(String acceptEncoding, boolean gzipped) throws Exception {
        for (int i = 0; i < 20; i++) {
            Counter.builder("orders." + i).description("x".repeat(100)).register(registry);
        }
        String plain = registry.scrape();

        Response response = endpoint.handle(ScrapeRequest.with("Accept-Encoding", acceptEncoding));

        var bytes = new ByteArrayOutputStream();
        response.writeTo(bytes);
        assertThat(response.headers())
                .containsEntry("Vary", "Accept, Accept-Encoding")
                .containsEntry("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE);
        if (gzipped) {
            assertThat(response.headers()).containsEntry("Content-Encoding", "gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                    .hasContent(plain);
            assertThat(response.length()).isLessThan(plain.length() / 4);
        } else {
            assertThat(response.headers()).doesNotContainKey("Content-Encoding");
            assertThat(bytes.toString(UTF_8)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name[]=orders_placed                        | orders_placed_total",
                "name[]=orders_placed_total                  | orders_placed_total",
                "name%5B%5D=orders_placed&debug=1            | orders_placed_total",
                "name[]=wait_seconds                         | wait_seconds",
                "name[]=wait_seconds_count                   | wait_seconds",
                "name[]=orders_placed&name[]=depth           | orders_placed_total depth",
                "name[]=unknown                              | ''",
                "name[]=orders                               | ''",
                "name[]=                                     | ''",
                "debug=%zz                                   | orders_placed_total wait_seconds wait_seconds_max depth",
                "name=depth                                  | orders_placed_total wait_seconds wait_seconds_max depth",
                "                                            | orders_placed_total wait_seconds wait_seconds_max depth",
            })
    void whoAsksByNameGetsThoseMetricsAlone(@Nullable String query, String families) throws Exception {
        registry.counter("orders.placed").increment();
        registry.timer("wait").record(Duration.ofSeconds(1));
        registry.gauge("depth", 3);

        Response response = endpoint.handle(new ScrapeRequest(query, Map.of()));

        assertThat(response.status()).isEqualTo(200);
        String text = response.bodyAsText();
        assertThat(Exposition.families(text).keySet())
                .containsExactlyInAnyOrder(Arrays.stream(families.split(" "))
                        .filter(name -> !name.isEmpty())
                        .toArray(String[]::new));
        if (families.isEmpty()) {
            assertThat(text).isEmpty();
        }
    }

    @Test
    void askingForTooMuchByNameIsRefused() throws Exception {
        assertThat(endpoint.handle(ScrapeRequest.query("name[]=a&".repeat(100))).status())
                .isEqualTo(200);
        assertThat(endpoint.handle(ScrapeRequest.query("name[]=a&".repeat(101))).status())
                .isEqualTo(400);
        assertThat(endpoint.handle(ScrapeRequest.query("name[]=" + "a".repeat(200)))
                        .status())
                .isEqualTo(200);
        assertThat(endpoint.handle(ScrapeRequest.query("name[]=" + "a".repeat(201)))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name[]=%zz",
                "name[]=depth&name[]=%zz",
                "name%5B%5D=%zz&name[]=depth",
                "debug=1&name[]=depth%4",
            })
    void aMalformedNameIsRefused(String query) throws Exception {
        registry.gauge("depth", 3);

        Response response = endpoint.handle(ScrapeRequest.query(query));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.bodyAsText()).contains("percent-encoded").doesNotContain("depth");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsAskedForByNameIsSmall(boolean gzip) throws Exception {
        for (int i = 0; i < 1_100; i++) {
            registry.counter("large", "k", i + "x".repeat(1_000));
        }
        for (int i = 0; i < 500; i++) {
            registry.counter("small", "k", i + "x".repeat(1_000));
        }
        Map<String, List<String>> headers = gzip ? Map.of("Accept-Encoding", List.of("gzip")) : Map.of();

        Response refused = endpoint.handle(new ScrapeRequest("name[]=small&name[]=large", headers));
        Response small = endpoint.handle(new ScrapeRequest("name[]=small", headers));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bodyAsText()).contains("more than 1048576 bytes");
        assertThat(small.status()).isEqualTo(200);
        assertThat(endpoint.handle(new ScrapeRequest(null, headers)).status()).isEqualTo(200);
    }

    @Test
    void whatIsAskedForByNameIsHeldByItsAnswerAlone() throws Exception {
        registry.counter("orders.placed");
        Response response = endpoint.handle(ScrapeRequest.query("name[]=orders_placed"));
        var arrays = new ArrayList<byte[]>();

        response.writeTo(new OutputStream() {
            @Override
            public void write(int oneByte) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                arrays.add(bytes);
            }
        });

        assertThat(arrays).singleElement().satisfies(bytes -> assertThat(bytes).hasSize(response.length()));
    }

    @Test
    void whoMayScrapeNeedsATokenOfItsOwn(@TempDir Path folder) throws Exception {
        String token = "f".repeat(32);
        Path file = Files.writeString(folder.resolve("scrape-token"), token);
        var guarded = MetricsEndpoint.builder(registry)
                .access(DetailsPolicy.token(file))
                .build();
        registry.counter("orders.placed");

        Response refused = guarded.handle(ScrapeRequest.PLAIN);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(refused.bodyAsText()).isEqualTo("unauthorized\n");
        assertThat(guarded.handle(ScrapeRequest.with("Authorization", "Bearer " + "e".repeat(32)))
                        .status())
                .isEqualTo(401);
        assertThat(guarded.handle(ScrapeRequest.with("Authorization", "Bearer " + token))
                        .bodyAsText())
                .contains("orders_placed_total");
    }

    @Test
    void aScrapeLargerThanTheBoundSaysSo() throws Exception {
        var small = MetricsEndpoint.builder(registry).largest(200).build();
        registry.counter("orders.placed");
        assertThat(small.handle(ScrapeRequest.PLAIN).status()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            registry.counter("orders." + i);
        }

        assertThat(small.handle(ScrapeRequest.query("name[]=orders_1_total")).status())
                .isEqualTo(200);
        Response response = small.handle(ScrapeRequest.OPEN_METRICS);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.bodyAsText()).isEqualTo("the metrics of this process are more than 200 bytes\n");
        assertThatThrownBy(() -> MetricsEndpoint.builder(registry).largest(0)).hasMessageContaining("at least 1 byte");
    }

    @Test
    void aTestSeesEachStep() throws Exception {
        var unshared =
                MetricsEndpoint.builder(registry).sharedFor(Duration.ZERO).build();
        for (int i = 1; i < 5; i++) {
            registry.counter("orders.placed").increment();
            assertThat(unshared.handle(ScrapeRequest.PLAIN).bodyAsText()).contains("orders_placed_total " + i + ".0");
        }
        for (Duration wrong : List.of(Duration.ofMillis(-1), Duration.ofMillis(1001))) {
            assertThatThrownBy(() -> MetricsEndpoint.builder(registry).sharedFor(wrong))
                    .hasMessageContaining("zero to 1 s");
        }
    }

    @Test
    void aPrometheusRegistryIsFoundInAComposite() throws Exception {
        var composite = new CompositeMeterRegistry();
        composite.add(new SimpleMeterRegistry());
        assertThat(MetricsEndpoint.find(composite)).isEmpty();
        assertThat(MetricsEndpoint.find(new SimpleMeterRegistry())).isEmpty();

        composite.add(new CompositeMeterRegistry(Clock.SYSTEM, List.of(registry)));
        composite.counter("orders.placed").increment();

        assertThat(MetricsEndpoint.find(composite)
                        .orElseThrow()
                        .handle(ScrapeRequest.PLAIN)
                        .bodyAsText())
                .contains("orders_placed_total 1.0");
        assertThat(MetricsEndpoint.find(registry)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatItServesIsToPromtoolsLiking(boolean byName) throws Exception {
        HttpServerMetrics.of(registry);
        Response response =
                endpoint.handle(byName ? ScrapeRequest.query("name[]=vitals_labels_folded") : ScrapeRequest.PLAIN);

        String text = response.bodyAsText();
        assertThat(text).contains("vitals_labels_folded_total");
        Promtool.check(text);
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
