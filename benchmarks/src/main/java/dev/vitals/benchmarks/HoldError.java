package dev.vitals.benchmarks;

import io.sentry.IScopes;
import io.sentry.ISentryClient;
import io.sentry.Sentry;
import io.sentry.protocol.SentryId;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an error costs that is held back, beside what of it is not ours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class HoldError {
    private final Throwable error = ReportedErrors.error(1);
    private final Throwable root = root(error);
    private IScopes entry = Sentry.getCurrentScopes();

    private static Throwable root(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? error : root(cause);
    }

    /** Starts Sentry, and beside it one with a client that turns all away. */
    @Setup
    public void start() {
        ReportedErrors.start(true, 1);
        Sentry.captureException(error);
        entry = Sentry.forkedScopes("benchmark");
        entry.getScope().bindClient((ISentryClient) Proxy.newProxyInstance(
                HoldError.class.getClassLoader(),
                new Class<?>[] {ISentryClient.class},
                (proxy, method, arguments) -> method.getName().equals("isEnabled") ? true : SentryId.EMPTY_ID));
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        Sentry.close();
    }

    /**
     * The way into the SDK, up to its client.
     *
     * @return no id
     */
    @Benchmark
    public SentryId entry() {
        return entry.captureException(error);
    }

    /**
     * The frames of an error and of its root cause, which a fingerprint needs.
     *
     * @return how many there are
     */
    @Benchmark
    public int stackTraces() {
        return error.getStackTrace().length + root.getStackTrace().length;
    }

    /**
     * An error that is held back, all of it.
     *
     * @return no id
     */
    @Benchmark
    public SentryId held() {
        return Sentry.captureException(error);
    }
}
