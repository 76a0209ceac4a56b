package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server in a process of its own, which ends with the test that started it, whatever happens. */
final class Server implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final Thread atExit;
    private final Path log;

    private Server(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a process; its output goes to a file of the folder. */
    static Server start(Path folder, List<String> command) throws IOException {
        return start(folder, command, Map.of());
    }

    /** Starts a process with these variables in its environment. */
    static Server start(Path folder, List<String> command, Map<String, String> environment) throws IOException {
        Path log = folder.resolve("output.log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().putAll(environment);
        return new Server(process.start(), log);
    }

    /** A port that was free a moment ago, below those that the system gives to clients: one of them could take it. */
    static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
    }

    /** Waits until a URL answers 200. */
    void awaitAnswer(String url, Duration limit) {
        await(limit, url + " answers 200", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the process has ended with " + process.exitValue() + ":\n" + output());
            }
            try {
                return get(url).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    void await(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what + "\n" + output());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    long pid() {
        return process.pid();
    }

    static HttpResponse<String> get(String url) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(request, Duration.ofSeconds(10));
    }

    static HttpResponse<String> send(HttpRequest.Builder request, Duration limit) throws IOException {
        try {
            return CLIENT.send(request.timeout(limit).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Asks the process to end, and ends it where it does not. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
