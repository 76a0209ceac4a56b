package dev.vitals.errors;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver;
import dev.vitals.http.TraceContext;
import io.sentry.IScopes;
import io.sentry.PropagationContext;
import io.sentry.SentryEvent;
import io.sentry.SpanId;
import io.sentry.exception.ExceptionMechanismException;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Response;
import io.sentry.protocol.SentryId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request with a scope of its own. */
final class RequestErrors implements RequestObserver.Observation {
    private static final String MECHANISM = "vitals.http";

    private final IScopes scopes;
    private final Supplier<? extends @Nullable TraceContext> trace;

    RequestErrors(IScopes scopes, Request request, Supplier<? extends @Nullable TraceContext> trace) {
        this.scopes = scopes;
        this.trace = trace;
        // Read now: a request is not to be read when it is over, as its scope may be.
        scopes.configureScope(scope -> scope.setRequest(described(request)));
    }

    /** The path alone is told: a query is the client's. */
    private static io.sentry.protocol.Request described(Request request) {
        var described = new io.sentry.protocol.Request();
        described.setMethod(request.method());
        String host = request.header("Host");
        described.setUrl(host == null ? request.path() : request.scheme() + "://" + host + request.path());
        return described;
    }

    @Override
    public RequestObserver.Scope enter() {
        // Before anything is put on the thread: where this throws, nothing stays there.
        TraceContext current = trace.get();
        if (current != null) {
            scopes.configureScope(scope -> scope.setPropagationContext(continued(current)));
        }
        return scopes.makeCurrent()::close;
    }

    private static PropagationContext continued(TraceContext trace) {
        var context = new PropagationContext();
        context.setTraceId(new SentryId(trace.traceId()));
        context.setSpanId(new SpanId(trace.spanId()));
        return context;
    }

    @Override
    public void onEnd(Outcome outcome) {
        Throwable error = outcome.error();
        if (error == null || outcome.kind() == Outcome.Kind.ABORTED) {
            return;
        }
        var mechanism = new Mechanism();
        mechanism.setType(MECHANISM);
        mechanism.setHandled(false);
        var event = new SentryEvent(new ExceptionMechanismException(mechanism, error, Thread.currentThread()));
        if (outcome.route() != null) {
            event.setTransaction(outcome.request().method() + " " + outcome.route());
        }
        if (outcome.status() > 0) {
            var response = new Response();
            response.setStatusCode(outcome.status());
            event.getContexts().setResponse(response);
        }
        scopes.captureEvent(event);
    }
}
