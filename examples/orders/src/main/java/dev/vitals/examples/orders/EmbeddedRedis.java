package dev.vitals.examples.orders;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis of the demo's own, that can be killed and started again on the same port. */
final class EmbeddedRedis implements AutoCloseable {
    private static final String FOLDER = "redis";

    private final Path folder;
    private final Path program;
    private final int port;
    private volatile @Nullable Process process;

    private EmbeddedRedis(Path folder, Path program, int port) {
        this.folder = folder;
        this.program = program;
        this.port = port;
    }

    static EmbeddedRedis start(Workspace workspace) throws IOException, InterruptedException {
        Path folder = workspace.directory(FOLDER);
        Path program =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
        var redis = new EmbeddedRedis(folder, program, Ports.free());
        redis.restart();
        return redis;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    void restart() throws IOException, InterruptedException {
        Path log = folder.resolve("redis.log");
        Process started = new ProcessBuilder(
                        program.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process = started;
        for (int attempt = 0; started.isAlive() && attempt < 400; attempt++) {
            if (answers()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new IOException("Redis did not start: " + Files.readString(log).strip());
    }

    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
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
        Process running = process;
        if (running != null) {
            running.destroy();
            for (int attempt = 0; running.isAlive() && attempt < 200; attempt++) {
                Pause.millis(20);
            }
        }
    }
}
