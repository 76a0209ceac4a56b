package dev.vitals.http;

import dev.vitals.http.RequestObserver.Observation;
import dev.vitals.http.RequestObserver.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one: they order themselves by phase, and none can harm the request or another observer.
 * Immutable and safe for use by many threads. This is what a web server's adapter drives:
 *
 * <pre>{@code
 * var observed = observers.start(request);
 * observed.responseHeaders().forEach(response::setHeader);
 * try (var scope = observed.enter()) {
 *     application.handle();
 * } finally {
 *     observed.end(route, status, error);
 * }
 * }</pre>
 */
public final class RequestObservers {
    private static final System.Logger LOG = System.getLogger(RequestObservers.class.getName());

    private final RequestObserver[] observers;
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();

    private RequestObservers(List<? extends RequestObserver> observers) {
        this.observers = observers.stream()
                .sorted(Comparator.comparing(RequestObserver::phase))
                .toArray(RequestObserver[]::new);
    }

    /**
     * {@return these observers as one}
     *
     * @param observers in any order; those of one phase keep theirs
     */
    public static RequestObservers of(RequestObserver... observers) {
        return new RequestObservers(List.of(observers));
    }

    /**
     * {@return these observers as one}
     *
     * @param observers in any order; those of one phase keep theirs
     */
    public static RequestObservers of(List<? extends RequestObserver> observers) {
        return new RequestObservers(List.copyOf(observers));
    }

    /** {@return how often an observer has thrown so far} */
    public long failures() {
        return failures.sum();
    }

    /**
     * A request begins; tells every observer, in the order of their phases.
     *
     * @param request the request
     * @return the request as its observers see it
     */
    public Observed start(Request request) {
        var observations = new Observation[observers.length];
        for (int i = 0; i < observers.length; i++) {
            try {
                observations[i] = observers[i].onStart(request);
            } catch (Throwable thrown) {
                failed(observers[i], thrown);
            }
        }
        return new Observed(request, observations, System.nanoTime());
    }

    private void failed(RequestObserver culprit, Throwable thrown) {
        failures.increment();
        if (complainedOf.add(culprit.getClass())) {
            // Class names only: a message may hold what the request held.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} threw {1} while watching a request; it is left out of requests in which it throws, and this is logged once",
                    culprit.getClass().getName(),
                    thrown.getClass().getName());
        }
    }

    /** One request under watch. Its methods never throw. */
    public final class Observed {
        private final Request request;
        private final @Nullable Observation[] observations;
        private final long startNanos;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Observed(Request request, @Nullable Observation[] observations, long startNanos) {
            this.request = request;
            this.observations = observations;
            this.startNanos = startNanos;
        }

        /**
         * {@return the headers that the observers want in the response; the first observer to name one has it, and one
         * whose header no response can carry has none at all}
         */
        public Map<String, String> responseHeaders() {
            var headers = new LinkedHashMap<String, String>();
            for (int i = 0; i < observations.length; i++) {
                tell(i, observation -> {
                    Map<String, String> wanted = observation.responseHeaders();
                    wanted.forEach(HeaderText::require);
                    wanted.forEach(headers::putIfAbsent);
                });
            }
            return headers;
        }

        /** {@return the observers' context, put on this thread until the scope is closed on it, in reverse order} */
        public Scope enter() {
            var scopes = new @Nullable Scope[observations.length];
            for (int i = 0; i < scopes.length; i++) {
                int at = i;
                tell(i, observation -> scopes[at] = observation.enter());
            }
            return () -> leave(scopes);
        }

        private void leave(@Nullable Scope[] scopes) {
            for (int i = scopes.length - 1; i >= 0; i--) {
                Scope scope = scopes[i];
                if (scope != null) {
                    guarded(i, scope::close);
                }
            }
        }

        /**
         * The request has ended in the ordinary way; tells every observer, in reverse order. Only the first call
         * counts.
         *
         * @param route the route that served it, never a raw path; null where none matched
         * @param status the HTTP status sent, 0 where none is known
         * @param error what the application threw, or null
         */
        public void end(@Nullable String route, int status, @Nullable Throwable error) {
            end(route, status, error, Outcome.Kind.ORDINARY);
        }

        /**
         * The request has ended; tells every observer, in reverse order. Only the first call counts.
         *
         * @param route the route that served it, never a raw path; null where none matched
         * @param status the HTTP status sent, 0 where none is known
         * @param error what the application threw, or null
         * @param kind what kind of end it was
         */
        public void end(@Nullable String route, int status, @Nullable Throwable error, Outcome.Kind kind) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            var outcome = new Outcome(request, route, status, error, kind, System.nanoTime() - startNanos);
            for (int i = observations.length - 1; i >= 0; i--) {
                tell(i, observation -> observation.onEnd(outcome));
            }
        }

        private void tell(int i, Consumer<Observation> action) {
            Observation observation = observations[i];
            if (observation != null) {
                guarded(i, () -> action.accept(observation));
            }
        }

        private void guarded(int i, Runnable action) {
            try {
                action.run();
            } catch (Throwable thrown) {
                observations[i] = null;
                failed(observers[i], thrown);
            }
        }
    }
}
