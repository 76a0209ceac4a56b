package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthReport.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stops traffic and what does not, and what goes before what. */
@Timeout(60)
class PrecedenceTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();
    private final List<Long> askedAt = new ArrayList<>();
    private boolean broken;
    private boolean wholeFleet;
    private HealthMonitor monitor = HealthMonitor.builder().start(ground.ground());

    @AfterEach
    void stop() throws Exception {
        monitor.close();
        ground.close();
        logged.close();
    }

    private void start(Consumer<HealthMonitor.Builder> checks) {
        var builder = HealthMonitor.builder();
        checks.accept(builder);
        monitor = builder.start(ground.ground());
    }

    private boolean ask() {
        askedAt.add(ground.elapsedSeconds());
        return wholeFleet;
    }

    @Test
    void whatTheWholeFleetSharesOnlyDegradesWhileAllAreAffected() {
        wholeFleet = true;
        start(builder -> builder.readiness("database", this::look, check -> check.failOpenWhen(this::ask)));

        ground.advanceSeconds(25);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(askedAt).as("nobody is asked while it is well").isEmpty();
        broken = true;
        ground.advanceSeconds(5);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.DEGRADED);
        assertThat(check("database").status()).isEqualTo(Status.DOWN);
        assertThat(check("database").reason()).isEqualTo("broken; the whole fleet is affected, so traffic stays");
        ground.advanceSeconds(10);
        assertThat(askedAt)
                .as("as often as it is looked at")
                .hasSizeBetween(3, 4)
                .startsWith(30L);

        wholeFleet = false;
        ground.advanceSeconds(5);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(check("database").reason()).isEqualTo("broken");
        wholeFleet = true;
        ground.advanceSeconds(5);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);

        broken = false;
        ground.advanceSeconds(5);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        int asked = askedAt.size();
        ground.advanceSeconds(60);
        assertThat(askedAt).hasSize(asked);
    }

    @Test
    void itsFirstWordAfterEachDownIsNewAndNotTheLastOfThePreviousOne() {
        wholeFleet = true;
        start(builder -> builder.readiness("database", this::look, check -> check.failOpenWhen(this::ask)));
        broken = true;
        ground.advanceSeconds(10);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        broken = false;
        ground.advanceSeconds(20);
        wholeFleet = false;
        broken = true;

        ground.advanceSeconds(10);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
    }

    @ParameterizedTest
    @CsvSource({"throws", "throws an error", "hangs"})
    void whoeverCannotSayCountsAsNo(String how) {
        start(builder -> builder.readiness(
                "database",
                this::look,
                check -> check.failOpenWhen(() -> {
                    switch (how) {
                        case "throws" -> throw new IllegalStateException(how);
                        case "throws an error" -> throw new OutOfMemoryError(how);
                        default -> {
                            if (!wholeFleet) {
                                ground.pass(Duration.ofMinutes(1));
                            }
                        }
                    }
                    return true;
                })));
        broken = true;

        ground.advanceSeconds(30);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(monitor.report().checks())
                .extracting(HealthReport.Check::name)
                .containsExactly("database");
    }

    @Test
    void whoSaidYesAndHangsThenCountsAsNoFromItsDeadlineOn() {
        wholeFleet = true;
        start(builder -> builder.readiness(
                "database",
                this::look,
                check -> check.failOpenWhen(() -> {
                    if (!wholeFleet) {
                        ground.pass(Duration.ofMinutes(1));
                    }
                    return true;
                })));
        broken = true;
        ground.advanceSeconds(11);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        wholeFleet = false;

        ground.advanceSeconds(8);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
    }

    @Test
    void drainingGoesBeforeMaintenanceAndMaintenanceBeforeStarting() throws Exception {
        start(builder -> builder.liveness("flag", LivenessFlag.lowered())
                .readiness("database", this::look, check -> check.initialDelay(Duration.ofSeconds(5))));
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.STARTING);
        monitor.maintenance("moving house, token=0123456789abcdef0123456789abcdef");
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.MAINTENANCE);
        ground.advanceSeconds(10);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.UP);
        assertThat(monitor.status(Probe.STARTUP)).isEqualTo(Status.UP);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(monitor.report().maintenance()).startsWith("moving house").doesNotContain("0123456789abcdef");
        monitor.maintenance("twice");
        monitor.endMaintenance();
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.RUNNING);
        assertThat(monitor.report().maintenance()).isNull();

        monitor.maintenance("again");
        monitor.drain(Duration.ZERO);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.DRAINING);
        assertThat(monitor.report().maintenance()).isEqualTo("again");
        monitor.endMaintenance();
        ground.advanceSeconds(30);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.DRAINING);
        assertThat(logged.lines("maintenance")).hasSize(5);
    }

    /** What DOWN of a check makes of readiness. */
    @ParameterizedTest
    @CsvSource({
        // advisory, optional, may stop traffic, readiness
        "false, false, false, DOWN",
        "false, false, true,  DOWN",
        "false, true,  false, DEGRADED",
        "true,  false, false, DEGRADED",
        "true,  true,  false, DEGRADED",
        "true,  false, true,  DOWN",
    })
    void whoMayStopTraffic(boolean advisory, boolean optional, boolean mayStop, Status readiness) {
        start(builder -> builder.readiness("disk", new Down(advisory), options(optional, mayStop)));
        ground.advanceSeconds(1);

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(readiness);
        assertThat(check("disk").critical()).isEqualTo(readiness == Status.DOWN);
    }

    @ParameterizedTest
    @CsvSource({
        // advisory, optional, may stop traffic, may fail open, what contradicts itself
        "false, true,  true,  false, optional() and mayStopTraffic()",
        "true,  true,  true,  false, optional() and mayStopTraffic()",
        "false, true,  false, true,  failOpenWhen(…) and being optional or advisory",
        "true,  false, false, true,  failOpenWhen(…) and being optional or advisory",
    })
    void whatContradictsItselfIsRefused(
            boolean advisory, boolean optional, boolean mayStop, boolean failsOpen, String what) {
        var builder = HealthMonitor.builder();

        assertThatThrownBy(() -> builder.readiness("disk", new Down(advisory), check -> {
                    options(optional, mayStop).accept(check);
                    if (failsOpen) {
                        check.failOpenWhen(() -> true);
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("check \"disk\": " + what + " contradict each other: leave one of them out");
    }

    @Test
    void defaultsHoldForAllChecksThatDoNotSayOtherwise() {
        start(builder -> builder.defaults(check -> check.every(Duration.ofSeconds(3))
                        .everyWhileDown(Duration.ofSeconds(2))
                        .timeout(Duration.ofSeconds(1))
                        .initialDelay(Duration.ofSeconds(7))
                        .jitter(0)
                        .longestAge(Duration.ofSeconds(40))
                        .failuresToDown(2)
                        .successesToUp(3)
                        .optional())
                .readiness("by-default", this::note)
                .readiness("other", this::note, check -> check.initialDelay(Duration.ZERO)));

        ground.advanceSeconds(0);
        assertThat(askedAt).containsExactly(0L);
        ground.advanceSeconds(7);
        assertThat(askedAt).containsExactly(0L, 3L, 6L, 7L);
        assertThat(check("by-default").critical()).isFalse();
        broken = true;
        ground.advanceSeconds(5);
        assertThat(check("by-default").status()).isEqualTo(Status.UP);
        ground.advanceSeconds(1);
        assertThat(check("by-default").status()).isEqualTo(Status.DOWN);
        broken = false;
        ground.advanceSeconds(5);
        assertThat(check("by-default").status()).isEqualTo(Status.DOWN);
        ground.advanceSeconds(1);
        assertThat(check("by-default").status()).isEqualTo(Status.UP);
    }

    @Test
    void defaultsComeFirst() {
        var builder = HealthMonitor.builder().readiness("database", this::look);

        assertThatThrownBy(() -> builder.defaults(check -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the first of them");
    }

    private static Consumer<CheckOptions> options(boolean optional, boolean mayStop) {
        return check -> {
            if (optional) {
                check.optional();
            }
            if (mayStop) {
                check.mayStopTraffic();
            }
        };
    }

    private record Down(boolean advisory) implements HealthCheck {
        @Override
        public HealthResult check(Deadline deadline) {
            return HealthResult.down("full");
        }
    }

    private HealthResult note(Deadline deadline) {
        askedAt.add(ground.elapsedSeconds());
        return look(deadline);
    }

    private HealthResult look(Deadline deadline) {
        return broken ? HealthResult.down("broken") : HealthResult.up();
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
