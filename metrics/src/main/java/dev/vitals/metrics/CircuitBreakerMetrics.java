package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Resilience4j's circuit breakers through its own binder: in which state each one is, the share of calls that fail and of
 * those that are slow, how many calls it let through and how many not; about 25 series a breaker, labelled {@code name}.
 * Needs {@code resilience4j-circuitbreaker} and {@code resilience4j-micrometer}, which are optional.
 *
 * <pre>{@code
 * CircuitBreakerMetrics.bind(circuitBreakers, registry);
 * }</pre>
 */
public final class CircuitBreakerMetrics {
    private CircuitBreakerMetrics() {}

    /**
     * Registers the meters of each circuit breaker that there is and will be; those of one that is removed go. Where
     * the registry has circuit breakers already, a framework's perhaps, nothing is added.
     *
     * @param circuitBreakers the application's
     * @param registry where the meters go
     */
    // Who calls this has Resilience4j; who does not must not need its module to compile against this one.
    @SuppressWarnings("exports")
    public static void bind(CircuitBreakerRegistry circuitBreakers, MeterRegistry registry) {
        requireNonNull(circuitBreakers, "circuitBreakers");
        requireNonNull(registry, "registry");
        if (registry.find("resilience4j.circuitbreaker.state").meter() == null) {
            TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuitBreakers)
                    .bindTo(registry);
        }
    }
}
