package dev.vitals.health.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of this process's control group, version 2 or 1. In a container its own group is mounted at the
 * root; elsewhere the group's path is looked for below it.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">cgroup v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">cgroup v1</a>
 */
final class Cgroup {
    private static final int LONGEST_FILE = 16 * 1024;
    /** Version 1 says "no limit" with the largest multiple of a page; nothing real is near. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path mount;
    private final Path self;

    Cgroup(Path mount, Path self) {
        this.mount = mount;
        this.self = self;
    }

    static Cgroup ofThisProcess() {
        return new Cgroup(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));
    }

    /** The limit in bytes under {@code limitBytes} and what is used of it under {@code usedBytes}; empty where there is no limit. */
    Map<String, Long> memory() {
        for (Path folder : folders()) {
            Long limit = number(folder.resolve("memory.max"));
            Long used = number(folder.resolve("memory.current"));
            if (limit == null) {
                limit = number(folder.resolve("memory.limit_in_bytes"));
                used = number(folder.resolve("memory.usage_in_bytes"));
            }
            if (limit != null && limit < NO_LIMIT) {
                return used == null ? Map.of("limitBytes", limit) : Map.of("limitBytes", limit, "usedBytes", used);
            }
        }
        return Map.of();
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        for (String line : read(self).split("\n", -1)) {
            // hierarchy:controllers:/path
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[2].startsWith("/")) {
                if (parts[1].isEmpty()) {
                    folders.add(mount.resolve(parts[2].substring(1)));
                } else if (List.of(parts[1].split(",", -1)).contains("memory")) {
                    folders.add(mount.resolve("memory").resolve(parts[2].substring(1)));
                }
            }
        }
        folders.add(mount);
        folders.add(mount.resolve("memory"));
        return folders;
    }

    private static @Nullable Long number(Path file) {
        try {
            return Long.valueOf(read(file).strip());
        } catch (NumberFormatException none) {
            return null;
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
