package dev.vitals.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the kernel lets this process's control group have, and how much of that it has, in version 2 or 1. The
 * nearest group with a limit counts, from its own upwards. What it reads the kernel makes up: no disk is asked.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">cgroup v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">cgroup v1</a>
 */
final class ContainerMemory {
    private static final int LONGEST_FILE = 16 * 1024;
    /** Version 1 says "no limit" with the largest multiple of a page; nothing real is near. */
    private static final double NO_LIMIT = 1L << 60;

    /** The files of a group, and what begins the line of {@code memory.stat} that tells what can be taken back. */
    private record Version(String limit, String used, String takenBack) {}

    private static final List<Version> VERSIONS = List.of(
            new Version("memory.max", "memory.current", "inactive_file "),
            new Version("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "));

    private final Path group;
    private final Version version;

    private ContainerMemory(Path group, Version version) {
        this.group = group;
        this.version = version;
    }

    /** Registers both gauges; nothing where there is no limit now. */
    static void bind(MeterRegistry registry) {
        bind(registry, Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));
    }

    static void bind(MeterRegistry registry, Path mount, Path self) {
        ContainerMemory memory = find(mount, self);
        if (memory != null) {
            gauge(registry, ResourceDefinitions.CONTAINER_MEMORY_LIMIT, memory::limit);
            gauge(registry, ResourceDefinitions.CONTAINER_MEMORY_USED, memory::used);
        }
    }

    private static void gauge(MeterRegistry registry, Definition definition, Supplier<Number> value) {
        Gauge.builder(definition.meter(), value)
                .description(definition.description())
                .baseUnit(definition.unit())
                .register(registry);
    }

    private static @Nullable ContainerMemory find(Path mount, Path self) {
        for (Path group : groups(mount, self)) {
            for (Version version : VERSIONS) {
                var memory = new ContainerMemory(group, version);
                // Not where it is NaN, for want of a limit.
                if (memory.limit() < NO_LIMIT) {
                    return memory;
                }
            }
        }
        return null;
    }

    /** In a container its own group is mounted at the root; elsewhere the group's path is looked for below it. */
    private static List<Path> groups(Path mount, Path self) {
        var groups = new ArrayList<Path>();
        for (String line : read(self).split("\n", -1)) {
            // hierarchy:controllers:/path
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                addUpwards(groups, mount, parts[2]);
            } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
                addUpwards(groups, mount.resolve("memory"), parts[2]);
            }
        }
        groups.add(mount);
        groups.add(mount.resolve("memory"));
        return groups;
    }

    private static void addUpwards(List<Path> groups, Path mount, String path) {
        try {
            Path group = mount.resolve(path.replaceFirst("^/+", "")).normalize();
            for (; group != null && group.startsWith(mount) && !group.equals(mount); group = group.getParent()) {
                groups.add(group);
            }
        } catch (InvalidPathException notOfThisSystem) {
            // The mount itself is looked at all the same.
        }
    }

    private Double limit() {
        return number(read(group.resolve(version.limit())));
    }

    /** Without the pages of files that nobody has used for a while: the kernel gives them up before it kills anybody. */
    private Double used() {
        double takenBack = read(group.resolve("memory.stat"))
                .lines()
                .filter(line -> line.startsWith(version.takenBack()))
                .mapToDouble(line -> number(line.substring(version.takenBack().length())))
                .findFirst()
                .orElse(0);
        return Math.max(0, number(read(group.resolve(version.used()))) - takenBack);
    }

    private static double number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException | SecurityException none) {
            return "";
        }
    }
}
