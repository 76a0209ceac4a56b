package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.SUMMARY;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.util.List;

/** What Micrometer's binders register for the JVM and its process: names, labels and descriptions are theirs. */
final class JvmDefinitions {
    private static final Label AREA = bounded("area", 2, "`heap`, `nonheap`");
    private static final Label MEMORY_POOL = bounded("id", 16, "the JVM's memory pools; 8 with G1");
    private static final Label BUFFER_POOL =
            bounded("id", 4, "the JVM's buffer pools: `direct`, `mapped` and the like");
    private static final List<Label> MEMORY = List.of(AREA, MEMORY_POOL);
    private static final List<Label> BUFFERS = List.of(BUFFER_POOL);
    private static final List<Label> COLLECTION = List.of(
            bounded("action", 8, "what the collector did, `end of minor GC`"),
            bounded("cause", 40, "why, `G1 Evacuation Pause`; a few in practice"),
            bounded("gc", 6, "the JVM's collectors"));

    static final List<Definition> ALL = List.of(
            gauge("jvm.memory.used", "bytes", MEMORY, "The amount of used memory"),
            gauge(
                    "jvm.memory.committed",
                    "bytes",
                    MEMORY,
                    "The amount of memory in bytes that is committed for the Java virtual machine to use"),
            gauge(
                    "jvm.memory.max",
                    "bytes",
                    MEMORY,
                    "The maximum amount of memory in bytes that can be used for memory management"),
            gauge(
                    "jvm.memory.usage.after.gc",
                    "",
                    List.of(AREA, bounded("pool", 2, "the pool of long-lived objects")),
                    "The percentage of long-lived heap pool used after the last GC event, in the range [0..1]"),
            gauge("jvm.buffer.count", "buffers", BUFFERS, "An estimate of the number of buffers in the pool"),
            gauge(
                    "jvm.buffer.memory.used",
                    "bytes",
                    BUFFERS,
                    "An estimate of the memory that the Java virtual machine is using for this buffer pool"),
            gauge(
                    "jvm.buffer.total.capacity",
                    "bytes",
                    BUFFERS,
                    "An estimate of the total capacity of the buffers in this pool"),
            summary("jvm.gc.pause", "Time spent in GC pause"),
            summary("jvm.gc.concurrent.phase.time", "Time spent in concurrent phase"),
            gauge(
                    "jvm.gc.overhead",
                    "",
                    List.of(),
                    "An approximation of the percent of CPU time used by GC activities over the last lookback period"
                            + " or since monitoring began, whichever is shorter, in the range [0..1]"),
            gauge("jvm.gc.live.data.size", "bytes", List.of(), "Size of long-lived heap memory pool after reclamation"),
            gauge("jvm.gc.max.data.size", "bytes", List.of(), "Max size of long-lived heap memory pool"),
            counter(
                    "jvm.gc.memory.allocated",
                    "bytes",
                    "Incremented for an increase in the size of the (young) heap memory pool after one GC to before"
                            + " the next"),
            counter(
                    "jvm.gc.memory.promoted",
                    "bytes",
                    "Count of positive increases in the size of the old generation memory pool before GC to after GC"),
            gauge(
                    "jvm.threads.live",
                    "threads",
                    List.of(),
                    "The current number of live threads including both daemon and non-daemon threads"),
            gauge("jvm.threads.daemon", "threads", List.of(), "The current number of live daemon threads"),
            gauge(
                    "jvm.threads.peak",
                    "threads",
                    List.of(),
                    "The peak live thread count since the Java virtual machine started or peak was reset"),
            counter("jvm.threads.started", "threads", "The total number of application threads started in the JVM"),
            gauge(
                    "jvm.threads.states",
                    "threads",
                    List.of(bounded("state", 6, "the states of a thread, `timed-waiting`")),
                    "The current number of threads"),
            gauge(
                    "jvm.classes.loaded",
                    "classes",
                    List.of(),
                    "The number of classes that are currently loaded in the Java virtual machine"),
            counter("jvm.classes.loaded.count", "classes", "The number of classes loaded in the Java virtual machine"),
            counter("jvm.classes.unloaded", "classes", "The number of classes unloaded in the Java virtual machine"),
            gauge("process.cpu.usage", "", List.of(), "The \"recent cpu usage\" for the Java Virtual Machine process"),
            gauge(
                    "system.cpu.usage",
                    "",
                    List.of(),
                    "The \"recent cpu usage\" of the system the application is running in"),
            gauge(
                    "system.load.average.1m",
                    "",
                    List.of(),
                    "The sum of the number of runnable entities queued to available processors and the number of"
                            + " runnable entities running on the available processors averaged over a period of time"),
            gauge("process.uptime", "seconds", List.of(), "The uptime of the Java virtual machine"),
            gauge("process.start.time", "seconds", List.of(), "Start time of the process since unix epoch."),
            gauge("process.files.open", "files", List.of(), "The open file descriptor count"),
            gauge("process.files.max", "files", List.of(), "The maximum file descriptor count"));

    private JvmDefinitions() {}

    private static Definition gauge(String meter, String unit, List<Label> labels, String description) {
        return new Definition(meter, GAUGE, unit, labels, description);
    }

    private static Definition counter(String meter, String unit, String description) {
        return new Definition(meter, COUNTER, unit, List.of(), description);
    }

    private static Definition summary(String meter, String description) {
        return new Definition(meter, SUMMARY, "seconds", COLLECTION, description);
    }
}
