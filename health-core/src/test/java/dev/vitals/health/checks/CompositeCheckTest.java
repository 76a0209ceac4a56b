package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompositeCheckTest {
    private static Map<String, HealthCheck> parts(String statuses) {
        var parts = new LinkedHashMap<String, HealthCheck>();
        for (String status : statuses.split(" ", -1)) {
            HealthResult result =
                    switch (Status.valueOf(status)) {
                        case UP -> HealthResult.up();
                        case DEGRADED -> HealthResult.degraded("slow");
                        case DOWN -> HealthResult.down("gone");
                    };
            parts.put("part-" + (parts.size() + 1), deadline -> result);
        }
        return parts;
    }

    @ParameterizedTest
    @CsvSource({
        // parts, all, any, at least two
        "UP UP UP, UP, UP, UP",
        "UP UP DOWN, DOWN, UP, UP",
        "UP DOWN DOWN, DOWN, UP, DOWN",
        "DOWN DOWN DOWN, DOWN, DOWN, DOWN",
        "UP DEGRADED UP, DEGRADED, UP, UP",
        "UP DEGRADED DOWN, DOWN, UP, DEGRADED",
        "DEGRADED DEGRADED DOWN, DOWN, DEGRADED, DEGRADED",
    })
    void theNthBestCounts(String statuses, Status all, Status any, Status two) throws Exception {
        assertThat(run(CompositeCheck.allOf(parts(statuses))).status()).isEqualTo(all);
        assertThat(run(CompositeCheck.anyOf(parts(statuses))).status()).isEqualTo(any);
        assertThat(run(CompositeCheck.atLeast(2, parts(statuses))).status()).isEqualTo(two);
    }

    @Test
    void theReasonNamesWhatIsNotUpAlsoWhileEnoughIs() throws Exception {
        HealthResult result = run(CompositeCheck.anyOf(parts("UP DEGRADED DOWN")));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.reason()).isEqualTo("part-2 DEGRADED: slow; part-3 DOWN: gone");
        assertThat(measured(result, "parts.up")).isEqualTo(2);
        assertThat(run(CompositeCheck.allOf(parts("UP UP"))).reason()).isNull();
    }

    @Test
    void detailsAndMeasurementsBearTheirPartsName() throws Exception {
        HealthCheck measuring = deadline ->
                HealthResult.up().withDetail("status", "mine").withMeasurement("queue.waiting", "{item}", 7);

        HealthResult result = run(CompositeCheck.allOf(Map.of("the-queue", measuring)));

        assertThat(result.details())
                .containsEntry("the-queue", Map.of("status", "UP", "details", Map.of("status", "mine")));
        assertThat(measured(result, "the_queue.queue.waiting")).isEqualTo(7);
    }

    @Test
    void whatAPartThrowsIsThatPartsDown() throws Exception {
        var parts = new LinkedHashMap<String, HealthCheck>();
        parts.put("throwing", deadline -> {
            throw new StackOverflowError("deep");
        });
        parts.put("nothing", deadline -> null);
        parts.put("fine", deadline -> HealthResult.up());

        HealthResult result = run(CompositeCheck.anyOf(parts));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.reason()).isEqualTo("throwing DOWN: StackOverflowError; nothing DOWN: the check gave null");
    }

    @Test
    void anAdvisoryPartOnlyAdvisesInTheMidstOfOthers() throws Exception {
        HealthCheck advice = new HealthCheck() {
            @Override
            public HealthResult check(Deadline deadline) {
                return HealthResult.down("full");
            }

            @Override
            public boolean advisory() {
                return true;
            }
        };
        Deadline deadline = Deadline.after(Duration.ofSeconds(5));

        assertThat(CompositeCheck.allOf(Map.of("disk", advice, "database", any -> HealthResult.up()))
                        .check(deadline)
                        .status())
                .isEqualTo(Status.DEGRADED);
        assertThat(CompositeCheck.allOf(Map.of("disk", advice)).check(deadline).status())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void anInterruptionEndsTheWholeRun() {
        HealthCheck interrupted = deadline -> {
            throw new InterruptedException();
        };

        assertThatThrownBy(() -> run(CompositeCheck.anyOf(Map.of("a", interrupted))))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aPartThatIsSlowLeavesTimeForTheNext() throws Exception {
        try (RawServer silent = RawServer.start(RawServer::untilHungUp);
                RawServer open = RawServer.start(RawServer::untilHungUp)) {
            var parts = new LinkedHashMap<String, HealthCheck>();
            parts.put("primary", HttpCheck.get(silent.uri("http", "/")));
            parts.put("mirror", TcpCheck.of("127.0.0.1", open.port()));

            HealthResult result = run(CompositeCheck.anyOf(parts), 1_000);

            assertThat(result.status()).isEqualTo(Status.UP);
            assertThat(result.reason()).isEqualTo("primary DOWN: no answer in time");
        }
    }

    @Test
    void withNoTimeLeftAPartIsDownUnasked() throws Exception {
        HealthResult result = run(CompositeCheck.anyOf(parts("UP UP")), 0);

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).contains("part-1 DOWN: no time was left for it");
    }

    @Test
    void whatAPartAsksForOnExpiryIsDone() {
        var asked = new CountDownLatch(1);
        HealthCheck uninterruptible = deadline -> {
            deadline.onExpiry(asked::countDown);
            while (asked.getCount() > 0) {
                Thread.onSpinWait();
            }
            return HealthResult.up();
        };
        try (HealthMonitor monitor = HealthMonitor.builder()
                .observe("both", CompositeCheck.allOf(Map.of("a", uninterruptible)), check -> check.timeout(
                                Duration.ofMillis(100))
                        .every(Duration.ofMinutes(1)))
                .start()) {
            eventually(() -> asked.getCount() == 0);
            assertThat(monitor.report().checks()).hasSize(1);
        } finally {
            asked.countDown();
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> CompositeCheck.allOf(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give one part or more");
        assertThatThrownBy(() -> CompositeCheck.atLeast(3, parts("UP UP")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 of 2");
        assertThatThrownBy(() -> CompositeCheck.atLeast(0, parts("UP"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> CompositeCheck.anyOf(Map.of("No Name", parts("UP").get("part-1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("like \"mirror\"");
    }
}
