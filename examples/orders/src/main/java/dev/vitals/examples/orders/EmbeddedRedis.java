package dev.vitals.examples.orders;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real Redis of the demo's own, that can be killed and started again on the same port. */
final class EmbeddedRedis implements AutoCloseable {
    private static final String FOLDER = "redis";

    private final Workspace workspace;
    private final Path folder;
    private final Path program;
    private final int port;

    private EmbeddedRedis(Workspace workspace, Path folder, Path program, int port) {
        this.workspace = workspace;
        this.folder = folder;
        this.program = program;
        this.port = port;
    }

    static EmbeddedRedis start(Workspace workspace) throws IOException, InterruptedException {
        Path folder = workspace.directory(FOLDER);
        Path program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
        var redis = new EmbeddedRedis(workspace, folder, program, Ports.free());
        redis.restart();
        return redis;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    void restart() throws IOException, InterruptedException {
        // As a daemon it leaves the terminal's process group: Ctrl-C is for the demo, which stops Redis last.
        Process starter = new ProcessBuilder(
                        program.toString(),
                        "--bind", "127.0.0.1",
                        "--port", Integer.toString(port),
                        "--daemonize", "yes",
                        "--save", "",
                        "--dir", folder.toString(),
                        "--logfile", folder.resolve("redis.log").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("start.log").toFile())
                .start();
        boolean started = starter.waitFor(10, TimeUnit.SECONDS) && starter.exitValue() == 0;
        for (int attempt = 0; started && attempt < 200; attempt++) {
            if (answers()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new IOException("Redis did not start: " + Files.readString(folder.resolve("start.log")).strip());
    }

    void kill() throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            List<ProcessHandle> running = workspace.processesOf(FOLDER);
            if (running.isEmpty()) {
                return;
            }
            running.forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.loopback(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        workspace.processesOf(FOLDER).forEach(ProcessHandle::destroy);
    }
}
