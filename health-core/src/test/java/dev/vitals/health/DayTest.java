package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day of the engine, run by run, beside what pencil and paper say. */
@Timeout(60)
class DayTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final Counting heard = new Counting();
    private final AtomicInteger runs = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        // interval, how long a run takes, from one start to the next
        "10, 0,    10",
        "10, 1.5,  10",
        "60, 1.9,  60",
        "1,  0,    1",
        "1,  0.9,  1", // over just before the next is due
        "1,  1.5,  2", // the one that is due meanwhile is left out
        "3,  1,    3",
    })
    void aDayWithoutJitterHasItsRuns(long every, double takes, long fromStartToStart) throws Exception {
        try (var quiet = LoggedHealth.begin();
                var ground = new SimulatedGround()) {
            var monitor = HealthMonitor.builder()
                    .listener(heard)
                    .readiness(
                            "database",
                            deadline -> {
                                runs.incrementAndGet();
                                if (takes > 0) {
                                    ground.pass(Duration.ofMillis((long) (takes * 1000)));
                                }
                                return HealthResult.up();
                            },
                            check -> check.every(Duration.ofSeconds(every)).jitter(0))
                    .start(ground.ground());

            ground.advance(DAY);

            long expected = DAY.toSeconds() / fromStartToStart + 1;
            assertThat(runs).hasValue((int) expected);
            assertThat(heard.completed).isEqualTo(takes > 0 ? expected - 1 : expected);
            assertThat(heard.changes).containsExactly("database ? UP");
            assertThat(monitor.report().engine().droppedEvents()).isZero();
            assertThat(quiet.lines()).containsExactly("DEBUG database is UP");
        }
    }

    @Test
    void aDayWithJitterHasTheRunsThatItsSeedSays() throws Exception {
        long seed = 20_261_121;
        long interval = Duration.ofSeconds(10).toNanos();
        var reference = new Random(seed);
        int expected = 0;
        for (long at = 0; at <= DAY.toNanos(); at += interval - (long) (reference.nextDouble() * 0.1 * interval)) {
            expected++;
        }
        var random = new Random(seed);
        try (var quiet = LoggedHealth.begin();
                var ground = new SimulatedGround(random::nextDouble)) {
            HealthMonitor.builder()
                    .listener(heard)
                    .readiness("database", this::well, check -> check.every(Duration.ofSeconds(10))
                            .jitter(0.1))
                    .start(ground.ground());

            ground.advance(DAY);
            assertThat(quiet.lines()).hasSize(1);
        }
        assertThat(runs).hasValue(expected);
        assertThat(heard.completed).isEqualTo(expected);
        assertThat(runs.get()).isBetween(8_640, 9_600);
        assertThat(runs.get()).as("half of the jitter on average").isBetween(9_040, 9_150);
    }

    /** DOWN in the second half of every ten minutes: then it is looked at twice as often. */
    @Test
    void aDayOfFlappingHasItsChanges() throws Exception {
        try (var quiet = LoggedHealth.begin();
                var ground = new SimulatedGround()) {
            HealthMonitor.builder()
                    .listener(heard)
                    .readiness("database", deadline -> {
                        runs.incrementAndGet();
                        return ground.elapsedSeconds() % 600 < 300 ? HealthResult.up() : HealthResult.down("flaps");
                    })
                    .start(ground.ground());

            ground.advance(DAY);

            // UP at 0 s, 10 s ... 290 s; DOWN at 300 s, 305 s ... 595 s; UP again at 600 s, where 605 s is planned
            // already; 605 s, 615 s ... 895 s; DOWN at 905 s, 910 s ... 1,195 s; and so on. One more ends the day.
            int periods = 144;
            assertThat(runs).hasValue(periods * (30 + 60) + 1);
            assertThat(heard.completed).isEqualTo(runs.get());
            assertThat(heard.changes).hasSize(1 + 2 * periods);
            assertThat(heard.changes.subList(0, 3))
                    .containsExactly("database ? UP", "database UP DOWN", "database DOWN UP");
            assertThat(heard.failuresCounted).isEqualTo(periods);
            assertThat(quiet.lines()).hasSize(1 + 2 * periods);
        }
    }

    /** From ten o'clock to eleven a run hangs that no interrupt ends. */
    @Test
    void aDayWithAnHourOfHanging() throws Exception {
        try (var quiet = LoggedHealth.begin();
                var ground = new SimulatedGround()) {
            var monitor = HealthMonitor.builder()
                    .listener(heard)
                    .history(10_000)
                    .readiness("database", deadline -> {
                        runs.incrementAndGet();
                        if (ground.elapsedSeconds() == 36_000) {
                            ground.pass(Duration.ofHours(1));
                        }
                        return HealthResult.up();
                    })
                    .start(ground.ground());

            ground.advance(Duration.ofMinutes(630));
            HealthReport.Check hung = monitor.report().checks().get(0);
            assertThat(hung.reason()).startsWith("no answer in 2 s, hangs since 1800 s at ");
            assertThat(monitor.report().engine().hung()).isEqualTo(1);
            assertThat(ground.runners.underWay()).isEqualTo(1);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
            ground.advance(DAY.minus(ground.elapsed()));

            int before = 3_600; // at 0 s, 10 s, ... 35,990 s
            int after = 1 + 4_680; // at 39,600 s, while it still read DOWN; 39,605 s, 39,615 s ... 86,395 s
            assertThat(runs).hasValue(before + 1 + after);
            int whileItHangs = 1 + 719; // the deadline at 36,002 s; 36,005 s, 36,010 s ... 39,595 s
            assertThat(heard.completed).isEqualTo(before + whileItHangs + after);
            assertThat(heard.changes).containsExactly("database ? UP", "database UP DOWN", "database DOWN UP");
            assertThat(monitor.report().checks().get(0).lateResults()).isEqualTo(1);
            List<HealthReport.Point> history = monitor.history("database");
            assertThat(history).hasSize(before + whileItHangs + after);
            assertThat(history.stream().filter(point -> point.status() == Status.DOWN))
                    .hasSize(whileItHangs);
            assertThat(quiet.lines()).hasSize(3);
        }
    }

    /** Twenty checks at their own intervals share the scheduler and do not disturb each other. */
    @Test
    void aDayOfTwentyChecks() throws Exception {
        try (var quiet = LoggedHealth.begin();
                var ground = new SimulatedGround()) {
            var builder = HealthMonitor.builder().listener(heard);
            long expected = 0;
            for (int i = 1; i <= 20; i++) {
                long every = 10L * i;
                expected += DAY.toSeconds() / every + 1;
                builder.observe("check-" + i, this::well, check -> check.every(Duration.ofSeconds(every)));
            }
            var monitor = builder.start(ground.ground());

            ground.advance(DAY);

            assertThat(runs).hasValue((int) expected);
            assertThat(heard.completed).isEqualTo(expected);
            assertThat(heard.changes).hasSize(20);
            assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.UP);
            assertThat(quiet.lines()).hasSize(20);
        }
    }

    private HealthResult well(Deadline deadline) {
        runs.incrementAndGet();
        return HealthResult.up();
    }
}
