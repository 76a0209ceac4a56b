package dev.vitals.benchmarks;

import dev.vitals.metrics.PrometheusRegistries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;

/** Registries with so many series, which is to say so many lines in a scrape. */
final class ManySeries {
    private static final Duration[] BUCKETS = IntStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    /** With the bucket of all, the count, the sum and the maximum. */
    private static final int LINES_OF_A_HISTOGRAM = BUCKETS.length + 4;

    private ManySeries() {}

    /** The cheapest there are. */
    static PrometheusMeterRegistry counters(int series) {
        PrometheusMeterRegistry registry = PrometheusRegistries.create();
        for (int i = 0; i < series; i++) {
            Counter.builder("orders." + i / 100)
                    .description("Orders of one kind")
                    .tag("method", "GET")
                    .tag("route", "/orders/" + i % 100)
                    .register(registry)
                    .increment(i);
        }
        return registry;
    }

    /** What most series of a service belong to. */
    static PrometheusMeterRegistry histograms(int series) {
        PrometheusMeterRegistry registry = PrometheusRegistries.create();
        for (int i = 0; i < series / LINES_OF_A_HISTOGRAM; i++) {
            histogram(registry, i);
        }
        return registry;
    }

    private static void histogram(MeterRegistry registry, int i) {
        Timer.builder("requests." + i / 50)
                .description("Requests of one kind")
                .tag("method", "GET")
                .tag("route", "/orders/" + i % 50)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofMillis(i));
    }
}
