package dev.vitals.benchmarks;

import dev.vitals.metrics.Operation;
import dev.vitals.metrics.Operations;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to measure work that does nothing, with the same buckets each: an operation that is held, with its error
 * and its tag; beside a Micrometer timer that is held, and one that is looked up by its builder. The clock is read twice
 * in each of them but the lone record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class RecordOperation {
    private static final Duration[] BUCKETS = LongStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Duration TOOK = Duration.ofMillis(1);

    /** Unused; the table has a column for it. */
    @Param("0")
    public int checks;

    private final IOException failure = new IOException();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Operation tagged =
            Operations.builder(registry).tag("channel").build().operation("order.place");
    private final Operation operation = tagged.with("channel", "web");
    private final Timer timer = builder().register(registry);
    /** What the work is; public, so that no compiler leaves it out. */
    public int done;

    /** Lets the meters go. */
    @TearDown(Level.Trial)
    public void stop() {
        registry.close();
    }

    private static Timer.Builder builder() {
        return Timer.builder("peer")
                .tag("operation", "order.place")
                .tag("error.type", "")
                .serviceLevelObjectives(BUCKETS);
    }

    private void work() {
        done++;
    }

    /** Vitals, held. */
    @Benchmark
    public void vitals() {
        operation.run(this::work);
    }

    /** Vitals, held, and the duration known. */
    @Benchmark
    public void vitalsRecord() {
        operation.record(TOOK, null);
    }

    /** Vitals, held, and failed: found by the error's class. */
    @Benchmark
    public void vitalsFailed() {
        operation.record(TOOK, failure);
    }

    /** Vitals, and the tag is looked up. */
    @Benchmark
    public void vitalsTagged() {
        tagged.with("channel", "web").run(this::work);
    }

    /** Micrometer, held. */
    @Benchmark
    public void micrometerHeld() {
        timer.record(this::work);
    }

    /** Micrometer, found by its builder each time. */
    @Benchmark
    public void micrometerLookup() {
        builder().register(registry).record(this::work);
    }
}
