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
 * What it costs to trace one HTTP request from its beginning to its end, the request itself and the export left out. The
 * plain spans are the floor for whatever goes through OpenTelemetry's SDK: they read nothing, and stand on no thread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class TraceRequest {
    /** Vitals: the client's headers, the span, its ids in the log and in the response. */
    @Benchmark
    public void vitals(Tracers.OfVitals tracer) {
        tracer.trace();
    }

    /** Vitals as an adapter calls it: on the thread once more for the request's end. */
    @Benchmark
    public void vitalsThroughObservers(Tracers.OfObservers tracer) {
        tracer.trace();
    }

    /** OpenTelemetry's instrumenter: the client's headers and the span. */
    @Benchmark
    public void instrumenter(Tracers.OfInstrumenter tracer) {
        tracer.trace();
    }

    /** A span by hand with the attributes that Vitals sets. */
    @Benchmark
    public void plainSame(Tracers.OfTheSameAttributes tracer) {
        tracer.trace();
    }

    /** A span by hand with eight attributes. */
    @Benchmark
    public void plainEight(Tracers.OfEightAttributes tracer) {
        tracer.trace();
    }
}
