package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A monitor is closed at the worst of moments. */
@Timeout(60)
class ClosingTest {
    private final LoggedHealth logged = LoggedHealth.begin();

    @AfterEach
    void stop() {
        logged.close();
    }

    @Test
    void aRunThatHasNoThreadYetDoesNotBegin() throws Exception {
        var runs = new AtomicInteger();
        try (var ground = new SimulatedGround()) {
            var builder = HealthMonitor.builder().readiness("database", deadline -> {
                runs.incrementAndGet();
                return HealthResult.up();
            });
            var monitor = builder.start(ground.ground());
            ground.at(0, monitor::close); // after its time has come, before it has a thread

            ground.advanceSeconds(60);

            assertThat(runs).hasValue(0);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void aRunThatIsCutOffSaysNothingThatIsNotSo() throws Exception {
        try (var ground = new SimulatedGround()) {
            var monitor = HealthMonitor.builder()
                    .readiness("database", deadline -> {
                        if (ground.elapsedSeconds() >= 10) {
                            ground.pass(Duration.ofHours(1));
                        }
                        return HealthResult.up();
                    })
                    .start(ground.ground());
            ground.advanceSeconds(11);

            monitor.close();
            ground.advanceSeconds(5);

            HealthReport.Check check = monitor.report().checks().get(0);
            assertThat(check.reason()).isEqualTo("hangs since 6 s");
            assertThat(check.status()).isEqualTo(Status.UP);
            assertThatCode(monitor::close).as("twice").doesNotThrowAnyException();
        }
    }

    /** Checks that only what they asked for on expiry can end: none may hang on when its monitor has been closed. */
    @Test
    void whereverRunsAreWhenItIsClosedTheyEnd() {
        for (int round = 0; round < 60; round++) {
            var builder = HealthMonitor.builder();
            for (int i = 0; i < 8; i++) {
                builder.readiness("check-" + i, ClosingTest::untilItExpires, check -> check.every(Duration.ofMillis(10))
                        .timeout(Duration.ofMillis(5))
                        .longestAge(Duration.ofDays(1)));
            }
            HealthMonitor monitor = builder.start();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(15_000_000));
            monitor.close();
        }

        eventually(() -> threadsOfChecks() == 0);
        assertThat(logged.lines("ERROR")).isEmpty();
    }

    private static HealthResult untilItExpires(Deadline deadline) {
        var expired = new CountDownLatch(1);
        deadline.onExpiry(expired::countDown);
        while (expired.getCount() > 0) {
            try {
                expired.await();
            } catch (InterruptedException ignored) {
                // Like a read from a socket.
            }
        }
        return HealthResult.up();
    }

    private static long threadsOfChecks() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("vitals-(check-.*|expiry-.*|idle)"))
                .count();
    }
}
