package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.http.ClientOutcome;
import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.MetricCatalogue.Label;
import dev.vitals.metrics.MetricCatalogue.Metric;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything set up, with traffic: what comes out is what the catalogue says. */
class MetricCatalogueTest {
    /** {@link ResourceCatalogueTest} is about what an application stands on. */
    private static final Set<String> RESOURCES = ResourceDefinitions.ALL.stream()
            .flatMap(definition -> definition.metrics().stream())
            .map(Metric::name)
            .collect(Collectors.toSet());

    private static final Set<String> THE_SCRAPERS = Set.of("job", "instance", "namespace", "pod", "service");

    private static final List<String> KNOWN = List.of(
            "vitals_health_probe_status{probe=\"readiness\",status=\"degraded\"} 1.0",
            "vitals_health_probe_status{probe=\"health\",status=\"down\"} 1.0",
            "vitals_health_probe_status{probe=\"liveness\",status=\"up\"} 1.0",
            "vitals_health_check_status{check=\"redis\",status=\"degraded\"} 1.0",
            "vitals_health_check_status{check=\"outside\",status=\"down\"} 1.0",
            "vitals_health_check_measurement{check=\"database\",name=\"connections.active\",unit=\"{connection}\"} 3.0");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HealthMonitor health = HealthMonitor.builder()
            .liveness("worker", Heartbeat.within(Duration.ofMinutes(1)))
            .startup("migrations", () -> true)
            .readiness(
                    "database", deadline -> HealthResult.up().withMeasurement("connections.active", "{connection}", 3))
            .readiness("redis", deadline -> HealthResult.degraded("slow"), check -> check.optional())
            .observe("outside", deadline -> HealthResult.down("away"))
            .start();
    private JvmMetrics jvm = JvmMetrics.bind(registry);

    @BeforeEach
    void setUpWithTraffic() throws Exception {
        HealthMetrics.bind(health, registry);
        var observers = RequestObservers.of(HttpServerMetrics.builder(registry)
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(2)))
                .build());
        work();
        callOut();
        observers.start(TestRequest.of("GET")).end("/orders/{id}", 200, null);
        observers.start(TestRequest.of("POST")).end("/orders", 503, null);
        observers.start(TestRequest.of("BREW")).end(null, 500, new IllegalStateException());
        awaitMeasurements();
    }

    private void work() {
        Operations.of(registry).operation("order.place").run(() -> {});
        TaskMetrics tasks = TaskMetrics.of(registry);
        tasks.worker("filler", 2).run(() -> {});
        tasks.queue("orders", () -> 3).oldestAge(() -> Duration.ofSeconds(1)).capacity(100);
        tasks.job("cleanup", Duration.ofHours(1)).run(() -> {});
        SecurityEvents.of(registry).forbidden();
        SelfMetrics.of(registry)
                .observerFailures(() -> 1)
                .endpointFailures(() -> 1)
                .reportsDropped(() -> 1)
                .eventsSuppressed(() -> 1)
                .textsUnscrubbable(() -> 1);
    }

    private void callOut() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://pricing/prices")).build();
        var limit = HttpHeaders.of(Map.of("RateLimit", List.of("\"default\";r=50;t=3000")), (name, value) -> true);
        HttpClientMetrics.of(registry)
                .onStart(request)
                .onEnd(new ClientOutcome(request, 200, limit, null, null, 1_000_000));
    }

    @AfterEach
    void stop() {
        health.close();
        jvm.close();
    }

    @Test
    void whatIsEmittedIsWhatTheCatalogueSays() {
        var emitted = Exposition.families(registry.scrape()).values().stream()
                .filter(family -> !RESOURCES.contains(family.name()))
                .map(Exposition.Family::asMetric)
                .toList();

        assertThat(emitted)
                .containsExactlyInAnyOrderElementsOf(MetricCatalogue.all().stream()
                        .filter(metric -> !RESOURCES.contains(metric.name()))
                        .map(MetricCatalogueTest::labelsSorted)
                        .toList());
    }

    @Test
    void prometheusOwnToolFindsNoFault() throws Exception {
        Promtool.check(registry.scrape());
    }

    @Test
    void noMetricCarriesALabelOfTheScraper() {
        Map<String, Exposition.Family> families = Exposition.families(registry.scrape());

        assertThat(families).hasSizeGreaterThan(70);
        assertThat(families.values())
                .allSatisfy(
                        family -> assertThat(family.asMetric().labelNames()).doesNotContainAnyElementsOf(THE_SCRAPERS));
    }

    @Test
    void whatTheEngineKnowsIsWhatPrometheusSees() {
        assertThat(health.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        assertThat(registry.scrape()).contains(KNOWN);
    }

    private void awaitMeasurements() throws InterruptedException {
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!KNOWN.stream().allMatch(registry.scrape()::contains)) {
            assertThat(System.nanoTime()).as("the checks have not run").isLessThan(giveUp);
            Thread.sleep(20);
        }
    }

    private static Metric labelsSorted(Metric metric) {
        List<Label> sorted = metric.labelNames().stream()
                .sorted()
                .map(label -> new Label(label, 0, ""))
                .toList();
        return new Metric(metric.name(), metric.type(), metric.unit(), sorted, metric.description());
    }
}
