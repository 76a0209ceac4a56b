package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class JvmMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void theJvmAndItsProcessAreMeasured() {
        try (var jvm = JvmMetrics.bind(registry)) {
            assertThat(jvm).isNotNull();
            assertThat(Exposition.families(registry.scrape()).keySet())
                    .contains(
                            "jvm_memory_used_bytes",
                            "jvm_threads_live_threads",
                            "jvm_classes_loaded_classes",
                            "jvm_gc_memory_allocated_bytes_total",
                            "process_uptime_seconds",
                            "system_cpu_usage")
                    .anyMatch(name -> name.startsWith("process_files"));
        }
    }

    @Test
    void bindingTwiceAddsNothing() {
        try (var first = JvmMetrics.bind(registry)) {
            assertThat(first).isNotNull();
            int meters = registry.getMeters().size();
            try (var second = JvmMetrics.bind(registry)) {
                assertThat(second).isNotSameAs(first);
                assertThat(registry.getMeters()).hasSize(meters);
            }
        }
    }
}
