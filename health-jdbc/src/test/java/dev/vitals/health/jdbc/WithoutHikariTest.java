package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.testkit.Postgres;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An application that has another pool has no HikariCP. */
class WithoutHikariTest {
    @Test
    void theChecksAreThereAllTheSame() throws Exception {
        try (URLClassLoader loader = withoutHikari();
                Postgres postgres = Postgres.start()) {
            assertThatThrownBy(() -> loader.loadClass("com.zaxxer.hikari.HikariDataSource"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> jdbcCheck = loader.loadClass("dev.vitals.health.jdbc.JdbcCheck");
            Class<?> poolCheck = loader.loadClass("dev.vitals.health.jdbc.PoolCheck");
            Class<?> deadline = loader.loadClass("dev.vitals.health.Deadline");
            assertThat(jdbcCheck).isNotSameAs(JdbcCheck.class);
            assertThat(jdbcCheck.getMethods()).isNotEmpty();
            assertThat(poolCheck.getDeclaredMethods()).isNotEmpty();

            DataSource source = postgres.dataSource();
            Object check = jdbcCheck.getMethod("of", DataSource.class).invoke(null, source);
            Object result = jdbcCheck
                    .getMethod("check", deadline)
                    .invoke(check, deadline.getMethod("after", Duration.class).invoke(null, Duration.ofSeconds(5)));

            assertThat(result.toString()).contains("status=UP", "PostgreSQL");
            assertThatThrownBy(() -> poolCheck.getMethod("of", DataSource.class).invoke(null, source))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PoolCheck.of(ConnectionPool)");
        }
    }

    private static URLClassLoader withoutHikari() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = Stream.of(entries)
                .filter(entry -> !entry.contains("HikariCP"))
                .map(WithoutHikariTest::url)
                .toArray(URL[]::new);
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
