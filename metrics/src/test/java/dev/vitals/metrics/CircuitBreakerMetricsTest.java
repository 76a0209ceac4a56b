package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CircuitBreakerMetricsTest {
    private static final String STATE = "resilience4j.circuitbreaker.state";
    private static final String RATE = "resilience4j.circuitbreaker.failure.rate";

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

    @Test
    void breakersThatComeLaterHaveABound() {
        breakers.circuitBreaker("first");
        CircuitBreakerMetrics.bind(breakers, registry);

        for (int i = 0; i < 150; i++) {
            breakers.circuitBreaker("tenant-" + i);
        }

        assertThat(registry.find(RATE).gauges()).hasSize(CircuitBreakerMetrics.MOST_BREAKERS);
        assertThat(registry.find(RATE).tag("name", "first").gauge()).isNotNull();
        assertThat(registry.get("vitals.labels.folded")
                        .tags("meter", STATE, "label", "name")
                        .counter()
                        .count())
                .isEqualTo(51);
    }

    @Test
    void aBreakerThatGoesTakesItsMetersAndAReplacedOneHasNewOnes() {
        CircuitBreakerMetrics.bind(breakers, registry);
        breakers.circuitBreaker("goes");
        breakers.circuitBreaker("stays");

        breakers.remove("goes");
        CircuitBreaker other = CircuitBreaker.ofDefaults("stays");
        other.transitionToOpenState();
        breakers.replace("stays", other);

        assertThat(registry.find(RATE).gauges()).hasSize(1);
        assertThat(registry.get(STATE)
                        .tags("name", "stays", "state", "open")
                        .gauge()
                        .value())
                .isOne();
    }
}
