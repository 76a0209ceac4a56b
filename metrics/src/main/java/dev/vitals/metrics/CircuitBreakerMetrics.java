package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.scrubbing.Scrubber;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * Resilience4j's circuit breakers through its own publisher: in which state each one is, the share of calls that fail and of
 * those that are slow, how many calls it let through and how many not; about 25 series a breaker, labelled {@code name}.
 * Needs {@code resilience4j-circuitbreaker} and {@code resilience4j-micrometer}, which are optional.
 *
 * <p>Breakers of 100 names have meters. One of another name has none, for states of several breakers cannot share a
 * meter: that is counted in {@code vitals.labels.folded} and logged once. A name keeps its place when its breaker goes.
 *
 * <pre>{@code
 * CircuitBreakerMetrics.bind(circuitBreakers, registry);
 * }</pre>
 */
public final class CircuitBreakerMetrics {
    static final int MOST_BREAKERS = 100;

    private static final String STATE = "resilience4j.circuitbreaker.state";

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
        if (registry.find(STATE).meter() == null) {
            bindAll(circuitBreakers, registry);
        }
    }

    private static void bindAll(CircuitBreakerRegistry circuitBreakers, MeterRegistry registry) {
        var publisher = new TaggedCircuitBreakerMetricsPublisher(registry);
        var names = BoundedLabel.quiet(registry, Scrubber.standard(), STATE, "name", MOST_BREAKERS);
        Consumer<CircuitBreaker> publish = breaker -> {
            if (!names.of(breaker.getName()).equals(BoundedLabel.OTHER)) {
                publisher.publishMetrics(breaker);
            }
        };
        circuitBreakers.getAllCircuitBreakers().forEach(publish);
        circuitBreakers
                .getEventPublisher()
                .onEntryAdded(added -> publish.accept(added.getAddedEntry()))
                .onEntryRemoved(removed -> publisher.removeMetrics(removed.getRemovedEntry()))
                .onEntryReplaced(replaced -> {
                    publisher.removeMetrics(replaced.getOldEntry());
                    publish.accept(replaced.getNewEntry());
                });
    }
}
