package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path folder;

    private MemoryCheck check(MemoryUsage usage) {
        return new MemoryCheck(() -> usage, new Cgroup(folder, folder.resolve("self")), new Limits(0.85, 0.95));
    }

    private static MemoryUsage used(long percent) {
        return new MemoryUsage(0, percent * MIB, 100 * MIB, 100 * MIB);
    }

    @ParameterizedTest
    @CsvSource({"1, UP", "84, UP", "85, DEGRADED", "94, DEGRADED", "95, DOWN", "100, DOWN"})
    void theFullerTheWorse(long percent, Status status) throws Exception {
        HealthResult result = run(check(used(percent)));

        assertThat(result.status()).isEqualTo(status);
        assertThat(measured(result, "memory.used.ratio")).isEqualTo(percent / 100.0);
        assertThat(measured(result, "memory.used")).isEqualTo(percent * (double) MIB);
        assertThat(measured(result, "memory.max")).isEqualTo(100.0 * MIB);
    }

    @Test
    void theReasonHasTheFigures() throws Exception {
        assertThat(run(check(used(91))).reason())
                .isEqualTo("91 % of the heap in use after a collection, 91 MiB of 100 MiB");
    }

    @Test
    void otherLimitsHold() throws Exception {
        assertThat(run(check(used(50)).degradedFrom(0.5)).status()).isEqualTo(Status.DEGRADED);
        assertThat(run(check(used(50)).degradedFrom(0.4).downFrom(0.5)).status())
                .isEqualTo(Status.DOWN);
        assertThatThrownBy(() -> check(used(1)).downFrom(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DEGRADED must begin first");
    }

    @Test
    void beforeTheFirstCollectionNothingIsKnownAndAllIsWell() throws Exception {
        assertThat(run(check(used(0)))).isEqualTo(HealthResult.up().withDetail("heap", "no collection yet"));
        assertThat(run(check(null)).status()).isEqualTo(Status.UP);
    }

    @Test
    void afterACollectionOfThisJvmItsOccupancyIsMeasured() {
        eventually(() -> {
            System.gc();
            return MemoryCheck.afterCollection()
                    .check(dev.vitals.health.Deadline.after(java.time.Duration.ofSeconds(1)))
                    .measurements()
                    .stream()
                    .anyMatch(one -> one.name().equals("memory.used.ratio") && one.value() > 0 && one.value() < 1);
        });
    }

    @Test
    void theContainersLimitIsADetailAndMeasured() throws Exception {
        write("self", "0::/\n");
        write("memory.max", "1048576\n");
        write("memory.current", "1040000\n");

        HealthResult result = run(check(used(10)));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsEntry("container", Map.of("limitBytes", 1048576L, "usedBytes", 1040000L));
        assertThat(measured(result, "container.memory.limit")).isEqualTo(1048576);
        assertThat(measured(result, "container.memory.used")).isEqualTo(1040000);
    }

    @ParameterizedTest
    @CsvSource({
        // version 2: in a container of its own, below the mount, and without a limit
        "0::/, memory.max, memory.current, 4096, 4096",
        "0::/system.slice/app.service, system.slice/app.service/memory.max, system.slice/app.service/memory.current, 4096, 4096",
        "0::/gone/from/here, memory.max, memory.current, 4096, 4096",
        "0::/, memory.max, memory.current, max, -1",
        // version 1
        "'4:cpu,memory:/app', memory/app/memory.limit_in_bytes, memory/app/memory.usage_in_bytes, 4096, 4096",
        "4:memory:/docker/1, memory/memory.limit_in_bytes, memory/memory.usage_in_bytes, 4096, 4096",
        "4:memory:/, memory/memory.limit_in_bytes, memory/memory.usage_in_bytes, 9223372036854771712, -1",
        // nothing of use
        "nonsense, memory.max, memory.current, 12x, -1",
    })
    void theLimitIsFoundInEitherVersion(String self, String limitFile, String usedFile, String content, long limit)
            throws IOException {
        write("self", self + "\n");
        write(limitFile, content + "\n");
        write(usedFile, "17\n");

        Map<String, Long> memory = new Cgroup(folder, folder.resolve("self")).memory();

        assertThat(memory).isEqualTo(limit < 0 ? Map.of() : Map.of("limitBytes", limit, "usedBytes", 17L));
    }

    @Test
    void withoutControlGroupsThereIsNoLimit() {
        assertThat(new Cgroup(folder.resolve("gone"), folder.resolve("gone")).memory())
                .isEmpty();
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
