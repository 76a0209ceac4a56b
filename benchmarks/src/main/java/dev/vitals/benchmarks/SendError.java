package dev.vitals.benchmarks;

import io.sentry.ISerializer;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import java.io.ByteArrayOutputStream;
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

/** What the sender's thread does for an error: writing it, as Sentry does and scrubbed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SendError {
    /** Who writes it. */
    @Param({"sentry", "vitals"})
    public String with = "";

    private final SentryEvent event = ReportedErrors.event();
    private ISerializer serializer = new SentryOptions().getSerializer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts Sentry. */
    @Setup
    public void start() {
        serializer = ReportedErrors.start(with.equals("vitals"), 1).getSerializer();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        Sentry.close();
    }

    /**
     * Writes an envelope.
     *
     * @return how many bytes it has, before it is zipped
     * @throws Exception never
     */
    @Benchmark
    public int write() throws Exception {
        out.reset();
        serializer.serialize(SentryEnvelope.from(serializer, event, null), out);
        return out.size();
    }
}
