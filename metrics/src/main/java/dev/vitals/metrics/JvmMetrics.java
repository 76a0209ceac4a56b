package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JVM and its process through Micrometer's own binders: memory, garbage collections, threads, classes, processor,
 * uptime and file descriptors; of the processor's meters, {@code process.cpu.time} and {@code system.cpu.count} are left
 * out, since Prometheus' own tool rejects their names. The meters stay with the registry; closing takes off the garbage collection listener.
 */
public final class JvmMetrics implements AutoCloseable {
    /** In Prometheus' spelling {@code promtool check metrics} rejects them; the usage gauges say the same. */
    private static final List<String> REJECTED = List.of("process.cpu.time", "system.cpu.count");

    private final @Nullable JvmGcMetrics collections;

    private JvmMetrics(@Nullable JvmGcMetrics collections) {
        this.collections = collections;
    }

    /**
     * Registers the JVM's meters. Where the registry has them already, a framework's perhaps, nothing is added:
     * collections would be counted twice.
     *
     * @param registry where the meters go
     * @return to be closed with the registry
     */
    public static JvmMetrics bind(MeterRegistry registry) {
        requireNonNull(registry, "registry");
        if (registry.find("jvm.memory.used").meter() != null) {
            return new JvmMetrics(null);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        bindProcessor(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        var collections = new JvmGcMetrics();
        collections.bindTo(registry);
        return new JvmMetrics(collections);
    }

    private static void bindProcessor(MeterRegistry registry) {
        List<String> unlisted = REJECTED.stream()
                .filter(name -> registry.find(name).meter() == null)
                .toList();
        new ProcessorMetrics().bindTo(registry);
        unlisted.forEach(name -> registry.find(name).meters().forEach(registry::remove));
    }

    /** Takes the garbage collection listener off. Closing twice does no harm. */
    @Override
    public void close() {
        if (collections != null) {
            collections.close();
        }
    }
}
