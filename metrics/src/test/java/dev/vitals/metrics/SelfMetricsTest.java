package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SelfMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void whatOtherModulesCountIsThereWithTheVersion() {
        SelfMetrics.of(registry)
                .observerFailures(() -> 1)
                .endpointFailures(() -> 2)
                .reportsDropped(() -> 3)
                .eventsSuppressed(() -> 4)
                .textsUnscrubbable(() -> 5);

        assertThat(registry.scrape())
                .contains(
                        "vitals_http_observer_failures_total 1.0",
                        "vitals_http_endpoint_failures_total 2.0",
                        "vitals_errors_reports_dropped_total 3.0",
                        "vitals_errors_events_suppressed_total 4.0",
                        "vitals_scrubbing_texts_unscrubbable_total 5.0",
                        "vitals_build_info{version=");
    }

    @Test
    void aCountThatFallsOrThrowsStandsWhereItWas() {
        long[] given = {0, 7, 3, -1, 8, 8, Long.MIN_VALUE, 9};
        long[] seen = {0, 7, 7, 7, 8, 8, 8, 9};
        var source = new Source();
        SelfMetrics.of(registry).observerFailures(source);

        for (int i = 0; i < given.length; i++) {
            source.count = given[i];
            assertThat(registry.scrape()).contains("vitals_http_observer_failures_total " + (double) seen[i]);
        }
    }

    /** Throws where it is negative. */
    private static final class Source implements LongSupplier {
        private long count;

        @Override
        public long getAsLong() {
            if (count == -1) {
                throw new IllegalStateException();
            }
            return count;
        }
    }

    @Test
    void theVersionIsThereOnceWhoeverElsePublishesIt() {
        SelfMetrics.of(registry);
        SelfMetrics.of(registry);

        assertThat(registry.get("vitals.build.info").gauges()).hasSize(1);
        assertThat(registry.get("vitals.build.info").gauge().value()).isOne();
    }

    @Test
    void aSecondCountOfTheSameIsRefusedRatherThanLost() {
        SelfMetrics self = SelfMetrics.of(registry).observerFailures(() -> 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> self.observerFailures(() -> 2))
                .withMessageContaining("adds up all");
    }

    @Test
    void securityEventsAreThereAtZeroAndCountedByKind() {
        SecurityEvents events = SecurityEvents.of(registry);
        assertThat(registry.get("vitals.security.events").counters())
                .hasSize(3)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());

        events.authenticationFailed();
        events.forbidden();
        events.forbidden();
        SecurityEvents.of(registry).throttled();

        assertThat(registry.scrape())
                .contains(
                        "vitals_security_events_total{event=\"authentication_failed\"} 1.0",
                        "vitals_security_events_total{event=\"forbidden\"} 2.0",
                        "vitals_security_events_total{event=\"throttled\"} 1.0");
    }

    @Test
    void anEmptyRegistryWillDo() {
        var empty = new CompositeMeterRegistry();

        SelfMetrics.of(empty).observerFailures(() -> 1);
        SecurityEvents.of(empty).forbidden();

        assertThat(empty.getMeters()).hasSize(5);
    }
}
