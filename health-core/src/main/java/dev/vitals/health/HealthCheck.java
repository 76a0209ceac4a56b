package dev.vitals.health;

/**
 * One check: a function that looks at something and says how well it is.
 *
 * <p>It runs on a platform thread of its own, never twice at once, and may block up to its deadline; past it the
 * check reads DOWN, the run is interrupted, and what it still returns is dropped. Whatever it throws, of any kind,
 * is DOWN.
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * Looks once.
     *
     * @param deadline how long there is
     * @return what was found
     * @throws Exception for whatever goes wrong: that is DOWN, with the exception's class as the reason and its
     *     message, scrubbed, as a detail
     */
    HealthResult check(Deadline deadline) throws Exception;

    /**
     * {@return whether DOWN of this check is advice: worth a look, no reason to take an instance out of traffic} An
     * advisory check only degrades its probes, unless it is registered with {@link CheckOptions#mayStopTraffic}.
     */
    default boolean advisory() {
        return false;
    }
}
