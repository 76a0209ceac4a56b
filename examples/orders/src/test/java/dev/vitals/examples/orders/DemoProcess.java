package dev.vitals.examples.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo as a user starts it, in a process of its own, with a temporary folder of its own. */
final class DemoProcess implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path temporary;
    private final Path out;
    private final Path err;
    private final Process process;

    private DemoProcess(Path folder, Path temporary, Map<String, String> environment, List<String> arguments)
            throws IOException {
        this.temporary = temporary;
        this.out = folder.resolve("out.log");
        this.err = folder.resolve("err.log");
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                Path.of("target", "orders.jar").toAbsolutePath().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    static DemoProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    static DemoProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return new DemoProcess(folder, Files.createDirectories(folder.resolve("tmp")), environment, List.of(arguments));
    }

    static DemoProcess startWithoutRoom(Path folder) throws IOException {
        return new DemoProcess(folder, folder.resolve("missing"), Map.of(), List.of("--once"));
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the demo did not end");
        }
        return process.exitValue();
    }

    /** As {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    /** The first match of the pattern's group in what the demo said, once it is there. */
    String awaitOutput(String pattern) throws IOException {
        var compiled = Pattern.compile(pattern);
        await(() -> compiled.matcher(said()).find() || !process.isAlive());
        Matcher matcher = compiled.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("the demo ended: " + out() + err());
        }
        return matcher.group(matcher.groupCount());
    }

    private String said() {
        try {
            return out();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    int status(String method, String uri) {
        return send(method, uri).statusCode();
    }

    String get(String uri) {
        return send("GET", uri).body();
    }

    private HttpResponse<String> send(String method, String uri) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("X-Fault", "1")
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !Pause.millis(50)) {
                throw new AssertionError("it did not come about in " + LONG);
            }
        }
    }

    /** Processes whose program lies in the demo's temporary folder: PostgreSQL with its back ends, and Redis. */
    List<String> servers() {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> handle.info().command().stream())
                .filter(command -> command.startsWith(temporary.toString()))
                .toList();
    }

    List<Path> files() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        for (int attempt = 0; process.isAlive() && attempt < 600; attempt++) {
            Pause.millis(50);
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
