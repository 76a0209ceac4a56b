package dev.vitals.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to count and to time one HTTP request whose route is known, from its beginning to its end, the request
 * itself left out. All have the same histogram: the buckets that OpenTelemetry advises, and one at 2 s. The held
 * timer is the floor for whatever goes through Micrometer: it finds no labels and counts nothing else.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class RecordRequest {
    /** Vitals, with an objective on availability and one on latency; how the request ended is at hand. */
    @Benchmark
    public void vitals(Recorders.OfVitals recorder) {
        recorder.record();
    }

    /** Vitals as an adapter calls it, the two readings of the clock with it. */
    @Benchmark
    public void vitalsThroughObservers(Recorders.OfObservers recorder) {
        recorder.record();
    }

    /** A timer of Micrometer that somebody holds. */
    @Benchmark
    public void heldTimer(Recorders.OfAHeldTimer recorder) {
        recorder.record();
    }

    /** A timer of Micrometer, looked up by its builder. */
    @Benchmark
    public void timerByBuilder(Recorders.OfABuilder recorder) {
        recorder.record();
    }

    /** Spring's server observation. */
    @Benchmark
    public void spring(Recorders.OfSpring recorder) {
        recorder.record();
    }

    /** OpenTelemetry's instrumenter with its metrics of HTTP servers, without traces. */
    @Benchmark
    public void openTelemetry(Recorders.OfOpenTelemetry recorder) {
        recorder.record();
    }
}
