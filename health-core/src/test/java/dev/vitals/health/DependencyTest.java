package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is to blame, and who is told of it how often. */
@Timeout(60)
class DependencyTest {
    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();
    private final Counting heard = new Counting();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Double> takes = new HashMap<>();
    private final Map<String, Integer> runs = new HashMap<>();
    private final List<String> order = new ArrayList<>();
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
        heard.failuresCounted = 0;
        runs.clear();
        order.clear();
    }

    /** Looks at "database" before what depends on it. */
    private void startInOrder() {
        start(builder -> builder.readiness("database", look("database"))
                .readiness("orders", look("orders"), check -> check.dependsOn("database"))
                .readiness("search", look("search"), check -> check.dependsOn("orders")));
    }

    /** Looks at "search" first and at "database" last. */
    private void startInReverse() {
        start(builder -> builder.readiness("search", look("search"), check -> check.dependsOn("orders"))
                .readiness("orders", look("orders"), check -> check.dependsOn("database"))
                .readiness("database", look("database")));
    }

    @Test
    void theCauseStandsAtTheEndOfTheChain() {
        startInOrder();
        broken.addAll(Set.of("database", "orders", "search"));

        ground.advanceSeconds(10);

        assertThat(heard.changes)
                .containsExactly(
                        "database UP DOWN", "orders UP DOWN because of database", "search UP DOWN because of database");
        assertThat(heard.failuresCounted).isEqualTo(1);
        assertThat(check("search").cause()).isEqualTo("database");
        assertThat(check("search").reason()).isEqualTo("because of database: search is broken");
        assertThat(monitor.report().changes().stream().filter(change -> change.cause() != null))
                .extracting(HealthReport.Change::check)
                .containsExactly("orders", "search");
    }

    @Test
    void newsWaitUntilTheDependencyHasSpoken() {
        startInReverse();
        broken.addAll(Set.of("database", "orders"));
        takes.put("database", 1.0);

        ground.advanceSeconds(10);
        assertThat(check("orders").status()).as("who reads need not wait").isEqualTo(Status.DOWN);
        assertThat(heard.changes).isEmpty();
        ground.advanceSeconds(1);

        assertThat(heard.changes).containsExactly("database UP DOWN", "orders UP DOWN because of database");
        assertThat(heard.failuresCounted).isEqualTo(1);
        assertThat(runs.get("database")).as("asked at once").isEqualTo(1);
    }

    @Test
    void newsOfAChainWaitForItsEnd() {
        startInReverse();
        broken.addAll(Set.of("database", "orders", "search"));
        takes.putAll(Map.of("database", 1.0, "orders", 0.5));

        ground.advanceSeconds(15);

        assertThat(heard.changes)
                .containsExactlyInAnyOrder(
                        "database UP DOWN", "orders UP DOWN because of database", "search UP DOWN because of database");
        assertThat(heard.failuresCounted).isEqualTo(1);
    }

    @Test
    void aDependencyThatIsWellIsNotToBlame() {
        startInReverse();
        broken.add("orders");

        ground.advanceSeconds(10);

        assertThat(heard.changes).containsExactly("orders UP DOWN");
        assertThat(check("orders").cause()).isNull();
    }

    @Test
    void newsGoOnWaitingWhileTheDependencyHangsAndTheCheckFailsAgain() {
        start(builder -> builder.readiness("orders", look("orders"), check -> check.dependsOn("database")
                        .every(Duration.ofSeconds(1)))
                .readiness("database", look("database")));
        broken.addAll(Set.of("orders", "database"));
        takes.put("database", 3_600.0);

        ground.advanceSeconds(5);

        assertThat(heard.changes).containsExactly("database UP DOWN", "orders UP DOWN because of database");
        assertThat(heard.failuresCounted).isEqualTo(1);
    }

    @Test
    void newsThatGrewOldAreToldBeforeNewerOnes() {
        start(builder -> builder.readiness("orders", look("orders"), check -> check.dependsOn("database")
                        .every(Duration.ofSeconds(1)))
                .readiness("database", look("database")));
        broken.add("orders");
        takes.put("database", 1.9);
        ground.advanceSeconds(1);
        broken.remove("orders");

        ground.advanceSeconds(1);

        assertThat(heard.changes).containsExactly("orders UP DOWN", "orders DOWN UP");
    }

    @Test
    void recoveryAsksWhoDependsOnItAtOnce() {
        startInOrder();
        broken.addAll(Set.of("database", "orders", "search"));
        ground.advanceSeconds(10);
        heard.changes.clear();
        broken.clear();

        // 10 s: DOWN, 15 s: DOWN, 15 s: looked at again; nobody waits for his own five seconds.
        ground.advanceSeconds(5);

        assertThat(heard.changes).containsExactly("database DOWN UP", "orders DOWN UP", "search DOWN UP");
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
    }

    @Test
    void whoIsStillDownWithoutItsCauseIsToldAgain() {
        startInOrder();
        broken.addAll(Set.of("database", "orders"));
        ground.advanceSeconds(10);
        broken.remove("database");

        ground.advanceSeconds(5);

        assertThat(heard.changes)
                .containsExactly(
                        "database UP DOWN",
                        "orders UP DOWN because of database",
                        "database DOWN UP",
                        "orders DOWN DOWN");
        assertThat(heard.failuresCounted).isEqualTo(2);
        assertThat(check("orders").cause()).isNull();
        assertThat(check("orders").reason()).isEqualTo("orders is broken");
    }

    @Test
    void aRunFromBeforeTheRecoveryDoesNotBlameTheDependentItself() {
        start(builder -> builder.readiness("database", look("database"))
                .readiness("orders", look("orders"), check -> check.dependsOn("database")));
        broken.addAll(Set.of("database", "orders"));
        ground.advanceSeconds(10);
        // At 15 s both are looked at: the database is well, the other's run began before and fails.
        takes.put("orders", 1.5);
        takes.put("database", 0.1);
        ground.at(Duration.ofMillis(4_550).toNanos(), () -> broken.remove("database"));
        ground.at(Duration.ofMillis(6_100).toNanos(), () -> broken.remove("orders"));

        ground.advanceSeconds(12);

        assertThat(heard.failuresCounted).isEqualTo(1);
        assertThat(heard.changes)
                .containsExactly(
                        "database UP DOWN", "orders UP DOWN because of database", "database DOWN UP", "orders DOWN UP");
    }

    @Test
    void whatWasDownBeforeItsDependencyIsBlamedOnItFromThenOn() {
        startInReverse();
        broken.add("orders");
        ground.advanceSeconds(12);
        broken.add("database");

        ground.advanceSeconds(10);

        assertThat(check("orders").cause()).isEqualTo("database");
        assertThat(heard.changes).containsExactly("orders UP DOWN", "database UP DOWN");
    }

    @Test
    void oneOfSeveralIsEnough() {
        start(builder -> builder.readiness("a", look("a"))
                .readiness("b", look("b"))
                .readiness("c", look("c"), check -> check.dependsOn("a", "b")));
        broken.addAll(Set.of("b", "c"));

        ground.advanceSeconds(10);

        assertThat(check("c").cause()).isEqualTo("b");
    }

    @Test
    void aDegradedDependencyIsNoCause() {
        start(builder -> builder.readiness("a", deadline -> HealthResult.degraded("slow"))
                .readiness("b", look("b"), check -> check.dependsOn("a")));
        broken.add("b");

        ground.advanceSeconds(10);

        assertThat(check("b").cause()).isNull();
        assertThat(heard.changes).containsExactly("b UP DOWN");
    }

    @Test
    void whileItRecoversItNamesItsCauseAndNothingElse() {
        start(builder -> builder.readiness("a", look("a"))
                .readiness("b", look("b"), check -> check.dependsOn("a").successesToUp(3)));
        broken.addAll(Set.of("a", "b"));
        ground.advanceSeconds(10);
        broken.remove("b");

        ground.advanceSeconds(5);

        assertThat(check("b").reason()).matches("because of a: [12] of 3 successes");
    }

    @Test
    void aNameThatNoCheckHasIsRefused() {
        assertThatThrownBy(() -> start(builder -> builder.liveness("worker", LivenessFlag.lowered())
                        .readiness("b", look("b"), check -> check.dependsOn("databse"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"b\"")
                .hasMessageContaining("\"databse\"");
    }

    @Test
    void aSignOfLifeIsNoDependency() {
        assertThatThrownBy(() -> start(builder -> builder.liveness("deadlocks", LivenessCheck.deadlock())
                        .readiness("b", look("b"), check -> check.dependsOn("deadlocks"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"deadlocks\"");
    }

    @Test
    void aCircleIsRefusedAndNamed() {
        assertThatThrownBy(() -> start(builder -> builder.readiness("outside", look("outside"))
                        .readiness("a", look("a"), check -> check.dependsOn("b", "outside"))
                        .readiness("b", look("b"), check -> check.dependsOn("c"))
                        .readiness("c", look("c"), check -> check.dependsOn("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checks depend on each other in a circle: take a dependsOn(…) from one of [a, b, c]");
        assertThatThrownBy(() ->
                        start(builder -> builder.readiness("self", look("self"), check -> check.dependsOn("self"))))
                .hasMessageContaining("[self]");
    }

    private HealthCheck look(String name) {
        return deadline -> {
            runs.merge(name, 1, Integer::sum);
            order.add(name);
            if (takes.containsKey(name)) {
                ground.pass(Duration.ofMillis((long) (takes.get(name) * 1000)));
            }
            return broken.contains(name) ? HealthResult.down(name + " is broken") : HealthResult.up();
        };
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
