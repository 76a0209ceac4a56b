package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.MetricCatalogue.Label;
import dev.vitals.metrics.MetricCatalogue.Metric;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything set up, with traffic: what comes out is what the catalogue says. */
class MetricCatalogueTest {
    private static final Pattern MICROMETERS_OWN = Pattern.compile("(jvm|process|system)_.*");
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
        var observers = RequestObservers.of(HttpServerMetrics.of(registry));
        observers.start(TestRequest.of("GET")).end("/orders/{id}", 200, null);
        observers.start(TestRequest.of("POST")).end("/orders", 503, null);
        observers.start(TestRequest.of("BREW")).end(null, 500, new IllegalStateException());
        awaitMeasurements();
    }

    @AfterEach
    void stop() {
        health.close();
        jvm.close();
    }

    @Test
    void whatIsEmittedIsWhatTheCatalogueSays() {
        var emitted = Exposition.families(registry.scrape()).values().stream()
                .filter(family -> !MICROMETERS_OWN.matcher(family.name()).matches())
                .map(Exposition.Family::asMetric)
                .toList();

        assertThat(emitted)
                .containsExactlyInAnyOrderElementsOf(MetricCatalogue.all().stream()
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

        assertThat(families).hasSizeGreaterThan(MetricCatalogue.all().size() + 20);
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
