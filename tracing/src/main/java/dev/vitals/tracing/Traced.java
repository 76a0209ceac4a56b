package dev.vitals.tracing;

import static java.util.Objects.requireNonNull;

import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Traces an application's own work: steps of a request, jobs of a queue, tasks on other threads. While work is under
 * way, its span is current and its ids stand in SLF4J's MDC; afterwards both are as they were. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * Traced traced = Traced.of(openTelemetry);
 * Invoice invoice = traced.call("render invoice", () -> render(order));    // a step
 * queue.add(new Job(order, traced.carrier()));                             // the context travels with the job,
 * traced.consume("ship order", job.carrier(), () -> ship(job.order()));    // and the worker's part is in the same trace
 * CompletableFuture.supplyAsync(() -> price(order), traced.wrap(executor)); // another thread, the same span
 * }</pre>
 *
 * <p>What work throws reaches the caller as it is; the span says so, the exception's message scrubbed. Names are
 * scrubbed too, and cut to 256 characters. Whatever fails in tracing itself is counted, and work goes on without it.
 * Where the given OpenTelemetry has no SDK, work is called and nothing else happens.
 */
public final class Traced {
    private static final int MOST_LINKS = 128;
    private static final String BATCH_SIZE = "messaging.batch.message_count";
    private static final String LEFT_OUT = "vitals.links.left_out";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final LogKeys keys;
    private final WorkSpans spans;

    private Traced(OpenTelemetry openTelemetry, LogKeys keys, Scrubber scrubber) {
        this.tracer = Conventions.tracer(openTelemetry);
        this.propagator = Conventions.propagator(openTelemetry);
        this.keys = requireNonNull(keys, "keys");
        this.spans = new WorkSpans(tracer, keys, requireNonNull(scrubber, "scrubber"));
        // Or the first work, on many threads at once, would find SLF4J on its way, and its ids would not be in the log.
        MDC.getMDCAdapter();
    }

    /**
     * {@return what traces work, its ids in the log under {@link LogKeys#STANDARD}}
     *
     * @param openTelemetry the application's own; its propagators read and write carriers
     */
    public static Traced of(OpenTelemetry openTelemetry) {
        return of(openTelemetry, LogKeys.STANDARD);
    }

    /**
     * {@return what traces work}
     *
     * @param openTelemetry the application's own; its propagators read and write carriers
     * @param keys the names of the ids in the log
     */
    public static Traced of(OpenTelemetry openTelemetry, LogKeys keys) {
        return of(openTelemetry, keys, Scrubber.standard());
    }

    /**
     * {@return what traces work}
     *
     * @param openTelemetry the application's own; its propagators read and write carriers
     * @param keys the names of the ids in the log
     * @param scrubber takes what is private out of what spans say
     */
    public static Traced of(OpenTelemetry openTelemetry, LogKeys keys, Scrubber scrubber) {
        return new Traced(openTelemetry, keys, scrubber);
    }

