package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import dev.vitals.http.Response;
import dev.vitals.metrics.MetricsEndpoint;
import dev.vitals.metrics.PrometheusRegistries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one scrape costs between the web server and the bytes of its answer, HTTP left out: ours whole, without the 100 ms
 * for which a rendering is shared; what it stands on, Prometheus' own registry and writer into a buffer that is kept;
 * the snapshots alone, which are most of it; and Micrometer's way.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 10, time = 1)
public class Scrape {
    /** A registry with so many series. */
    @State(Scope.Benchmark)
    public static class Registry {
        /** What the series are of: the cheapest there are, or those that most series of a service are of. */
        @Param({"counters", "histograms"})
        public String of = "";

        /** How many lines a scrape has, comments left out. */
        @Param({"1000", "10000", "50000"})
        public int series;

        final Sink sink = new Sink();
        final Get plain = Get.anonymous("/metrics");
        final Request gzip = new Gzipped(plain);
        final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        PrometheusMeterRegistry registry = PrometheusRegistries.create();
        MetricsEndpoint endpoint = MetricsEndpoint.of(registry);
        Request another = ByName.of("unknown");

        /** Makes the series. */
        @Setup
        public void fill() {
            if (of.equals("counters")) {
                IntStream.range(0, series).forEach(this::counter);
            } else {
                IntStream.range(0, series / Histogram.LINES).forEach(this::histogram);
            }
        }

        private void counter(int i) {
            Counter.builder("orders." + i / 100)
                    .description("Orders of one kind")
                    .tag("method", "GET")
                    .tag("route", "/orders/" + i % 100)
                    .register(registry)
                    .increment(i);
        }

        private void histogram(int i) {
            Timer.builder("requests." + i / 50)
                    .description("Requests of one kind")
                    .tag("method", "GET")
                    .tag("route", "/orders/" + i % 50)
                    .serviceLevelObjectives(Histogram.BUCKETS)
                    .register(registry)
                    .record(Duration.ofMillis(i));
        }
    }
}
