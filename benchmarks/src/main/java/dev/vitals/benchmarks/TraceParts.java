package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

/** What a traced request costs beside its span, by the libraries themselves: Vitals is not among them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class TraceParts {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";

    private final TextMapGetter<Request> getter = new TracedOrder.Getter();
    private final Request request = TracedOrder.withoutParent();
    private final Request child = TracedOrder.withParent();

    /**
     * W3C's headers and baggage, where the client sent none.
     *
     * @return the context, the root
     */
    @Benchmark
    public Context extractNothing() {
        return Tracing.PROPAGATOR.extract(Context.root(), request, getter);
    }

    /**
     * W3C's headers and baggage, where the client sent a {@code traceparent}.
     *
     * @return the context of the client's span
     */
    @Benchmark
    public Context extractParent() {
        return Tracing.PROPAGATOR.extract(Context.root(), child, getter);
    }

    /**
     * Three ids into Logback's MDC, and out of it again.
     *
     * @return what stood there before
     */
    @Benchmark
    public String log() {
        String before = MDC.get("trace_id") + MDC.get("span_id") + MDC.get("trace_flags");
        MDC.put("trace_id", TRACE_ID);
        MDC.put("span_id", SPAN_ID);
        MDC.put("trace_flags", "01");
        MDC.remove("trace_id");
        MDC.remove("span_id");
        MDC.remove("trace_flags");
        return before;
    }
}
