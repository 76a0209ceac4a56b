package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.util.List;
import java.util.stream.Stream;

/** The meters of what an application stands on: the JVM, its container and disks, databases, Redis, circuit breakers. */
final class ResourceDefinitions {
    private static final List<Label> PATH =
            List.of(bounded("path", 2, "`working` folder; `temporary` folder where that is on another disk"));

    static final Definition CONTAINER_MEMORY_LIMIT = new Definition(
            "vitals.container.memory.limit", GAUGE, "bytes", List.of(), "How much memory the container may use");
    static final Definition CONTAINER_MEMORY_USED = new Definition(
            "vitals.container.memory.used",
            GAUGE,
            "bytes",
            List.of(),
            "How much memory the container uses, without what the kernel can take back");
    static final Definition DISK_FREE =
            new Definition("disk.free", GAUGE, "bytes", PATH, "Room on the disk that this process may still use");
    static final Definition DISK_TOTAL = new Definition("disk.total", GAUGE, "bytes", PATH, "Size of the disk");

    static final List<Definition> ALL = Stream.of(
                    List.of(CONTAINER_MEMORY_LIMIT, CONTAINER_MEMORY_USED, DISK_FREE, DISK_TOTAL),
                    JvmDefinitions.ALL,
                    ClientDefinitions.ALL)
            .flatMap(List::stream)
            .toList();

    private ResourceDefinitions() {}
}
