package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When checks run, and what is made of their age, on a clock that moves only when told to. */
@Timeout(60)
class TimingTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();
    private final Counting heard = new Counting();
    private final List<Double> runsAt = new ArrayList<>();
    private boolean broken;
    private HealthMonitor monitor = HealthMonitor.builder().start(ground.ground());

    @AfterEach
    void stop() throws Exception {
        monitor.close();
        ground.close();
        logged.close();
    }

    private void start(Consumer<HealthMonitor.Builder> checks) {
        var builder = HealthMonitor.builder().listener(heard);
        checks.accept(builder);
        monitor = builder.start(ground.ground());
    }

    static Stream<Arguments> schedules() {
        return Stream.of(
                schedule("the default", "0 10 20 30", check -> {}, false),
                schedule("DOWN, half of every", "0 5 10 15 20 25 30", check -> {}, true),
                schedule("DOWN, not below a second", "0 1 2 3 4 5", check -> check.every(seconds(1.5)), true, 5),
                schedule("DOWN, never slower", "0 0.5 1 1.5 2", check -> check.every(seconds(0.5)), true, 2),
                schedule("DOWN, as given", "0 2 4 6 8 10", check -> check.everyWhileDown(seconds(2)), true, 10),
                // What was planned before it was known to be DOWN comes first.
                schedule("DOWN, slower as given", "0 10 25", check -> check.everyWhileDown(seconds(15)), true),
                schedule("later", "7 17 27", check -> check.initialDelay(seconds(7)), false),
                schedule("later and DOWN", "7 12 17 22 27", check -> check.initialDelay(seconds(7)), true));
    }

    private static Arguments schedule(String what, String expected, Consumer<CheckOptions> options, boolean down) {
        return schedule(what, expected, options, down, 30);
    }

    private static Arguments schedule(
            String what, String expected, Consumer<CheckOptions> options, boolean down, int seconds) {
        return Arguments.of(what, expected, options, down, seconds);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("schedules")
    void aCheckRunsWhenItIsDue(
            String what, String expected, Consumer<CheckOptions> options, boolean down, int seconds) {
        broken = down;
        start(builder -> builder.readiness("database", this::look, options));

        ground.advanceSeconds(seconds);

        assertThat(runsAt).as(what).isEqualTo(numbers(expected));
    }

    @Test
    void jitterShortensAnIntervalByItsShareAtTheMost() throws Exception {
        try (var hasty = new SimulatedGround(() -> 0.999_999)) {
            var runs = new ArrayList<Double>();
            HealthMonitor.builder()
                    .readiness(
                            "database",
                            deadline -> {
                                runs.add(Math.rint(hasty.elapsed().toNanos() / 1e8) / 10);
                                return HealthResult.up();
                            },
                            check -> check.jitter(0.5))
                    .start(hasty.ground());

            hasty.advanceSeconds(21);

            assertThat(runs).isEqualTo(numbers("0 5 10 15 20"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // given longest age in s, seconds after the last run, status, stale since when
        "0,  31.9, UP", // 3 x 10 s + 2 s by default
        "0,  32,   DOWN",
        "15, 14.9, UP",
        "15, 15,   DOWN",
    })
    void aResultGrowsStaleWhileItIsRead(int longestAge, double later, Status readiness) {
        start(builder -> builder.readiness("database", this::look, check -> {
            if (longestAge > 0) {
                check.longestAge(seconds(longestAge));
            }
        }));
        ground.advanceSeconds(0);
        ground.killScheduler();

        readEverySecondFor(later);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(readiness);
        HealthReport.Check check = check("database");
        assertThat(check.status()).isEqualTo(readiness);
        assertThat(check.stale()).isEqualTo(readiness == Status.DOWN);
        assertThat(check.reason())
                .isEqualTo(readiness == Status.UP ? null : "stale: last looked at " + (int) later + " s ago");
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(heard.changes).as("nobody is told what time does").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        // failuresToDown, seconds from the start of the hang to DOWN: the deadline, then one more at each interval
        "1, 2",
        "2, 10",
        "3, 20",
        "5, 40",
    })
    void aHangCountsOnceAtItsDeadlineAndOnceMoreAtEachInterval(int failuresToDown, double downAfter) {
        var hangs = new AtomicBoolean();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    if (hangs.get()) {
                        ground.pass(Duration.ofHours(1));
                    }
                    return HealthResult.up();
                },
                check -> check.failuresToDown(failuresToDown).longestAge(Duration.ofHours(2))));
        ground.advanceSeconds(5);
        hangs.set(true);

        ground.advanceSeconds(5 + downAfter - 0.1);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        ground.advanceSeconds(0.2);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(check("database").reason()).startsWith("no answer in 2 s, hangs since " + (int) downAfter + " s");
        assertThat(check("database").missedDeadlines())
                .as("one run, however long it hangs")
                .isEqualTo(1);
        assertThat(check("database").transitions()).isEqualTo(1);
    }

    @Test
    void aRunThatHeedsItsInterruptIsLateAtOnceAndTheNextIsOnTime() {
        start(builder -> builder.readiness("database", deadline -> {
            runsAt.add(ground.elapsed().toMillis() / 1000.0);
            ground.sleep(Duration.ofHours(1));
            return HealthResult.up();
        }));

        ground.advanceSeconds(2);
        assertThat(check("database").reason()).isEqualTo("no answer in 2 s");
        assertThat(check("database").lateResults()).isEqualTo(1);
        assertThat(check("database").missedDeadlines()).isEqualTo(1);
        assertThat(check("database").transitions()).isZero();
        assertThat(ground.runners.underWay()).isZero();
        ground.advanceSeconds(8);

        assertThat(runsAt).as("five seconds after it began").isEqualTo(numbers("0 5 10"));
        assertThat(monitor.report().engine().hung()).isZero();
    }

    @Test
    void aResultIsLateByTheClockAloneWhenNoTimerCutItOff() {
        start(builder -> builder.readiness("database", deadline -> {
            if (ground.elapsedSeconds() >= 10) {
                ground.pass(seconds(3));
                return HealthResult.up().withDetail("late", true);
            }
            return HealthResult.up();
        }));
        ground.advanceSeconds(11);
        ground.killScheduler();

        for (int i = 0; i < 5; i++) {
            ground.advanceSeconds(1);
            // Somebody reads: the process is there, and the scheduler is dead.
            monitor.status(Probe.READINESS);
        }

        assertThat(check("database").details()).isEmpty();
        assertThat(check("database").lateResults()).isEqualTo(1);
        assertThat(check("database").reason()).isEqualTo("no answer in 2 s");
    }

    @Test
    void whatWasMissedForWantOfMemoryIsMadeUpFor() {
        var fired = new ArrayList<Integer>();
        var fail = new AtomicBoolean();
        Ground poor =
                withTimers(ground.ground(), new FailingTimers(ground.ground().timers(), fail));
        var timetable = new Timetable(2, poor, fired::add);
        timetable.plan(1, 0);
        ground.advanceSeconds(0);
        fail.set(true);
        try {
            timetable.plan(0, seconds(1).toNanos());
        } catch (OutOfMemoryError expected) {
            fail.set(false);
        }

        ground.advanceSeconds(6);
        timetable.mend();
        ground.advanceSeconds(0);
        assertThat(fired).as("5 s late at the most").containsExactly(1, 1);
        ground.advanceSeconds(0.1);
        timetable.mend();
        ground.advanceSeconds(0);

        assertThat(fired).containsExactly(1, 1, 0);
    }

    @Test
    void theLastThatWasSaidHolds() {
        var fired = new ArrayList<Long>();
        var timetable = new Timetable(1, ground.ground(), index -> fired.add(ground.elapsedSeconds()));

        timetable.plan(0, seconds(10).toNanos());
        timetable.plan(0, seconds(20).toNanos());
        timetable.hasten(0, seconds(30).toNanos());
        ground.advanceSeconds(19);
        assertThat(fired).isEmpty();
        timetable.hasten(0, 0);
        ground.advanceSeconds(10);
        assertThat(fired).containsExactly(19L);
        timetable.plan(0, seconds(1).toNanos());
        timetable.done(0);
        timetable.hasten(0, 0);
        ground.advanceSeconds(10);
        timetable.mend();
        ground.advanceSeconds(10);

        assertThat(fired).containsExactly(19L);
    }

    @Test
    void aDoneFlagIsAskedEverySecondAndNoMore() {
        start(builder -> builder.startup("migrations", () -> {
            runsAt.add((double) ground.elapsedSeconds());
            return ground.elapsedSeconds() >= 3;
        }));

        ground.advance(Duration.ofHours(1));

        // Planned while it was DOWN, the last one sees that it is done.
        assertThat(runsAt).isEqualTo(numbers("0 1 2 3"));
        assertThat(monitor.status(Probe.STARTUP)).isEqualTo(Status.UP);
    }

    @Test
    void withoutAThreadACheckIsDownAtOnceAndWellAgainWithOne() {
        start(builder -> builder.readiness("database", this::look));
        ground.advanceSeconds(1);
        ground.noThreads(true);

        ground.advanceSeconds(10);
        assertThat(check("database").reason()).isEqualTo("no thread free, 0 runs are under way");
        ground.noThreads(false);
        ground.advanceSeconds(5);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(ground.runners.underWay()).isZero();
        assertThat(heard.changes).containsExactly("database ? UP", "database UP DOWN", "database DOWN UP");
    }

    private void readEverySecondFor(double seconds) {
        for (double left = seconds; left > 0; left--) {
            ground.advanceSeconds(Math.min(1, left));
            monitor.status(Probe.READINESS);
        }
    }

    private HealthResult look(Deadline deadline) {
        runsAt.add(ground.elapsed().toMillis() / 1000.0);
        return broken ? HealthResult.down("broken") : HealthResult.up();
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Double> numbers(String text) {
        return Arrays.stream(text.split(" ", -1)).map(Double::valueOf).toList();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static Ground withTimers(Ground ground, Timers timers) {
        return new Ground(
                ground.time(), timers, ground.runners(), ground.listenerThreads(), ground.stacks(), ground.random());
    }

    /** Timers that have no memory while told so. */
    private record FailingTimers(Timers timers, AtomicBoolean fail) implements Timers {
        @Override
        public Runnable once(long delayNanos, Runnable task) {
            if (fail.get()) {
                throw new OutOfMemoryError("no memory for a timer");
            }
            return timers.once(delayNanos, task);
        }

        @Override
        public void every(long periodNanos, Runnable task) {
            timers.every(periodNanos, task);
        }

        @Override
        public void revive() {
            timers.revive();
        }

        @Override
        public void close() {
            timers.close();
        }
    }
}
