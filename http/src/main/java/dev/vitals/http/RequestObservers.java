package dev.vitals.http;

import dev.vitals.http.RequestObserver.Observation;
import dev.vitals.http.RequestObserver.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one: they order themselves by phase, and none can harm the request or another observer.
 * Immutable and safe for use by many threads. This is what a web server's adapter drives:
 *
 * <pre>{@code
 * var observed = observers.start(request);
 * observed.responseHeaders().forEach(response::setHeader);
 * try (var scope = observed.enter()) {
 *     try {
 *         application.handle();
 *     } catch (Throwable thrown) {
 *         error = thrown;
 *         throw thrown;
 *     } finally {
 *         observed.end(route, status, error);
 *     }
 * }
 * }</pre>
 *
 * Where a request ends on the thread that has entered it, before its scope is closed, the context need not be put on it
 * again; it may as well end after that, or on another thread.
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
        // One object less for each request than with an AtomicBoolean.
        private static final AtomicIntegerFieldUpdater<Observed> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(Observed.class, "ended");
        private static final Scope NOTHING_TO_LEAVE = () -> {};

        private final Request request;
        private final @Nullable Observation[] observations;
        private final long startNanos;

        @SuppressWarnings("UnusedVariable") // It is, through ENDED.
        private volatile int ended;

        // No thread writes another one's name, so each can rely on its own.
        private @Nullable Thread entered;

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
            Map<String, String> headers = Map.of();
            for (int i = 0; i < observations.length; i++) {
                Observation observation = observations[i];
                if (observation == null) {
                    continue;
                }
                try {
                    headers = with(headers, observation.responseHeaders());
                } catch (Throwable thrown) {
                    leftOut(i, thrown);
                }
            }
            return headers;
        }

        private static Map<String, String> with(Map<String, String> headers, Map<String, String> wanted) {
            if (wanted.isEmpty()) {
                return headers;
            }
            wanted.forEach(HeaderText::require);
            if (headers.isEmpty()) {
                // Itself where it cannot change.
                return Map.copyOf(wanted);
            }
            var more = new LinkedHashMap<>(headers);
            wanted.forEach(more::putIfAbsent);
            return more;
        }

        /** {@return the observers' context, put on this thread until the scope is closed on it, in reverse order} */
        public Scope enter() {
            @Nullable Scope[] scopes = null;
            for (int i = 0; i < observations.length; i++) {
                Observation observation = observations[i];
                if (observation == null) {
                    continue;
                }
                try {
                    Scope scope = observation.enter();
                    if (scope != null) {
                        scopes = scopes == null ? new @Nullable Scope[observations.length] : scopes;
                        scopes[i] = scope;
                    }
                } catch (Throwable thrown) {
                    leftOut(i, thrown);
                }
            }
            if (scopes == null) {
                return NOTHING_TO_LEAVE;
            }
            entered = Thread.currentThread();
            return leaving(scopes);
        }

        private Scope leaving(@Nullable Scope[] scopes) {
            return () -> {
                entered = null;
                for (int i = scopes.length - 1; i >= 0; i--) {
                    Scope scope = scopes[i];
                    if (scope == null) {
                        continue;
                    }
                    try {
                        scope.close();
                    } catch (Throwable thrown) {
                        leftOut(i, thrown);
                    }
                }
            };
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
         * The request has ended; tells every observer, in reverse order, with the context of all of them on this
         * thread. Only the first call counts.
         *
         * @param route the route that served it, never a raw path; null where none matched
         * @param status the HTTP status sent, 0 where none is known
         * @param error what the application threw, or null
         * @param kind what kind of end it was
         */
        public void end(@Nullable String route, int status, @Nullable Throwable error, Outcome.Kind kind) {
            if (!ENDED.compareAndSet(this, 0, 1)) {
                return;
            }
            var outcome = new Outcome(request, route, status, error, kind, System.nanoTime() - startNanos);
            Scope context = entered == Thread.currentThread() ? NOTHING_TO_LEAVE : enter();
            for (int i = observations.length - 1; i >= 0; i--) {
                Observation observation = observations[i];
                if (observation == null) {
                    continue;
                }
                try {
                    observation.onEnd(outcome);
                } catch (Throwable thrown) {
                    leftOut(i, thrown);
                }
            }
            context.close();
        }

        private void leftOut(int i, Throwable thrown) {
            observations[i] = null;
            failed(observers[i], thrown);
        }
    }
}
