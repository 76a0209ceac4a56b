package dev.vitals.testkit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on 127.0.0.1, with a password, that can be frozen, stopped and started again. */
public final class Redis implements AutoCloseable {
    public static final String PASSWORD = "open-sesame-4711";

    private final Path directory;
    private final RedisServer server;
    private final int port;
    private ProcessHandle process;

    private Redis(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.server = RedisServer.newRedisServer()
                // Its own folder for each server, since the library would leave one in the temporary folder behind.
                .executableProvider(ExecutableProvider.newJarResourceProvider(directory.toFile()))
                .bind("127.0.0.1")
                .port(port)
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .build();
        this.process = startAgain();
    }

    public static Redis start() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Path directory = Files.createTempDirectory(target, "embedded-redis");
        try {
            return new Redis(directory, freePort());
        } catch (IOException | RuntimeException failure) {
            delete(directory);
            throw failure;
        }
    }

    /** Starts the stopped server on the port that it had. */
    public ProcessHandle startAgain() throws IOException {
        Set<Long> before =
                ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
        server.start();
        process = ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child.pid()))
                .findFirst()
                .orElseThrow();
        return process;
    }

    public void stop() throws IOException {
        server.stop();
    }

    public RedisURI uri(String password) {
        RedisURI.Builder uri = RedisURI.builder().withHost("127.0.0.1").withPort(port);
        return password.isEmpty()
                ? uri.build()
                : uri.withPassword(password.toCharArray()).build();
    }

    public RedisClient client() {
        return RedisClient.create(uri(PASSWORD));
    }

    /** How many clients the server sees, the one that asks not counted. */
    public long clients() {
        try (RedisClient client = client();
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().clientList().lines().count() - 1;
        }
    }

    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        try {
            int exit = new ProcessBuilder(List.of("kill", "-" + name, Long.toString(process.pid())))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("kill gave " + exit);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                thaw();
            }
        } finally {
            server.stop();
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
