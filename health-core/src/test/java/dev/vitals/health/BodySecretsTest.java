package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.health.HealthReport.Change;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Engine;
import dev.vitals.health.HealthReport.Hang;
import dev.vitals.health.HealthReport.Lifecycle;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no body may ever hold, whatever its format and wherever it came in. */
@Timeout(60)
class BodySecretsTest {
    private static final String SECRET = "hunter2-7f3a";
    private static final List<String> LEAKS = List.of(
            "refused by jdbc:postgresql://db:5432/orders?user=app&password=" + SECRET,
            "refused by jdbc:postgresql://app:" + SECRET + "@db/orders",
            "login failed: token=" + SECRET,
            "401 for https://prices.example/v1?access_token=" + SECRET + "&page=1",
            "Authorization: Bearer " + SECRET,
            "{\"apiKey\": \"" + SECRET + "\"}");

    private final HealthMonitor monitor = monitor();

    private static HealthMonitor monitor() {
        HealthMonitor.Builder builder = HealthMonitor.builder();
        for (int i = 0; i < LEAKS.size(); i++) {
            String leak = LEAKS.get(i);
            builder.readiness("reason-" + i, deadline -> HealthResult.down(leak));
            builder.observe("thrown-" + i, deadline -> {
                throw new IllegalStateException(leak);
            });
            builder.observe("details-" + i, deadline -> HealthResult.degraded("see details")
                    .withDetail("plain", leak)
                    .withDetail("password", SECRET)
                    .withDetail("nested", Map.of("list", List.of(leak), "clientSecret", SECRET))
                    .withDetail("object", new Exception(leak)));
        }
        return builder.start();
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @ParameterizedTest
    @EnumSource
    void noSecretLeavesThroughAnEndpoint(Format format) {
        eventually(() -> monitor.report().checks().stream().allMatch(check -> check.duration() != null));
        monitor.maintenance("database moves, " + LEAKS.get(0));
        HealthEndpoint endpoint = HealthEndpoint.of(monitor, DetailsPolicy.open());
        String query = "?format=" + format.queryName();

        for (Probe probe : Probe.values()) {
            assertThat(Asking.get(endpoint, probe.path() + query).bodyAsText()).doesNotContain(SECRET);
        }
        assertThat(Asking.get(endpoint, "/health/readiness" + query).bodyAsText())
                .contains("database moves");
        for (Check check : monitor.report().checks()) {
            assertThat(Asking.get(endpoint, "/health/" + check.name() + query).bodyAsText())
                    .doesNotContain(SECRET);
        }
        assertThat(Asking.get(endpoint, "/health" + query).bodyAsText())
                .contains("reason-5", "thrown-5", "details-5", "IllegalStateException", "refused by", "nested");
    }

    @Test
    void noSecretLeavesByAWayThatPassesNoCheck() {
        for (String leak : LEAKS) {
            HealthReport report = leaking(leak);
            for (Format format : Format.values()) {
                BodyWriter writer = BodyWriter.of(format);
                Check check = report.checks().get(0);

                assertThat(new String(writer.probe(SampleReports.view(report, Probe.HEALTH)), UTF_8))
                        .doesNotContain(SECRET)
                        .contains("leaky");
                assertThat(new String(writer.check(report, check, List.of()), UTF_8))
                        .doesNotContain(SECRET);
            }
        }
    }

    /** As it might come from a sign of life of the application's own. */
    private static HealthReport leaking(String leak) {
        Check check = SampleReports.check(
                "leaky",
                Status.DOWN,
                true,
                Set.of(Probe.LIVENESS),
                leak,
                leak,
                new Hang(Duration.ofSeconds(3), List.of(leak, leak)),
                Map.of(),
                List.of());
        var probes = new EnumMap<Probe, Status>(Probe.class);
        for (Probe probe : Probe.values()) {
            probes.put(probe, Status.DOWN);
        }
        return new HealthReport(
                SampleReports.NOW,
                Lifecycle.MAINTENANCE,
                leak,
                probes,
                List.of(check),
                List.of(new Change(SampleReports.NOW, "leaky", Status.UP, Status.DOWN, leak, leak)),
                new Engine(false, 0, 0, 0));
    }
}
