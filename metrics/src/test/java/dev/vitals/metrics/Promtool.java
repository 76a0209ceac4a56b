package dev.vitals.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prometheus' own judge of what it is given to scrape. */
final class Promtool {
    private Promtool() {}

    /** Fails where {@code promtool check metrics} finds fault. Skips where there is none, but not in CI. */
    static void check(String metrics) throws Exception {
        if (!isOnPath()) {
            String missing = "promtool is not on the PATH: install Prometheus to have the metrics checked by it";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try {
            try (OutputStream in = promtool.getOutputStream()) {
                in.write(metrics.getBytes(UTF_8));
            }
            String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
            assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEmpty();
            assertThat(promtool.exitValue()).isZero();
        } finally {
            promtool.destroyForcibly();
        }
    }

    private static boolean isOnPath() {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
