package dev.vitals.benchmarks;

import io.sentry.Sentry;
import io.sentry.protocol.SentryId;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an error costs the thread that reports it, with Sentry alone and with Vitals before it. Throwing it is not in the
 * time, but in the processor time and in what is allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ReportError {
    /** Who takes it. */
    @Param({"sentry", "vitals"})
    public String with = "";

    private Throwable error = new IllegalStateException();
    private int number;

    /** Starts Sentry. */
    @Setup
    public void start() {
        ReportedErrors.start(with.equals("vitals"), 10_000);
    }

    /** Throws: each error is reported once, and the first to ask for its frames has the JVM make them. */
    @Setup(Level.Invocation)
    public void fail() {
        error = ReportedErrors.thrown(++number);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        Sentry.close();
    }

    /**
     * Reports an error that passes.
     *
     * @return the report's id
     */
    @Benchmark
    public SentryId report() {
        return Sentry.captureException(error);
    }
}
