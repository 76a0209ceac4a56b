package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One test for each fault that the engine once had, and that no other test is about. */
@Timeout(60)
class PastFaultsTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();
    private final Counting heard = new Counting();
    private final Set<String> broken = new HashSet<>();
    private HealthMonitor monitor = HealthMonitor.builder().start(ground.ground());

    @AfterEach
    void stop() throws Exception {
        monitor.close();
        ground.close();
        logged.close();
    }

    private void start(Consumer<HealthMonitor.Builder> checks) {
        var builder = HealthMonitor.builder().listener(heard).defaults(check -> check.jitter(0));
        checks.accept(builder);
        monitor = builder.start(ground.ground());
        ground.advanceSeconds(0.5);
        heard.changes.clear();
    }

    private HealthCheck look(String name) {
        return deadline -> broken.contains(name) ? HealthResult.down(name + " is broken") : HealthResult.up();
    }

    private HealthCheck hangsWhileBroken(String name) {
        return deadline -> {
            if (broken.contains(name)) {
                ground.pass(Duration.ofHours(10));
            }
            return HealthResult.up();
        };
    }

    @Test
    void aDependencyOfTheFleetThatHangsFailsOpenForAsLongAsItHangs() {
        start(builder ->
                builder.readiness("database", hangsWhileBroken("database"), check -> check.failOpenWhen(() -> true)));
        broken.add("database");

        for (int i = 0; i < 12; i++) {
            ground.advanceSeconds(20);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        }
        assertThat(check("database").stale()).isFalse();
    }

    @Test
    void whatDependsOnTheFleetsDependencyFailsOpenWithIt() {
        start(builder -> builder.readiness("database", look("database"), check -> check.failOpenWhen(() -> true))
                .readiness("orders", look("orders"), check -> check.dependsOn("database"))
                .readiness("search", look("search"), check -> check.dependsOn("orders")));
        broken.addAll(Set.of("database", "orders", "search"));

        ground.advanceSeconds(15);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DEGRADED);
        broken.remove("database");
        ground.advanceSeconds(15);

        assertThat(monitor.status(Probe.READINESS)).as("orders on its own now").isEqualTo(Status.DOWN);
    }

    @Test
    void whatGoesOnHangingAfterItsCauseIsGoneIsToldAsItsOwn() {
        start(builder -> builder.readiness("database", look("database"))
                .readiness("orders", hangsWhileBroken("orders"), check -> check.dependsOn("database")));
        broken.addAll(Set.of("database", "orders"));
        ground.advanceSeconds(30);
        assertThat(heard.changes).containsExactly("database UP DOWN", "orders UP DOWN because of database");
        broken.remove("database");

        ground.advanceSeconds(30);

        assertThat(heard.changes)
                .containsExactly(
                        "database UP DOWN",
                        "orders UP DOWN because of database",
                        "database DOWN UP",
                        "orders DOWN DOWN");
        assertThat(check("orders").cause()).isNull();
    }

    @Test
    void aDependencyThatHasFailedBelowItsThresholdIsWaitedFor() {
        start(builder -> builder.readiness("orders", look("orders"), check -> check.dependsOn("database"))
                .readiness("database", look("database"), check -> check.failuresToDown(3)));
        broken.addAll(Set.of("database", "orders"));

        ground.advanceSeconds(60);

        assertThat(heard.changes).containsExactlyInAnyOrder("database UP DOWN", "orders UP DOWN because of database");
    }

    @Test
    void dependenciesAddUp() {
        start(builder -> builder.readiness("database", look("database"))
                .readiness("cache", look("cache"))
                .readiness("orders", look("orders"), check -> check.dependsOn("database")
                        .dependsOn("cache")));
        broken.addAll(Set.of("database", "orders"));

        ground.advanceSeconds(15);

        assertThat(check("orders").cause()).isEqualTo("database");
    }

    @Test
    void whatIsKeptOfAResultIsBounded() {
        String novel = "n".repeat(1_000_000);
        start(builder -> builder.readiness("database", deadline -> HealthResult.down(novel)
                .withDetail("text", novel)
                .withDetail("tree", Map.of("list", List.of(novel)))));

        HealthReport.Check database = check("database");
        assertThat(database.reason()).hasSizeLessThan(3_000);
        assertThat(String.valueOf(database.details())).hasSizeLessThan(10_000).contains("nnn");
        assertThat(monitor.report().changes())
                .allSatisfy(change -> assertThat(change.reason()).hasSizeLessThan(3_000));
        assertThat(logged.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(4_000));
    }

    @Test
    void aCheckWhoseLackOfAThreadCouldNotBeToldForOnceRunsAgain() {
        var noMemory = new AtomicBoolean();
        try (var poor = new SimulatedGround(() -> {
            if (noMemory.getAndSet(false)) {
                throw new OutOfMemoryError("while the result was told");
            }
            return 0;
        })) {
            monitor = HealthMonitor.builder()
                    .readiness("database", look("database"))
                    .start(poor.ground());
            poor.advanceSeconds(1);
            poor.noThreads(true);
            noMemory.set(true);
            poor.advanceSeconds(10);
            assertThat(noMemory).as("it was met").isFalse();
            poor.noThreads(false);

            poor.advanceSeconds(20);

            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
            assertThat(check("database").stale()).isFalse();
            monitor.close();
        }
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
