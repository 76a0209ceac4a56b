package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of what it has the JVM and its process use, through Micrometer's own binders: memory, also after a collection
 * and outside the heap, garbage collections and the share of the time that they take, threads, classes, processor, uptime and
 * file descriptors. And through its own, since no binder has them or none without a path in a label: the memory that the
 * container may have and has ({@code vitals.container.memory}, where a control group limits it, read without what the
 * kernel can take back), and the room on the disks of the working directory and the temporary folder.
 *
 * <p>Of the processor's meters, {@code process.cpu.time} and {@code system.cpu.count} are left out, since Prometheus' own tool
 * rejects their names. The meters stay with the registry; closing takes off the listeners for garbage collections.
 */
public final class JvmMetrics implements AutoCloseable {
    /** In Prometheus' spelling {@code promtool check metrics} rejects them; the usage gauges say the same. */
    private static final List<String> REJECTED = List.of("process.cpu.time", "system.cpu.count");

    private final List<Runnable> listeners;

    private JvmMetrics(List<Runnable> listeners) {
        this.listeners = listeners;
    }

    /**
     * Registers the meters of the JVM and its process. What the registry has already, a framework's perhaps, is left
     * as it is: collections would be counted twice.
     *
     * @param registry where the meters go
     * @return to be closed with the registry
     */
    public static JvmMetrics bind(MeterRegistry registry) {
        requireNonNull(registry, "registry");
        bindUnless("jvm.memory.used", registry, new JvmMemoryMetrics());
        bindUnless("jvm.threads.live", registry, new JvmThreadMetrics());
        bindUnless("jvm.classes.loaded", registry, new ClassLoaderMetrics());
        bindUnless("system.cpu.usage", registry, JvmMetrics::bindProcessor);
        bindUnless("process.uptime", registry, new UptimeMetrics());
        bindUnless("process.files.open", registry, new FileDescriptorMetrics());
        bindUnless(ResourceDefinitions.DISK_FREE.meter(), registry, DiskMetrics::bind);
        bindUnless(ResourceDefinitions.CONTAINER_MEMORY_LIMIT.meter(), registry, ContainerMemory::bind);
        var collections = new JvmGcMetrics();
        var pressure = new JvmHeapPressureMetrics();
        var listeners = new ArrayList<Runnable>();
        if (bindUnless("jvm.gc.max.data.size", registry, collections)) {
            listeners.add(collections::close);
        }
        if (bindUnless("jvm.gc.overhead", registry, pressure)) {
            listeners.add(pressure::close);
        }
        return new JvmMetrics(listeners);
    }

    private static boolean bindUnless(String meter, MeterRegistry registry, MeterBinder binder) {
        boolean missing = registry.find(meter).meter() == null;
        if (missing) {
            binder.bindTo(registry);
        }
        return missing;
    }

    private static void bindProcessor(MeterRegistry registry) {
        List<String> unlisted = REJECTED.stream()
                .filter(name -> registry.find(name).meter() == null)
                .toList();
        new ProcessorMetrics().bindTo(registry);
        unlisted.forEach(name -> registry.find(name).meters().forEach(registry::remove));
    }

    /** Takes the listeners for garbage collections off. Closing twice does no harm. */
    @Override
    public void close() {
        listeners.forEach(Runnable::run);
    }
}