    /**
     * Work with a result, that may throw what it likes.
     *
     * @param <T> what it results in
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Throwable> {
        /**
         * Does the work.
         *
         * @return its result
         * @throws X if it fails
         */
        T call() throws X;
    }

    /**
     * Does work in a span of its own, child of the current one.
     *
     * @param name what is done, one of few names: no ids, no data
     * @param work what to do
     */
    public void run(String name, Runnable work) {
        this.<Runnable, RuntimeException>call(name, () -> {
            work.run();
            return work;
        });
    }

    /**
     * Does work in a span of its own, child of the current one. A future that it results in is not waited for.
     *
     * @param name what is done, one of few names: no ids, no data
     * @param work what to do
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X if it fails
     */
    public <T extends @Nullable Object, X extends Throwable> T call(String name, Work<T, X> work) throws X {
        return spans.work(name, SpanKind.INTERNAL, builder -> Context.current(), work);
    }

    /**
     * {@return the current context as the propagators write it, to travel with a job; empty where nothing is traced}
     * It holds what the application has put into its baggage.
     */
    public Map<String, String> carrier() {
        if (!tracer.isEnabled()) {
            return Map.of();
        }
        Map<String, String> carrier = new LinkedHashMap<>();
        spans.guarded(() -> propagator.inject(Context.current(), carrier, Map::put));
        return Collections.unmodifiableMap(carrier);
    }

    /**
     * Works on a job of a queue, in the trace of who sent it: the span is a consumer's, child of the carrier's and
     * linked to it.
     *
     * @param name what is done, one of few names: no ids, no data
     * @param carrier what {@link #carrier()} gave, its names in any case. One that is malformed or empty is ignored;
     *     of one with more than 64 entries the rest is found only by a name's exact spelling
     * @param work what to do
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X if it fails
     * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">Messaging spans</a>
     */
    public <T extends @Nullable Object, X extends Throwable> T consume(
            String name, Map<String, String> carrier, Work<T, X> work) throws X {
        return spans.work(
                name,
                SpanKind.CONSUMER,
                builder -> {
                    Context parent = extracted(Context.current(), carrier);
                    SpanContext sent = Span.fromContext(parent).getSpanContext();
                    if (sent.isRemote()) {
                        builder.addLink(sent);
                    }
                    return parent;
                },
                work);
    }

    /**
     * Works on several jobs at once, in a trace of its own that is linked to those of the first 128. How many there
     * are is {@code messaging.batch.message_count}, how many were too many {@code vitals.links.left_out}.
     *
     * @param name what is done, one of few names: no ids, no data
     * @param carriers one for each job; malformed ones are ignored
     * @param work what to do
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X if it fails
     */
    public <T extends @Nullable Object, X extends Throwable> T consumeAll(
            String name, Collection<? extends Map<String, String>> carriers, Work<T, X> work) throws X {
        return spans.work(
                name,
                SpanKind.CONSUMER,
                builder -> {
                    builder.setAttribute(BATCH_SIZE, carriers.size());
                    if (carriers.size() > MOST_LINKS) {
                        builder.setAttribute(LEFT_OUT, carriers.size() - MOST_LINKS);
                    }
                    carriers.stream().limit(MOST_LINKS).forEach(carrier -> link(carrier, builder));
                    return Context.root();
                },
                work);
    }

    /** {@return how often tracing itself has failed so far, and work went on without it} */
    public long failures() {
        return spans.failures();
    }

    /**
     * {@return an executor whose tasks run with the context of who gave them, and its ids in the log}
     *
     * <p>An asynchronous stage of a {@code CompletableFuture} is given to its executor by the thread that completed the
     * stage before. Where that is no thread of such an executor, an HTTP client's for instance, wrap the stage's
     * function instead.
     *
     * @param executor who runs them; given back as it is where there is no SDK
     */
    public Executor wrap(Executor executor) {
        requireNonNull(executor, "executor");
        return tracer.isEnabled() ? task -> executor.execute(wrap(task)) : executor;
    }

    /**
     * {@return an executor whose tasks run with the context of who gave them, and its ids in the log}
     *
     * @param executor who runs them, and who is shut down and closed with this one; given back as it is where there is
     *     no SDK
     */
    public ExecutorService wrap(ExecutorService executor) {
        return tracer.isEnabled() ? new TracedExecutor(executor, this) : executor;
    }

    /**
     * {@return this task, with the context that is current now}
     *
     * @param task what to run
     */
    public Runnable wrap(Runnable task) {
        requireNonNull(task, "task");
        Context context = captured();
        return context == null
                ? task
                : () -> this.<Runnable, RuntimeException>within(context, () -> {
                    task.run();
                    return task;
                });
    }

    /**
     * {@return this task, with the context that is current now}
     *
     * @param task what to call
     * @param <T> what it results in
     */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        requireNonNull(task, "task");
        Context context = captured();
        return context == null ? task : () -> within(context, task::call);
    }

    /**
     * {@return this supplier, with the context that is current now}
     *
     * @param supplier what to ask
     * @param <T> what it supplies
     */
    public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
        requireNonNull(supplier, "supplier");
        Context context = captured();
        return context == null ? supplier : () -> within(context, supplier::get);
    }

    /**
     * {@return this function, with the context that is current now}: for a stage of a {@code CompletableFuture}
     *
     * @param function what to apply
     * @param <A> what it takes
     * @param <T> what it results in
     */
    public <A extends @Nullable Object, T extends @Nullable Object> Function<A, T> wrapFunction(
            Function<A, T> function) {
        requireNonNull(function, "function");
        Context context = captured();
        return context == null ? function : argument -> within(context, () -> function.apply(argument));
    }

    private @Nullable Context captured() {
        return tracer.isEnabled() ? Context.current() : null;
    }

    private <T extends @Nullable Object, X extends Throwable> T within(Context context, Work<T, X> work) throws X {
        ContextScope scope =
                ContextScope.enter(context, Span.fromContext(context).getSpanContext(), keys);
        try {
            return work.call();
        } finally {
            scope.close();
        }
    }

    private void link(Map<String, String> carrier, SpanBuilder builder) {
        builder.addLink(Span.fromContext(extracted(Context.root(), carrier)).getSpanContext());
    }

    private Context extracted(Context base, Map<String, String> carrier) {
        return propagator.extract(base, carrier, Carrier.INSTANCE);
    }
}
