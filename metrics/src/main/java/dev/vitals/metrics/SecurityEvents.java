package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what an application notices of those who try what they may not, in one counter, {@code vitals.security.events}:
 * a burst of it is worth a look, whatever answered with which status. Who it was is for the log, not for a label. Safe
 * for use by many threads.
 */
public final class SecurityEvents {
    private final Counter authenticationFailed;
    private final Counter forbidden;
    private final Counter throttled;

    private SecurityEvents(MeterRegistry registry) {
        authenticationFailed = counter(registry, "authentication_failed");
        forbidden = counter(registry, "forbidden");
        throttled = counter(registry, "throttled");
    }

    private static Counter counter(MeterRegistry registry, String event) {
        return WorkMeters.counter(registry, WorkDefinitions.SECURITY_EVENTS, WorkDefinitions.EVENT.name(), event);
    }

    /**
     * {@return the security events of a registry, all there at zero; a second one counts into the same counter}
     *
     * @param registry where the counter goes
     */
    public static SecurityEvents of(MeterRegistry registry) {
        return new SecurityEvents(requireNonNull(registry, "registry"));
    }

    /** Somebody could not show who they are: a wrong password, an unknown token. */
    public void authenticationFailed() {
        authenticationFailed.increment();
    }

    /** Somebody asked for what they may not have. */
    public void forbidden() {
        forbidden.increment();
    }

    /** Somebody asked too often, and was turned away. */
    public void throttled() {
        throttled.increment();
    }
}
