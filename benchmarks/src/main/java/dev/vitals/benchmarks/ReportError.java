package dev.vitals.benchmarks;

import io.sentry.Sentry;
import io.sentry.protocol.SentryId;
import java.util.concurrent.TimeUnit;
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

/** What an error costs the thread that reports it, with Sentry alone and with Vitals before it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ReportError {
    // More than fit into the time in which the same content counts as told.
    private static final int ERRORS = 1024;

    /** Who takes it. */
    @Param({"sentry", "vitals"})
    public String with = "";

    private final Throwable[] errors = new Throwable[ERRORS];
    private int next;

    /** Starts Sentry. */
    @Setup
    public void start() {
        ReportedErrors.start(with.equals("vitals"), 10_000);
        for (int i = 0; i < ERRORS; i++) {
            errors[i] = ReportedErrors.error(i);
        }
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
        next = (next + 1) % ERRORS;
        return Sentry.captureException(errors[next]);
    }
}
