package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFreshnessCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path write(String name, int bytes, Duration age) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PT0S, 100, UP, -",
                "PT2H, 100, UP, -",
                "PT2H1S, 100, DOWN, '2 h old, 2 h at the most'",
                "P7D, 100, DOWN, '7 d old, 2 h at the most'",
                "PT1H, 99, DOWN, '99 B large, 100 B at the least'",
                "PT-5M, 100, UP, -",
                "PT-6M, 100, DOWN, dated 6 min ahead",
            })
    void aFileIsYoungAndLargeEnoughOrDown(Duration age, int bytes, Status status, String reason) throws Exception {
        Path file = write("backup", bytes, age);

        HealthResult result = run(FileFreshnessCheck.of(file)
                .notOlderThan(Duration.ofHours(2))
                .atLeastBytes(100)
                .at(CLOCK));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(measured(result, "file.age")).isEqualTo((double) age.toSeconds());
        assertThat(measured(result, "file.size")).isEqualTo(bytes);
    }

    @Test
    void byDefaultADailyFileOfAnySizeButNoneIsUp() throws Exception {
        assertThat(run(FileFreshnessCheck.of(write("day", 1, Duration.ofHours(25)))
                                .at(CLOCK))
                        .status())
                .isEqualTo(Status.UP);
        assertThat(run(FileFreshnessCheck.of(write("late", 1, Duration.ofHours(26)))
                                .at(CLOCK))
                        .status())
                .isEqualTo(Status.DOWN);
        assertThat(run(FileFreshnessCheck.of(write("empty", 0, Duration.ZERO)).at(CLOCK))
                        .status())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void theNewestThatMatchesCounts() throws Exception {
        write("orders-1.dump", 10, Duration.ofDays(3));
        write("orders-2.dump", 20, Duration.ofDays(2));
        write("orders-3.part", 30, Duration.ZERO);
        Files.createDirectory(folder.resolve("orders-4.dump"));
        FileFreshnessCheck check =
                FileFreshnessCheck.newestOf(folder, "orders-*.dump").at(CLOCK);

        HealthResult old = run(check);
        assertThat(old.status()).isEqualTo(Status.DOWN);
        assertThat(old.details())
                .containsEntry("file", folder.resolve("orders-2.dump").toString());

        write("orders-5.dump", 50, Duration.ofHours(1));
        HealthResult fresh = run(check);
        assertThat(fresh.status()).isEqualTo(Status.UP);
        assertThat(measured(fresh, "file.size")).isEqualTo(50);
    }

    @Test
    void whatIsNotThereIsDown() throws Exception {
        assertThat(run(FileFreshnessCheck.of(folder.resolve("gone"))).reason()).isEqualTo("is not there");
        assertThat(run(FileFreshnessCheck.of(folder)).reason()).isEqualTo("that is no file");
        assertThat(run(FileFreshnessCheck.newestOf(folder, "*.dump")).reason())
                .isEqualTo("no such file in the directory");
        assertThat(run(FileFreshnessCheck.newestOf(folder.resolve("gone"), "*")).reason())
                .isEqualTo("is not there");
        assertThat(run(FileFreshnessCheck.newestOf(write("file", 1, Duration.ZERO), "*"))
                        .reason())
                .isEqualTo("that is no directory");
    }

    @Test
    void aDirectoryTooLargeForItsTimeIsDown() throws Exception {
        write("a", 1, Duration.ZERO);

        assertThat(run(FileFreshnessCheck.newestOf(folder, "*"), 0).status()).isEqualTo(Status.DOWN);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> FileFreshnessCheck.newestOf(folder, "orders-[.dump"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write one such as");
        FileFreshnessCheck check = FileFreshnessCheck.of(folder);
        assertThatThrownBy(() -> check.notOlderThan(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.atLeastBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileFreshnessCheck.of(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
