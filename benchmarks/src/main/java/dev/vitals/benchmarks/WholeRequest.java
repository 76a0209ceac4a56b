package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import dev.vitals.tracing.HttpServerTracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerMetrics;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to watch one HTTP request: to count it, to time it and to trace it, one in ten of them to the end. Vitals
 * also puts the ids into the log; the instrumenter does not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class WholeRequest {
    /** How many requests are sampled. */
    @Param("tenPercent")
    public String mode = "tenPercent";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final SdkMeterProvider meters = Recorders.meters(reader);
    private Tracing tracing;
    private Request request;
    private RequestObservers observers;
    private Instrumenter<Request, Integer> instrumenter;

    /** Sets both up. */
    @Setup
    public void start() {
        tracing = new Tracing(mode, meters);
        request = tracing.request();
        observers = RequestObservers.of(Recorders.vitals(registry), HttpServerTracing.of(tracing));
        instrumenter = Tracers.instrumenter(tracing)
                .addOperationMetrics(HttpServerMetrics.get())
                .buildServerInstrumenter(new TracedOrder.Getter());
    }

    /** Lets them go. */
    @TearDown
    public void stop() {
        tracing.close();
        meters.close();
        registry.close();
    }

    /** Vitals: metrics, a trace, the ids in the log and in the response. */
    @Benchmark
    public void vitals() {
        Tracers.serve(observers, request);
    }

    /** OpenTelemetry's instrumenter with its metrics: no ids in the log. */
    @Benchmark
    public void instrumenter() {
        Tracers.serve(instrumenter, request);
    }

    /** How many requests each has measured, and the last span, for a test. */
    @Nullable
    String watched() {
        double peers = reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("http.server.request.duration"))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .mapToLong(point -> point.getCount())
                .sum();
        long vitals = registry.get("http.server.request.duration").timer().count();
        return vitals + " " + (long) peers + " " + tracing.takeLast();
    }
}
