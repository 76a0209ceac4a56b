package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How it grows. The figures are printed; what is asserted leaves room for a slow machine. */
@Timeout(120)
class TenThousandChecksTest {
    private static final int CHECKS = 10_000;

    @Test
    void tenThousandChecksStartOnOneSchedulerAndFewThreads() {
        long heapBefore = heapInUse();
        var builder = HealthMonitor.builder()
                .defaults(check -> check.every(Duration.ofSeconds(30)).timeout(Duration.ofSeconds(20)));
        for (int i = 0; i < CHECKS; i++) {
            builder.readiness("check-" + i, deadline -> HealthResult.up());
        }
        long began = System.nanoTime();
        long[] most = {0};
        try (var quiet = LoggedHealth.off();
                var monitor = builder.start()) {
            eventually(() -> {
                most[0] = Math.max(most[0], threads("vitals-check-.*|vitals-idle"));
                return monitor.status(Probe.READINESS) == Status.UP;
            });
            Duration startedWithin = Duration.ofNanos(System.nanoTime() - began);
            long bytesEach = (heapInUse() - heapBefore) / CHECKS;
            System.out.printf(
                    "%d checks: all have spoken after %d ms, %d bytes each, %d threads at the most%n",
                    CHECKS, startedWithin.toMillis(), bytesEach, most[0]);

            assertThat(monitor.report().checks()).hasSize(CHECKS);
            assertThat(threads("vitals-health")).isEqualTo(1);
            assertThat(most[0]).isLessThanOrEqualTo(Runners.MOST);
            assertThat(startedWithin).isLessThan(Duration.ofSeconds(15));
            assertThat(bytesEach).isLessThan(8_192);
            assertThat(quiet.lines()).isEmpty();
        }
    }

    private static long threads(String names) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches(names))
                .count();
    }

    private static long heapInUse() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
