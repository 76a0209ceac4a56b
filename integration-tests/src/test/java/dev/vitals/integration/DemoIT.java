package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo under a fault of its real database. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
    @TempDir
    private Path folder;

    @Test
    void aStoppedDatabaseStopsReadinessAndNothingElse() throws IOException {
        try (var demo = OrdersDemo.start(folder, 20)) {
            assertThat(List.of(demo.status("liveness"), demo.status("readiness"), demo.status("startup")))
                    .containsOnly(200);
            var probes = new Probes(demo);

            demo.fault("database", true);
            long noticed = probes.until(503, Duration.ofSeconds(10));
            probes.hold(503, Duration.ofSeconds(15));
            demo.fault("database", false);
            long recovered = probes.until(200, Duration.ofSeconds(30));

            System.out.printf(
                    "database stopped: readiness 503 after %d ms, 200 again after %d ms; %s%n",
                    noticed, recovered, probes);
            assertThat(probes.otherStatuses).as("liveness and startup").containsOnly(200);
            assertThat(probes.millis(99))
                    .as("ms at p99, longest %.1f", probes.millis(100))
                    .isLessThan(50);
        }
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

        @Override
        public String toString() {
            List<Long> sorted = nanos.stream().sorted().toList();
            return String.format(
                    "%d probes, p99 %.1f ms, longest %.1f ms",
                    sorted.size(), sorted.get(sorted.size() * 99 / 100) / 1e6, Collections.max(sorted) / 1e6);
        }
    }
}
