package dev.vitals.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
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

            assertThat(packages).containsExactlyInAnyOrder("dev/vitals/bundle", "dev/vitals/cli", "picocli");
        }
    }

    private Answer run(String... args) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        // These would print a line of their own on standard error.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Answer(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
