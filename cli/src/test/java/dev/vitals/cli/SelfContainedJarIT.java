package dev.vitals.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people get it, in a process of its own with nothing else on the class path. */
class SelfContainedJarIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("vitals.jar"), "vitals.jar"));
    private static final long PATIENCE_SECONDS = 60;

    private record Answer(int exitCode, String out, String err) {}

    @TempDir
    private Path temporary;

    @Test
    void itExportsTheBundle() throws Exception {
        Path folder = temporary.resolve("monitoring");

        Answer answer = run("export", "--to", folder.toString());

        assertThat(answer.err()).isEqualToIgnoringNewLines("vitals: 2 written, 0 already up to date");
        assertThat(answer.exitCode()).isZero();
        for (String file : Bundle.files()) {
            assertThat(answer.out().lines()).contains(folder.resolve(file).toString());
            assertThat(folder.resolve(file)).hasBinaryContent(Bundle.read(file));
        }
    }

    @Test
    void itsExitCodesReachTheShell() throws Exception {
        Answer couldNotWrite = run("export", "--to", JAR.toString());
        assertThat(couldNotWrite.exitCode()).isEqualTo(1);
        assertThat(couldNotWrite.err()).contains("is a file");

        assertThat(run("export").exitCode()).isEqualTo(2);
        assertThat(run().exitCode()).isEqualTo(2);
    }

    @Test
    void itKnowsItsVersionAndHelps() throws Exception {
        Answer version = run("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).matches("vitals \\d+\\.\\d+\\.\\d+\\S*\\R");

        assertThat(run("export", "--help").out()).contains("--to=DIR");
    }

    @Test
    void itCarriesNothingThatItDoesNotNeed() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> packages = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .collect(Collectors.toSet());

            assertThat(packages)
                    .containsExactlyInAnyOrder(
                            "dev/vitals/bundle", "dev/vitals/cli", "dev/vitals/scrubbing", "picocli");
        }
    }

    @Test
    void aScrubbedLineComesOutWhileTheInputStaysOpen() throws Exception {
        Process process = start(ProcessBuilder.Redirect.PIPE, "scrub");
        try {
            for (int i = 0; i < 3; i++) {
                process.getOutputStream().write(("password=hunter2 " + i + "\n").getBytes(UTF_8));
                process.getOutputStream().flush();

                assertThat(readLine(process)).isEqualTo("password=[redacted] " + i);
            }
            process.getOutputStream().write("token=hunter2".getBytes(UTF_8));
            process.getOutputStream().close();

            assertThat(readLine(process)).isEqualTo("token=[redacted]");
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    // On a thread of its own: a line that never comes fails the test and does not hang it.
    private static String readLine(Process process) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    StringBuilder line = new StringBuilder();
                    try {
                        int c = process.getInputStream().read();
                        for (; c >= 0 && c != '\n'; c = process.getInputStream().read()) {
                            line.append((char) c);
                        }
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                    return line.toString();
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void manyLinesComeOutAsManyAndInTheirOrder() throws Exception {
        Path in = temporary.resolve("in");
        Files.write(
                in,
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "order " + i + " password=hunter2")
                        .toList());
        Process process =
                start(ProcessBuilder.Redirect.to(temporary.resolve("out").toFile()), "scrub");
        try {
            try (OutputStream to = process.getOutputStream()) {
                Files.copy(in, to);
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readAllLines(temporary.resolve("out")))
                .hasSize(100_000)
                .startsWith("order 0 password=[redacted]")
                .endsWith("order 99999 password=[redacted]")
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void whenNobodyReadsOnItEndsQuietly() throws Exception {
        Process process = start(ProcessBuilder.Redirect.PIPE, "scrub");
        try {
            process.getInputStream().close();
            byte[] line = "password=hunter2\n".repeat(1_000).getBytes(UTF_8);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            try (OutputStream to = process.getOutputStream()) {
                while (process.isAlive() && System.nanoTime() < deadline) {
                    to.write(line);
                    to.flush();
                }
            } catch (IOException gone) {
                assertThat(gone).hasMessageContaining("pipe"); // it has ended while a line was on its way
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isZero();
        assertThat(temporary.resolve("err")).isEmptyFile();
    }

    private Answer run(String... args) throws IOException, InterruptedException {
        Path out = temporary.resolve("out");
        Process process = start(ProcessBuilder.Redirect.to(out.toFile()), args);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Answer(
                process.exitValue(), Files.readString(out, UTF_8), Files.readString(temporary.resolve("err"), UTF_8));
    }

    private Process start(ProcessBuilder.Redirect out, String... args) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(temporary.resolve("err").toFile());
        // These would print a line of their own on standard error.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.start();
    }
}
