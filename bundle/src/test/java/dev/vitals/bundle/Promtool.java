package dev.vitals.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool, from the PATH: a test without it is skipped, in a pipeline (CI=true) it fails. */
final class Promtool {
    static final Path RULES = Path.of("src/main/resources/META-INF/vitals/prometheus/vitals.rules.yml");
    static final Path TESTS = Path.of("src/test/promtool/vitals.rules.test.yml");

    private Promtool() {}

    static void accepts(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(find().toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static Path find() {
        Optional<Path> promtool = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        if (promtool.isEmpty() && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("promtool is not in the PATH: install Prometheus to run this test");
        }
        return promtool.orElseThrow(
                () -> new AssertionError("promtool is not in the PATH, and CI=true: install Prometheus"));
    }
}
