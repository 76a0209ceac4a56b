package dev.vitals.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches the requests of an application: traces, measures or reports them.
 *
 * <p>An observer is called by every request thread at once. It must neither block nor throw; one that throws is
 * logged once and switched out of that request, and the request goes on.
 */
public interface RequestObserver {
    /** When an observer's turn comes: in this order at the start of a request, in reverse at its end. */
    enum Phase {
        /** Makes context that the others read, a trace id for instance. */
        CONTEXT,
        /** Counts and measures. */
        MEASURE,
        /** Reports what went wrong. */
        REPORT
    }

    /** {@return when this observer's turn comes, fixed for its lifetime} */
    Phase phase();

    /**
     * A request begins.
     *
     * @param request the request
     * @return what is told of this request from now on; null where this observer has no interest in it
     */
    @Nullable
    Observation onStart(Request request);

    /** One observer's view of one request. An observer that keeps no state for a request may give out the same one. */
    interface Observation {
        /**
         * Headers that the response shall carry, asked for once before the application is called.
         *
         * @return names and values; empty by default
         */
        default Map<String, String> responseHeaders() {
            return Map.of();
        }

        /**
         * A thread begins to work for the request, or is about to tell of its end without having entered: the place to
         * put context on that thread. Several threads may be in it at once.
         *
         * @return takes the context off again, closed on the same thread; null, the default, where there is nothing
         *     to take off
         */
        default @Nullable Scope enter() {
            return null;
        }

        /**
         * The request has ended, on whatever thread. Called exactly once. The context of all observers stands on this
         * thread, so that a metric finds the trace that it belongs to: where the thread that has entered it ends the
         * request, in that scope, else in one of its own.
         *
         * @param outcome how it ended
         */
        void onEnd(Outcome outcome);
    }

    /** Context that stands on the current thread until this is closed. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
