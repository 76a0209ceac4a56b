package dev.vitals.http.servlet;

import dev.vitals.http.Outcome;
import dev.vitals.http.RequestObservers.Observed;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request under watch, from the filter to its end on whatever thread. */
final class Watch implements AsyncListener {
    private final Observed observed;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Function<? super HttpServletRequest, @Nullable String> route;
    private volatile @Nullable Throwable error;

    Watch(
            Observed observed,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<? super HttpServletRequest, @Nullable String> route) {
        this.observed = observed;
        this.request = request;
        this.response = response;
        this.route = route;
    }

    Observed observed() {
        return observed;
    }

    /** Whether the application went asynchronous: then this listens for the end. */
    boolean endsLater() {
        if (!request.isAsyncStarted()) {
            return false;
        }
        try {
            request.getAsyncContext().addListener(this);
            return true;
        } catch (IllegalStateException completed) {
            return false;
        }
    }

    /** The application threw; the first time is what counts. */
    void failed(Throwable thrown) {
        if (error == null) {
            Throwable cause = thrown instanceof ServletException wrapper ? wrapper.getRootCause() : null;
            error = cause == null ? thrown : cause;
        }
    }

    void end() {
        Throwable thrown = error;
        boolean unsent = thrown != null && !response.isCommitted();
        int status = unsent ? 500 : response.getStatus();
        observed.end(route(), status, thrown, Outcome.Kind.of(status, contentType(), ClientLeft.saidBy(thrown)));
    }

    private @Nullable String contentType() {
        try {
            return response.getContentType();
        } catch (RuntimeException unknown) {
            return null;
        }
    }

    private @Nullable String route() {
        try {
            return route.apply(request);
        } catch (Throwable unknown) {
            return null;
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    /** The container answers next, with 500 unless the application does, and then completes. */
    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        Throwable thrown = event.getThrowable();
        if (thrown != null) {
            failed(thrown);
        }
    }

    /** A new round: the container has forgotten the listeners of the last one (Servlet 6.1, AsyncListener). */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
