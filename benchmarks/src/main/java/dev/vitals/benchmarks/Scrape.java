package dev.vitals.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Response;
import dev.vitals.metrics.MetricsEndpoint;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one scrape costs between the web server and the bytes of its answer, HTTP left out. Ours renders each time here,
 * while in service it gives out a rendering for 100 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class Scrape {
    /** A registry with its series. */
    @State(Scope.Benchmark)
    public static class Registry {
        /** What they are. */
        @Param({"counters", "histograms"})
        public String of = "";

        /** How many. */
        @Param({"1000", "10000", "50000"})
        public int series;

        final Sink sink = new Sink();
        final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        private final Get plain = Get.anonymous("/metrics");
        private final Get gzip = Get.gzipped("/metrics");
        private @Nullable PrometheusMeterRegistry registry;
        private @Nullable MetricsEndpoint endpoint;

        /** Makes the series. */
        @Setup(Level.Trial)
        public void fill() {
            registry = of.equals("counters") ? ManySeries.counters(series) : ManySeries.histograms(series);
            endpoint =
                    MetricsEndpoint.builder(registry).sharedFor(Duration.ZERO).build();
        }

        PrometheusMeterRegistry registry() {
            return requireNonNull(registry);
        }

        int scrape(Get request) throws IOException {
            Response response = requireNonNull(endpoint).handle(request);
            response.writeTo(sink.emptied());
            return sink.length();
        }
    }

    /**
     * Vitals, a request and its answer.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int vitals(Registry from) throws IOException {
        return from.scrape(from.plain);
    }

    /**
     * Vitals, gzipped, which is what Prometheus asks for.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int vitalsGzipped(Registry from) throws IOException {
        return from.scrape(from.gzip);
    }

    /**
     * Prometheus' registry and writer, into a buffer that is kept: the floor.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int bare(Registry from) throws IOException {
        from.writer.write(
                from.sink.emptied(), from.registry().getPrometheusRegistry().scrape());
        return from.sink.length();
    }

    /**
     * Prometheus' registry alone: what of the floor is before the first byte.
     *
     * @return the snapshots
     */
    @Benchmark
    public MetricSnapshots snapshots(Registry from) {
        return from.registry().getPrometheusRegistry().scrape();
    }

    /**
     * Micrometer's registry, into a string.
     *
     * @return the string
     */
    @Benchmark
    public String micrometer(Registry from) {
        return from.registry().scrape();
    }
}
