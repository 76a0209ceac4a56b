package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void whatAFrameworkHasBoundIsLeftToIt() {
        new JvmMemoryMetrics().bindTo(registry);
        new DiskSpaceMetrics(new File("/")).bindTo(registry);

        try (var jvm = JvmMetrics.bind(registry)) {
            assertThat(jvm).isNotNull();
            assertThat(registry.get("disk.free").gauges()).hasSize(1);
            assertThat(registry.get("disk.free").gauge().getId().getTag("path")).isEqualTo("/");
            assertThat(registry.find("jvm.threads.live").gauge()).isNotNull();
            assertThat(registry.find("jvm.gc.overhead").gauge()).isNotNull();
        }
    }

    @Test
    void closingTakesTheListenersOff() throws InterruptedException {
        JvmMetrics closed = JvmMetrics.bind(registry);
        closed.close();
        closed.close();
        var other = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        // Listeners are told in the order in which they came.
        try (var open = JvmMetrics.bind(other)) {
            assertThat(open).isNotNull();
            System.gc();
            long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (other.find("jvm.gc.pause").timer() == null) {
                assertThat(System.nanoTime()).as("no collection was told").isLessThan(giveUp);
                Thread.sleep(20);
            }
        }
        assertThat(registry.find("jvm.gc.pause").timers()).isEmpty();
    }

    @Test
    void aDiskIsLabelledByWhatItIsForAndOnlyOnce(@TempDir File folder) {
        DiskMetrics.bind(registry, folder, folder);
        assertThat(paths()).containsExactly("working");
        assertThat(registry.get("disk.free").gauge().value()).isPositive();

        registry.clear();
        DiskMetrics.bind(registry, folder, new File(folder, "on-another-disk-perhaps"));
        assertThat(paths()).containsExactlyInAnyOrder("working", "temporary");
    }

    private List<String> paths() {
        return registry.get("disk.total").gauges().stream()
                .map(gauge -> gauge.getId().getTag("path"))
                .toList();
    }
}
