package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceCheckTest {
    @TempDir
    Path folder;

    private DiskSpaceCheck check;

    @BeforeEach
    void lookAtTheFolder() {
        check = DiskSpaceCheck.of(folder).enough(Long.MAX_VALUE);
    }

    @Test
    void enoughSpaceIsUpWhateverItsShare() throws Exception {
        assertThat(run(check.degradedBelow(1).downBelow(1).enough(1)).status()).isEqualTo(Status.UP);
    }

    @Test
    void aShareThatIsLeftIsUpWhateverItsSize() throws Exception {
        assertThat(run(check.downBelow(0).degradedBelow(0)).status()).isEqualTo(Status.UP);
    }

    @Test
    void littleSpaceIsDegradedAndLessIsDown() throws Exception {
        HealthResult degraded = run(check.degradedBelow(1));
        HealthResult down = run(check.degradedBelow(1).downBelow(1));

        assertThat(degraded.status()).isEqualTo(Status.DEGRADED);
        assertThat(down.status()).isEqualTo(Status.DOWN);
        assertThat(down.reason()).startsWith(folder + ": ").contains(" % free, ");
    }

    @Test
    void freeSpaceAndUsedShareAreMeasured() throws Exception {
        HealthResult result = run(check);

        long total = Files.getFileStore(folder).getTotalSpace();
        double free = measured(result, "disk.free");
        assertThat(free).isPositive().isLessThan((double) total);
        assertThat(measured(result, "disk.used.ratio")).isBetween(1 - free / total - 0.05, 1 - free / total + 0.05);
        assertThat(result.details().get(folder.toString())).isInstanceOf(Map.class);
    }

    @Test
    void aPathThatIsNotThereIsDownBesideOneThatIs() throws Exception {
        HealthResult result =
                run(DiskSpaceCheck.of(folder, folder.resolve("gone")).enough(1));

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).isEqualTo(folder.resolve("gone") + ": is not there");
        assertThat(result.details())
                .containsKeys(folder.toString(), folder.resolve("gone").toString());
        assertThat(measured(result, "disk.free")).isPositive();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aVolumeWithoutSizeIsDown() throws Exception {
        HealthResult result = run(DiskSpaceCheck.of(Path.of("/proc")));

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).contains("tells no size");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(DiskSpaceCheck::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name at least one");
        assertThatThrownBy(() -> check.degradedBelow(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> check.degradedBelow(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.downBelow(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set degradedBelow higher first");
        assertThatThrownBy(() -> check.enough(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
