package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.http.ManagementServer;
import dev.vitals.metrics.HealthMetrics;
import dev.vitals.metrics.MetricsEndpoint;
import io.lettuce.core.RedisClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** Four instances that share a database: what is one instance's fault stops its traffic, what is everybody's does not. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailOpenIT {
    private static final int INSTANCES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<Instance> fleet = new ArrayList<>();

    @Test
    void prometheusKnowsWhetherTheWholeFleetIsAffected() throws Exception {
        int port = Server.freePort();
        URI url = URI.create("http://127.0.0.1:" + port);
        try {
            for (int i = 0; i < INSTANCES; i++) {
                fleet.add(Instance.start(new FleetByPrometheus(url, "orders", "database"), new HealthListener() {}));
            }
            try (var prometheus = Prometheus.start(folder, port, targets())) {
                prometheus.awaitData("count(vitals_health_check_status{status=\"down\"}) == " + INSTANCES, PATIENCE);
                oneInstancesFaultStopsItsTrafficAndEverybodysDoesNot("Prometheus");
                fleet.forEach(instance -> instance.databaseIsAway = true);
                await("all fail open", Status.DEGRADED, fleet);
            }
            long gone = System.nanoTime();
            await("without an answer all are out of traffic", Status.DOWN, fleet);
            System.out.printf("Prometheus gone: all DOWN after %d ms%n", (System.nanoTime() - gone) / 1_000_000);
        } finally {
            fleet.forEach(Instance::close);
        }
    }

    @Test
    void whatTheInstancesWriteIntoRedisDoesSoToo() throws Exception {
        Path library =
                Files.createDirectories(Path.of("target", "embedded-redis").toAbsolutePath());
        int port = Server.freePort();
        RedisServer server = RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(library.toFile()))
                .bind("127.0.0.1")
                .port(port)
                .setting("save \"\"")
                .build();
        server.start();
        try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port)) {
            for (int i = 0; i < INSTANCES; i++) {
                var shared = new FleetByRedis(client.connect(), "database", "instance-" + i);
                fleet.add(Instance.start(shared, shared));
            }
            await("all are well", Status.UP, fleet);
            oneInstancesFaultStopsItsTrafficAndEverybodysDoesNot("Redis");
        } finally {
            fleet.forEach(Instance::close);
            server.stop();
        }
    }

    private void oneInstancesFaultStopsItsTrafficAndEverybodysDoesNot(String source) throws IOException {
        await("all are well", Status.UP, fleet);

        Instance one = fleet.get(0);
        one.databaseIsAway = true;
        await("one is out of traffic", Status.DOWN, List.of(one));
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (System.nanoTime() - end < 0) {
            assertThat(one.readiness()).as("its own fault alone").isEqualTo(Status.DOWN);
            assertThat(fleet.subList(1, INSTANCES))
                    .allSatisfy(other -> assertThat(other.readiness()).isEqualTo(Status.UP));
            LockSupport.parkNanos(50_000_000L);
        }

        long away = System.nanoTime();
        fleet.forEach(instance -> instance.databaseIsAway = true);
        await("all fail open", Status.DEGRADED, fleet);
        System.out.printf(
                "%s: the whole fleet keeps its traffic %d ms after its database went away%n",
                source, (System.nanoTime() - away) / 1_000_000);
        assertThat(fleet)
                .allSatisfy(instance -> assertThat(instance.database()).contains("the whole fleet is affected"));

        fleet.forEach(instance -> instance.databaseIsAway = false);
        await("all are well again", Status.UP, fleet);
    }

    private List<String> targets() {
        return fleet.stream()
                .map(instance -> "127.0.0.1:" + instance.management.port())
                .toList();
    }

    private static void await(String what, Status status, List<Instance> instances) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!instances.stream().allMatch(instance -> instance.readiness() == status)) {
            assertThat(System.nanoTime() - end)
                    .as(
                            "%s: %s",
                            what, instances.stream().map(Instance::database).toList())
                    .isNegative();
            LockSupport.parkNanos(20_000_000L);
        }
    }

    /** One of many, with all that it needs of its own. */
    private static final class Instance {
        volatile boolean databaseIsAway;
        private final HealthMonitor health;
        private final ManagementServer management;

        private Instance(BooleanSupplier wholeFleetAffected, HealthListener listener) {
            health = HealthMonitor.builder()
                    .listener(listener)
                    .readiness(
                            "database",
                            deadline -> databaseIsAway ? HealthResult.down("connection refused") : HealthResult.up(),
                            check -> check.every(Duration.ofSeconds(1)).failOpenWhen(wholeFleetAffected))
                    .start();
            var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            HealthMetrics.bind(health, registry);
            management = ManagementServer.builder()
                    .port(0)
                    .endpoint(MetricsEndpoint.of(registry))
                    .start();
        }

        static Instance start(BooleanSupplier wholeFleetAffected, HealthListener listener) {
            return new Instance(wholeFleetAffected, listener);
        }

        Status readiness() {
            return health.status(Probe.READINESS);
        }

        String database() {
            return Stream.of(health.report())
                    .flatMap(report -> report.checks().stream())
                    .map(check -> check.status() + " " + check.reason())
                    .findFirst()
                    .orElseThrow();
        }

        void close() {
            management.close();
            health.close();
        }
    }
}
