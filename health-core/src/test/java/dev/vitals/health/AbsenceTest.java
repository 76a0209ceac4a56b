package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was stopped and goes on, and a scheduler that is dead: alike on the clock, and not the same. */
@Timeout(60)
class AbsenceTest {
    private static final long SECOND = 1_000_000_000L;

    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();
    private HealthMonitor monitor = HealthMonitor.builder().start(ground.ground());

    @AfterEach
    void stop() throws Exception {
        monitor.close();
        ground.close();
        logged.close();
    }

    private void start(Consumer<HealthMonitor.Builder> checks) {
        var builder = HealthMonitor.builder().defaults(check -> check.jitter(0));
        checks.accept(builder);
        monitor = builder.start(ground.ground());
    }

    /** The pulse alone. A beat or a read at each moment; "graced" where the process is taken to have been away. */
    @ParameterizedTest
    @CsvSource({
        // what happens at which second, when it was seen to go on last
        "beat 0.5 read 1.0 beat 1.5,                       never",
        "read 0.5 read 2.0,                                never", // a late beat, but somebody read
        "read 2.1,                                         2.1", // nobody was seen for more than two seconds
        "beat 2.1,                                         2.1",
        "beat 0.5 beat 60,                                 60",
        "beat 0.5 read 60,                                 60",
        "beat 0.5 read 60 beat 60.1,                       60", // the reader came first
        "beat 0.5 beat 60 read 60.1,                       60",
        "read 3 read 6 read 9,                             3", // a dead scheduler: one grace, not one a read
        "read 3 beat 6 read 6.1 read 20,                   20", // alive meanwhile: another absence
        "read 1 read 2 read 3 read 4 read 60,              60",
        "beat 0.5 read 60 read 120 read 180,               60",
        "beat 0.5 read 60 beat 60.5 beat 61 read 120,      120",
        "read 1.95 beat 3,                                 never", // read less than two seconds ago
        "read 1 read 1.05 beat 3.02,                       3.02", // reads are noted ten times a second
    })
    void thePulse(String events, String resumed) {
        long zero = Long.MAX_VALUE - 30 * SECOND;
        var pulse = new Pulse(zero);
        long last = 0;
        List<String> words = List.of(events.trim().split(" ", -1));
        for (int i = 0; i < words.size(); i += 2) {
            long at = zero + nanos(words.get(i + 1));
            last = (words.get(i).equals("beat") ? pulse.beat(at) : pulse.read(at)).resumedNanos();
        }

        if (resumed.equals("never")) {
            assertThat(last - zero).as("long before").isLessThan(-1_000_000 * SECOND);
        } else {
            assertThat(last - zero).isEqualTo(nanos(resumed));
        }
    }

