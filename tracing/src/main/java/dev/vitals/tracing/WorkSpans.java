package dev.vitals.tracing;

import dev.vitals.scrubbing.Scrubber;
import dev.vitals.tracing.Traced.Work;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spans around an application's work: what goes wrong with them is counted, and never reaches the work. */
final class WorkSpans {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final int LONGEST_NAME = 256;

    private final Tracer tracer;
    private final LogKeys keys;
    private final Scrubber scrubber;
    private final LongAdder failures = new LongAdder();

    WorkSpans(Tracer tracer, LogKeys keys, Scrubber scrubber) {
        this.tracer = tracer;
        this.keys = keys;
        this.scrubber = scrubber;
    }

    long failures() {
        return failures.sum();
    }

    void failed() {
        failures.increment();
    }

    /**
     * Does work in a span.
     *
     * @param parent tells the span's parent, and may say more of it
     */
    <T extends @Nullable Object, X extends Throwable> T work(
            String name, SpanKind kind, Function<SpanBuilder, Context> parent, Work<T, X> work) throws X {
        Context context = tracer.isEnabled() ? started(name, kind, parent) : null;
        if (context == null) {
            return work.call();
        }
        Span span = Span.fromContext(context);
        ContextScope scope = ContextScope.enter(context, span.getSpanContext(), keys);
        try {
            return work.call();
        } catch (Throwable thrown) {
            guarded(() -> threw(span, thrown));
            throw thrown;
        } finally {
            scope.close();
            guarded(span::end);
        }
    }

    private @Nullable Context started(String name, SpanKind kind, Function<SpanBuilder, Context> parentOf) {
        try {
            SpanBuilder builder = tracer.spanBuilder(Bounded.scrubbed(name, scrubber::scrub, LONGEST_NAME))
                    .setSpanKind(kind);
            Context parent = parentOf.apply(builder);
            return parent.with(builder.setParent(parent).startSpan());
        } catch (Throwable noSpan) { // an application's own sampler or processor, whatever it throws
            failed();
            return null;
        }
    }

    private void threw(Span span, Throwable thrown) {
        if (span.isRecording()) {
            span.setAttribute(ERROR_TYPE, thrown.getClass().getName());
            span.setStatus(StatusCode.ERROR);
            Exceptions.record(span, thrown, scrubber);
        }
    }

    void guarded(Runnable tracing) {
        try {
            tracing.run();
        } catch (Throwable failure) { // as above
            failed();
        }
    }
}
