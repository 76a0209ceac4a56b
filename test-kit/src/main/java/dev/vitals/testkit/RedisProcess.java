package dev.vitals.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** One process of Redis in a folder of its own, and a way to talk to it that needs no thread. */
final class RedisProcess {
    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final int ANSWER_MILLIS = 5_000;
    private static final Set<RedisProcess> RUNNING = ConcurrentHashMap.newKeySet();

    /** A program cannot be started while it is written, and a fork meanwhile keeps its file open for a moment. */
    private static final Object FORKING = new Object();

    static {
        // A build that is called off leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(RedisProcess::endQuietly)));
    }

    private final Path directory;
    private final List<String> command;
    private final String password;
    private final int port;
    private Process process;

    private RedisProcess(Path directory, List<String> command, int port, String password) throws IOException {
        this.directory = directory;
        this.command = List.copyOf(command);
        this.port = port;
        this.password = password;
        this.process = launch(List.of());
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param settings as in {@code redis.conf}; the port and the address come from here
     * @param arguments what follows the name of the file with the settings on the command line
     */
    static RedisProcess start(int port, String password, List<String> settings, List<String> arguments)
            throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path directory = Files.createTempDirectory(target, "embedded-redis");
        RedisProcess server;
        try {
            // Its own folder for each server, since the library would leave one in the temporary folder behind.
            ExecutableProvider provider = ExecutableProvider.newJarResourceProvider(directory.toFile());
            Path file = directory.resolve("redis.conf");
            List<String> all = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
            all.addAll(settings);
            Files.write(file, all);
            List<String> command = new ArrayList<>();
            synchronized (FORKING) {
                command.add(provider.get().getPath());
            }
            command.add(file.toString());
            command.addAll(arguments);
            server = new RedisProcess(directory, command, port, password);
        } catch (IOException | RuntimeException failure) {
            delete(directory);
            throw failure;
        }
        try {
            server.awaitAnswer();
            return server;
        } catch (IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    void startAgain(List<String> arguments) throws IOException {
        process = launch(arguments);
    }

    private Process launch(List<String> arguments) throws IOException {
        var all = new ArrayList<>(command);
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        synchronized (FORKING) {
            Process started = builder.start();
            RUNNING.add(this);
            return started;
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    void awaitAnswer() throws IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                ask("PING");
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("Redis does not come up: " + Files.readString(log()), notYet);
                }
            }
            LockSupport.parkNanos(5_000_000L);
        }
    }

    /** {@return the answer, the elements of a list on lines of their own; an error reply is thrown} */
    String ask(String... words) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            var in = new BufferedInputStream(socket.getInputStream());
            if (!password.isEmpty()) {
                socket.getOutputStream().write(command("AUTH", password));
                answer(in);
            }
            socket.getOutputStream().write(command(words));
            return answer(in);
        }
    }

    private static byte[] command(String... words) {
        var text = new StringBuilder().append('*').append(words.length).append("\r\n");
        for (String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String answer(InputStream in) throws IOException {
        int kind = in.read();
        String line = line(in);
        return switch (kind) {
            case '+', ':' -> line;
            case '$' -> bulk(in, Integer.parseInt(line));
            case '*' -> {
                var elements = new ArrayList<String>();
                for (int left = Integer.parseInt(line); left > 0; left--) {
                    elements.add(answer(in));
                }
                yield String.join("\n", elements);
            }
            default -> throw new IOException("Redis says " + line);
        };
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        line(in);
        return text;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis hung up");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Sends a signal to the process and to those that it has forked. */
    void freeze() throws IOException {
        new Signals(FORKING).stop(family());
    }

    void thaw() throws IOException {
        new Signals(FORKING).go(family());
    }

    private List<Long> family() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
                .toList();
    }

    /** Asks it to end, which one that is frozen does not hear. */
    void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("Redis does not stop: " + Files.readString(log()));
            }
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    void killForks() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGKILL, to it and to those that it has forked. Returns once it is gone. */
    void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    void close() throws IOException {
        kill();
        RUNNING.remove(this);
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @SuppressWarnings("EmptyCatch") // The JVM ends: there is nobody left to tell.
    private void endQuietly() {
        try {
            close();
        } catch (IOException ignored) {
        }
    }
}
