package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On the module path, metrics runs without the libraries that one class of it each works with. */
class MetricsModuleTest {
    private static final Pattern NEEDED = Pattern.compile("(micrometer-|prometheus-metrics-|HdrHistogram-|LatencyUtils-"
            + "|slf4j-api-|jackson-core-|vitals-(metrics|health-core|http|scrubbing)-).*\\.jar");
    private static final Pattern BUILT = Pattern.compile(".*/(metrics|health-core|http|scrubbing)/target/classes");

    @Test
    void itRunsWithoutTheOptionalLibraries() throws Exception {
        ModuleFinder finder = ModuleFinder.of(Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> NEEDED.matcher(path.getFileName().toString()).matches()
                        || BUILT.matcher(path.toString()).matches())
                .filter(Files::exists)
                .toArray(Path[]::new));
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(finder, ModuleFinder.of(), Set.of("dev.vitals.metrics", "micrometer.core"));
        ClassLoader loader = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("dev.vitals.metrics");

        Class<?> registries = loader.loadClass("io.micrometer.core.instrument.MeterRegistry");
        Object registry = loader.loadClass("io.micrometer.core.instrument.simple.SimpleMeterRegistry")
                .getConstructor()
                .newInstance();
        Class<?> jvmMetrics = loader.loadClass("dev.vitals.metrics.JvmMetrics");
        Object jvm = jvmMetrics.getMethod("bind", registries).invoke(null, registry);
        Object catalogue = loader.loadClass("dev.vitals.metrics.MetricCatalogue")
                .getMethod("all")
                .invoke(null);

        assertThat(jvmMetrics.getModule().getDescriptor().name()).isEqualTo("dev.vitals.metrics");
        assertThat(loader.getResource("com/zaxxer/hikari/HikariDataSource.class"))
                .isNull();
        assertThat((List<?>) registries.getMethod("getMeters").invoke(registry)).hasSizeGreaterThan(40);
        assertThat((List<?>) catalogue).isNotEmpty();
        ((AutoCloseable) jvm).close();
    }
}
