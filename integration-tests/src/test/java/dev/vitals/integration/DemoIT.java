package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo under a fault of its real database. */
@Tag("measured")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For the demo's own way to the fault, and for a machine that does other things as well. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void aStoppedDatabaseStopsReadinessAndNothingElse() throws IOException {
        try (var demo = OrdersDemo.start(folder, 20)) {
            assertThat(List.of(demo.status("liveness"), demo.status("readiness"), demo.status("startup")))
                    .containsOnly(200);
            var stopped = new Probes(demo);
            var healed = new Probes(demo);

            whoOrdersIsNotNamedInTheLog(demo);
            demo.fault("database", true);
            long noticed = stopped.until(503, Duration.ofSeconds(10));
            stopped.hold(503, Duration.ofSeconds(15));
            demo.fault("database", false);
            long recovered = healed.until(200, Duration.ofSeconds(30));

            System.out.printf(
                    "database stopped: readiness 503 after %d ms, 200 again after %d ms; while stopped %s; after it %s%n",
                    noticed, recovered, stopped, healed);
            assertThat(noticed)
                    .as("ms until readiness is 503")
                    .isLessThan(INTERVAL.plus(TIMEOUT).plus(SLACK).toMillis());
            assertThat(stopped.otherStatuses).as("liveness and startup").containsOnly(200);
            assertThat(healed.otherStatuses).as("liveness and startup").containsOnly(200);
            assertThat(stopped.millis(99)).as("ms at p99: %s", stopped).isLessThan(50);
            assertThat(stopped.millis(100)).as("ms of the longest: %s", stopped).isLessThan(1000);
        }
    }

    private static void whoOrdersIsNotNamedInTheLog(OrdersDemo demo) throws IOException {
        var order = HttpRequest.BodyPublishers.ofString(
                "{\"symbol\": \"ACME\", \"quantity\": 3, \"email\": \"ann.lee@acme.com\"}");
        assertThat(Server.send(HttpRequest.newBuilder(URI.create(demo.service() + "/orders"))
                                .POST(order))
                        .statusCode())
                .isEqualTo(201);
        assertThat(demo.server().output())
                .contains("taken, [email] will be told")
                .doesNotContain("ann.lee@acme.com");
    }

    /** Asks the three probes in turn, and remembers how long each took. */
    private static final class Probes {
        final List<Integer> otherStatuses = new ArrayList<>();
        private final OrdersDemo demo;
        private final List<Long> nanos = new ArrayList<>();

        Probes(OrdersDemo demo) {
            this.demo = demo;
        }

        long until(int readiness, Duration limit) {
            long start = System.nanoTime();
            while (round() != readiness) {
                assertThat(System.nanoTime() - start)
                        .as("readiness %d", readiness)
                        .isLessThan(limit.toNanos());
            }
            return (System.nanoTime() - start) / 1_000_000;
        }

        void hold(int readiness, Duration time) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                assertThat(round()).isEqualTo(readiness);
            }
        }

        private int round() {
            otherStatuses.add(timed("liveness"));
            otherStatuses.add(timed("startup"));
            int readiness = timed("readiness");
            LockSupport.parkNanos(20_000_000);
            return readiness;
        }

        private int timed(String probe) {
            long start = System.nanoTime();
            int status = demo.status(probe);
            nanos.add(System.nanoTime() - start);
            return status;
        }

        double millis(int percentile) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((sorted.size() - 1) * percentile / 100) / 1e6;
        }

        @Override
        public String toString() {
            return String.format("%d probes, p99 %.1f ms, longest %.1f ms", nanos.size(), millis(99), millis(100));
        }
    }
}
