package dev.vitals.http;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a client's future, so that observers are told before the caller is: what depends on one future runs
 * last come, first served, and a caller's slow continuation would count as the call's own time. It completes as the
 * client's does, with the same exception object, and what is derived from it is what the client's future derives, which
 * keeps cancelling as it was.
 */
final class ObservedFuture<T> extends CompletableFuture<HttpResponse<T>> {
    private final CompletableFuture<HttpResponse<T>> source;

    private ObservedFuture(CompletableFuture<HttpResponse<T>> source) {
        this.source = source;
    }

    static <T> CompletableFuture<HttpResponse<T>> of(CompletableFuture<HttpResponse<T>> source, ClientCall call) {
        var observed = new ObservedFuture<>(source);
        // Where the caller completes it: a cancellation, a time limit.
        var unused = observed.whenComplete(call::end);
        var unusedToo = source.whenComplete((response, error) -> {
            call.end(response, error);
            observed.forward(response, error);
        });
        return observed;
    }

    private void forward(@Nullable HttpResponse<T> response, @Nullable Throwable error) {
        if (error != null) {
            completeExceptionally(error);
        } else {
            complete(response);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = !isDone() && source.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning) || cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return source.newIncompleteFuture();
    }

    @Override
    public Executor defaultExecutor() {
        return source.defaultExecutor();
    }
}
