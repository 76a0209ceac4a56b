package dev.vitals.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.ToLongFunction;

/**
 * The room on the disks that a process writes to without being told: that of its working directory, and that of its
 * temporary folder where it is another. Micrometer's own binder has the whole path in a label, and with it perhaps a
 * user's name; here the label says what the folder is for.
 */
final class DiskMetrics {
    private DiskMetrics() {}

    static void bind(MeterRegistry registry) {
        bind(registry, new File("").getAbsoluteFile(), new File(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    static void bind(MeterRegistry registry, File working, File temporary) {
        bind(registry, working, "working");
        if (!onOneDisk(working, temporary)) {
            bind(registry, temporary, "temporary");
        }
    }

    private static void bind(MeterRegistry registry, File folder, String path) {
        gauge(registry, ResourceDefinitions.DISK_FREE, folder, path, File::getUsableSpace);
        gauge(registry, ResourceDefinitions.DISK_TOTAL, folder, path, File::getTotalSpace);
    }

    private static void gauge(
            MeterRegistry registry, Definition definition, File folder, String path, ToLongFunction<File> value) {
        Gauge.builder(definition.meter(), () -> value.applyAsLong(folder))
                .description(definition.description())
                .baseUnit(definition.unit())
                .tag("path", path)
                .register(registry);
    }

    private static boolean onOneDisk(File one, File other) {
        try {
            return Files.getFileStore(one.toPath()).equals(Files.getFileStore(other.toPath()));
        } catch (IOException | SecurityException unknown) {
            return false;
        }
    }
}
