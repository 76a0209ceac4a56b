package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerMemoryTest {
    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({
        // in a container
        "0::/,                      '',                  v2",
        "0::/somewhere/else,        '',                  v2",
        // its own group, and one above it
        "0::/app.slice/me.service,  app.slice/me.service, v2",
        "0::/app.slice/me.service,  app.slice,            v2",
        "'5:cpu:/x\n4:memory:/docker/7', memory/docker/7, v1",
        "'5:cpu:/x\n4:memory:/docker/7', memory/docker,   v1",
        "4:memory:/docker/7,        memory,               v1",
    })
    void theNearestLimitCounts(String self, String group, String version) throws IOException {
        write("app.slice/me.service/memory.max", "max\n");
        write("memory/docker/7/memory.limit_in_bytes", "9223372036854771712\n");
        if (version.equals("v2")) {
            write(group + "/memory.max", "1000\n");
            write(group + "/memory.current", "700\n");
            write(group + "/memory.stat", "anon 300\ninactive_file 250\nactive_file 50\n");
        } else {
            write(group + "/memory.limit_in_bytes", "1000\n");
            write(group + "/memory.usage_in_bytes", "700\n");
            write(group + "/memory.stat", "inactive_file 1\ntotal_inactive_file 250\n");
        }
        bind(self);

        assertThat(value("vitals.container.memory.limit")).isEqualTo(1_000);
        assertThat(value("vitals.container.memory.used")).isEqualTo(450);
    }

    @ParameterizedTest
    @CsvSource({"memory.max, max", "memory.max, ''", "memory.limit_in_bytes, 9223372036854771712", "other, 1"})
    void withoutALimitNothingIsSaid(String file, String content) throws IOException {
        write(file, content);
        write("memory.current", "700");
        bind("0::/");

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whereThereAreNoGroupsNothingIsSaid() {
        ContainerMemory.bind(registry, folder.resolve("nothing"), folder.resolve("nothing/cgroup"));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNoNumber() throws IOException {
        write("memory.max", "1000");
        bind("0::/");
        assertThat(value("vitals.container.memory.used")).isNaN();

        write("memory.current", "700");
        assertThat(value("vitals.container.memory.used"))
                .as("without statistics")
                .isEqualTo(700);
        write("memory.stat", "inactive_file 900");
        assertThat(value("vitals.container.memory.used")).isZero();
    }

    private void bind(String self) throws IOException {
        ContainerMemory.bind(registry, folder, Files.writeString(folder.resolve("self"), self + "\n"));
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file.replaceFirst("^/", ""));
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private double value(String meter) {
        return registry.get(meter).gauge().value();
    }
}
