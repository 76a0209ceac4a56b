package dev.vitals.http;

import java.net.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches the calls that an application makes to other services: traces or measures them.
 *
 * <p>An observer is called by every calling thread at once. It must neither block nor throw; one that throws is logged
 * once and switched out of that call, and the call goes on.
 */
public interface ClientObserver {
    /**
     * A call begins.
     *
     * @param request what is asked
     * @return what is told of this call from now on; null where this observer has no interest in it
     */
    @Nullable
    Observation onStart(HttpRequest request);

    /** One observer's view of one call. An observer that keeps no state for a call may give out the same one. */
    @FunctionalInterface
    interface Observation {
        /**
         * Headers that the request shall carry, asked for once before it is sent. They replace those of the caller.
         *
         * @return names and values; empty by default
         */
        default Map<String, String> requestHeaders() {
            return Map.of();
        }

        /**
         * The call has ended, on whatever thread. Called exactly once.
         *
         * @param outcome how it ended
         */
        void onEnd(ClientOutcome outcome);
    }
}
