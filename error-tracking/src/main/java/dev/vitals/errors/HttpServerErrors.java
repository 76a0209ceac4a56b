package dev.vitals.errors;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.http.TraceContext;
import io.sentry.Sentry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports what an application throws out of a request, once, and keeps what the application says about a request to that
 * request: each has a scope of its own in Sentry, on every thread that works for it. A report names the route as its
 * transaction, the status as its response, and the trace that the given supplier tells; so do all that the application
 * reports by itself meanwhile. Safe for use by many threads.
 *
 * <p>An error that was reported before, by an appender for instance or by Sentry's own integration for a framework, is
 * not reported again: Sentry knows a throwable and its causes. A client that went away is nobody's error. An answer of
 * 5xx for which nothing was thrown has nothing to report.
 *
 * <p>Of the request a report has method, path, scheme and host; what else the application wants in it, it says by {@link
 * ErrorContext}. Where Sentry is not started, nothing happens.
 *
 * <pre>{@code
 * RequestObservers.of(tracing, metrics, HttpServerErrors.of(TraceContexts::current));
 * }</pre>
 */
public final class HttpServerErrors implements RequestObserver {
    private final Supplier<? extends @Nullable TraceContext> trace;

    private HttpServerErrors(Supplier<? extends @Nullable TraceContext> trace) {
        this.trace = trace;
    }

    /** {@return an observer whose reports have the trace that Sentry itself makes} */
    public static HttpServerErrors of() {
        return new HttpServerErrors(() -> null);
    }

    /**
     * {@return an observer}
     *
     * @param trace tells the trace that the current thread works for, null where there is none; must neither block nor
     *     throw
     */
    public static HttpServerErrors of(Supplier<? extends @Nullable TraceContext> trace) {
        return new HttpServerErrors(requireNonNull(trace, "trace"));
    }

    @Override
    public Phase phase() {
        return Phase.REPORT;
    }

    @Override
    public @Nullable Observation onStart(Request request) {
        return Sentry.isEnabled() ? new RequestErrors(Sentry.forkedScopes("vitals"), request, trace) : null;
    }
}
