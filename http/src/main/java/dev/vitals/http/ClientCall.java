package dev.vitals.http;

import dev.vitals.http.ClientObserver.Observation;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call under watch. Its methods never throw. */
final class ClientCall {
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final ClientObservers observers;
    private final HttpRequest asked;
    private final HttpRequest request;
    private final @Nullable Observation[] observations;
    private final long startNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    ClientCall(ClientObservers observers, HttpRequest asked, @Nullable Observation[] observations, long startNanos) {
        this.observers = observers;
        this.asked = asked;
        this.observations = observations;
        this.startNanos = startNanos;
        this.request = withHeaders();
    }

    /** What is to be sent: the caller's own request object where no observer wants a header. */
    HttpRequest request() {
        return request;
    }

    private HttpRequest withHeaders() {
        HttpRequest.Builder copy = null;
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < observations.length; i++) {
            for (Map.Entry<String, String> header : wanted(i).entrySet()) {
                try {
                    copy = copy != null ? copy : HttpRequest.newBuilder(asked, (name, value) -> true);
                    if (!set.contains(header.getKey())) {
                        copy.setHeader(header.getKey(), header.getValue());
                        set.add(header.getKey());
                    }
                } catch (RuntimeException impossible) {
                    // Restricted, malformed, or the caller's own kind of request is one that the builder refuses.
                    observers.wantedTheImpossible(i);
                }
            }
        }
        return copy == null || set.isEmpty() ? asked : copy.build();
    }

    private Map<String, String> wanted(int i) {
        Observation observation = observations[i];
        try {
            // A copy, so that a map which throws does so here.
            return observation == null ? Map.of() : Map.copyOf(observation.requestHeaders());
        } catch (Throwable thrown) {
            leaveOut(i, thrown);
            return Map.of();
        }
    }

    /** The call has ended. Only the first call counts. */
    void end(@Nullable HttpResponse<?> response, @Nullable Throwable error) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        ClientOutcome outcome = outcome(response, unwrapped(error), System.nanoTime() - startNanos);
        for (int i = observations.length - 1; i >= 0; i--) {
            Observation observation = observations[i];
            if (observation != null) {
                try {
                    observation.onEnd(outcome);
                } catch (Throwable thrown) {
                    leaveOut(i, thrown);
                }
            }
        }
    }

    private ClientOutcome outcome(@Nullable HttpResponse<?> response, @Nullable Throwable error, long nanos) {
        if (response != null) {
            try {
                return new ClientOutcome(
                        asked, response.statusCode(), response.headers(), response.version(), error, nanos);
            } catch (RuntimeException unreadable) {
                // Somebody's own kind of response: the call counts all the same.
            }
        }
        return new ClientOutcome(asked, 0, NO_HEADERS, null, error, nanos);
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private void leaveOut(int i, Throwable thrown) {
        observations[i] = null;
        observers.threw(i, thrown);
    }
}
