package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An application has no more of HikariCP, datasource-proxy, Lettuce and Resilience4j than it uses. */
class WithoutOptionalJarsTest {
    private static final List<String> OPTIONAL = List.of("HikariCP", "datasource-proxy", "lettuce", "resilience4j");

    @Test
    void theRestOfTheModuleIsThereAllTheSame() throws Exception {
        try (URLClassLoader loader = withoutOptionalJars()) {
            for (String missing : List.of(
                    "com.zaxxer.hikari.HikariDataSource",
                    "net.ttddyy.dsproxy.ExecutionInfo",
                    "io.lettuce.core.RedisClient",
                    "io.github.resilience4j.circuitbreaker.CircuitBreaker")) {
                assertThatThrownBy(() -> loader.loadClass(missing)).isInstanceOf(ClassNotFoundException.class);
            }
            Class<?> registries = loader.loadClass(MeterRegistry.class.getName());
            Object registry = loader.loadClass(SimpleMeterRegistry.class.getName())
                    .getConstructor()
                    .newInstance();

            Object jvm = bind(loader, "JvmMetrics", "bind", registries, registry);
            ((AutoCloseable) jvm).close();
            assertThat(bind(loader, "HttpServerMetrics", "of", registries, registry))
                    .isNotNull();
            Object all = loader.loadClass("dev.vitals.metrics.MetricCatalogue")
                    .getMethod("all")
                    .invoke(null);

            assertThat((List<?>) all).hasSameSizeAs(MetricCatalogue.all());
            assertThat(jvm.getClass().getClassLoader()).isSameAs(loader);
        }
    }

    private static Object bind(URLClassLoader loader, String type, String method, Class<?> registries, Object registry)
            throws Exception {
        return loader.loadClass("dev.vitals.metrics." + type)
                .getMethod(method, registries)
                .invoke(null, registry);
    }

    private static URLClassLoader withoutOptionalJars() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = Stream.of(entries)
                .filter(entry -> OPTIONAL.stream().noneMatch(entry::contains))
                .map(WithoutOptionalJarsTest::url)
                .toArray(URL[]::new);
        assertThat(Arrays.asList(urls)).hasSizeLessThan(entries.length - OPTIONAL.size() + 1);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
