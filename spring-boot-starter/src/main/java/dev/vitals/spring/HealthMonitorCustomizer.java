package dev.vitals.spring;

import dev.vitals.health.HealthMonitor;

/**
 * A bean that adds to the application's {@link HealthMonitor} before it starts: checks with options of their own,
 * checks that are only observed, startup flags.
 *
 * <pre>{@code
 * @Bean
 * HealthMonitorCustomizer cache(Cache cache) {
 *     return health -> health.readiness("cache", cache::check, check -> check.optional());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface HealthMonitorCustomizer {
    /**
     * Called once, after the beans that are checks themselves were added; where there are several, in their order.
     *
     * @param health what to add to
     */
    void customise(HealthMonitor.Builder health);
}