    @ParameterizedTest
    @CsvSource({"10, false", "10.000000001, true", "60, true"})
    void stalledIsWhoWasNotSeenForTenSeconds(String after, boolean stalled) {
        assertThat(new Pulse(Long.MAX_VALUE - 5).stalled(Long.MAX_VALUE - 5 + nanos(after)))
                .isEqualTo(stalled);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterAnAbsenceThereIsTimeForANewResultAndNoMore(boolean readersComeFirst) {
        start(builder -> builder.readiness("database", deadline -> {
            if (ground.elapsedSeconds() > 60) {
                ground.pass(Duration.ofSeconds(1));
            }
            return HealthResult.up();
        }));
        ground.advanceSeconds(15);

        ground.away(Duration.ofMinutes(10));
        if (readersComeFirst) {
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        }
        ground.advanceSeconds(0.9);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(check("database").stale()).isFalse();
        ground.advanceSeconds(0.2);
        assertThat(check("database").checkedAt()).isEqualTo(SimulatedGround.START.plusSeconds(615));
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @CsvSource({
        // how long the run goes on after the absence, what it comes to, how many results are late
        "0.5, UP,   0",
        "1.9, UP,   0",
        "2.1, DOWN, 1",
    })
    void aRunThatTheProcessWasAwayInHasItsTimeoutOnceMore(double goesOn, Status status, int late) {
        start(builder -> builder.readiness("database", deadline -> {
            if (ground.elapsedSeconds() >= 10) {
                ground.pass(Duration.ofSeconds(1));
                ground.pass(Duration.ofMillis((long) (goesOn * 1000)));
            }
            return HealthResult.up();
        }));
        ground.advanceSeconds(10.5);

        ground.away(Duration.ofMinutes(1));
        ground.advanceSeconds(goesOn + 0.6);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(status);
        assertThat(check("database").lateResults()).isEqualTo(late);
    }

    @Test
    void theGraceOfADeadSchedulerComesOnce() {
        start(builder -> builder.readiness("database", deadline -> HealthResult.up()));
        ground.advanceSeconds(15);
        ground.killScheduler();

        // Read so seldom that it looks like an absence: the first reading gives one interval and one timeout.
        ground.advanceSeconds(60);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        ground.advanceSeconds(11.9);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        ground.advanceSeconds(0.1);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        for (int i = 0; i < 5; i++) {
            ground.advanceSeconds(60);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        }
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
    }

    @Test
    void aDeadSchedulerIsSeenAndRevivedByTheNextReport() {
        start(builder -> builder.readiness("database", deadline -> HealthResult.up()));
        ground.advanceSeconds(15);
        ground.killScheduler();
        for (int i = 0; i < 10; i++) {
            ground.advanceSeconds(1);
            assertThat(monitor.report().engine().stalled()).isFalse();
        }
        assertThat(ground.revivals).isZero();
        ground.advanceSeconds(40);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);

        assertThat(monitor.report().engine().stalled()).isTrue();
        assertThat(ground.revivals).isEqualTo(1);
        ground.advanceSeconds(0.5);

        assertThat(monitor.report().engine().stalled()).isFalse();
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(check("database").checkedAt()).isEqualTo(SimulatedGround.START.plusSeconds(65));
    }

    @Test
    void whatCouldNotBeatIsNotBlamed() {
        var heartbeat = new Heartbeat(Duration.ofSeconds(30), ground.time().nanoTime());
        start(builder -> builder.liveness("worker", heartbeat));
        heartbeat.beat();
        ground.advanceSeconds(29);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);

        ground.away(Duration.ofHours(8));
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        ground.advanceSeconds(1.9);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(monitor.report().changes()).isEmpty();
        ground.advanceSeconds(1);

        assertThat(monitor.status(Probe.LIVENESS)).as("it had what was left").isEqualTo(Status.DOWN);
        assertThat(monitor.report().changes()).hasSize(1);
        heartbeat.beat();
        ground.advanceSeconds(1);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(logged.lines()).hasSize(2);
        assertThat(logged.lines().get(0)).startsWith("ERROR worker is DOWN").contains("no heartbeat for 31 s");
        assertThat(logged.lines().get(1)).startsWith("INFO worker is UP");
    }

    @Test
    void aBeatThatNobodySawBeforeTheAbsenceIsOneFromBeforeIt() {
        var heartbeat = new Heartbeat(Duration.ofSeconds(5), ground.time().nanoTime());
        start(builder -> builder.liveness("worker", heartbeat));
        ground.advanceSeconds(10.1);
        heartbeat.beat();
        ground.advanceSeconds(0.1);

        ground.away(Duration.ofMinutes(1));

        for (int i = 0; i < 40; i++) {
            ground.advanceSeconds(0.1);
            assertThat(monitor.status(Probe.LIVENESS)).as("%d", i).isEqualTo(Status.UP);
        }
        ground.advanceSeconds(2);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.DOWN);
    }

    @Test
    void whoIsOftenAwayIsStillMissed() {
        var heartbeat = new Heartbeat(Duration.ofSeconds(10), ground.time().nanoTime());
        start(builder -> builder.liveness("worker", heartbeat));
        heartbeat.beat();

        for (int i = 0; i < 2; i++) {
            ground.advanceSeconds(5);
            assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
            ground.away(Duration.ofSeconds(3));
        }
        ground.advanceSeconds(5);

        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.DOWN);
    }

    @Test
    void aBusyDayWithoutAbsenceGivesNoGrace() {
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    if (ground.elapsedSeconds() >= 100) {
                        ground.pass(Duration.ofHours(2));
                    }
                    return HealthResult.up();
                },
                check -> check.failuresToDown(1000)));
        ground.advanceSeconds(100);

        ground.advanceSeconds(29.9 + 2);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        ground.advanceSeconds(0.2);

        assertThat(monitor.status(Probe.READINESS)).as("hung and stale").isEqualTo(Status.DOWN);
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long nanos(String seconds) {
        return new java.math.BigDecimal(seconds).movePointRight(9).longValueExact();
    }
}
