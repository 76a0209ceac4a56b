package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.http.Response;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FormatsTest {
    private final HealthMonitor monitor = HealthMonitor.builder()
            .liveness("worker", Heartbeat.within(Duration.ofHours(1)))
            .readiness("database", deadline -> HealthResult.down("refused").withDetail("host", "db"))
            .start();
    private final HealthEndpoint denied = HealthEndpoint.of(monitor);
    private final HealthEndpoint open = HealthEndpoint.of(monitor, DetailsPolicy.open());

    private Response handedOut = Response.text(200, "");

    @AfterEach
    void stop() {
        monitor.close();
    }

    @ParameterizedTest
    @CsvSource({
        "?format=vitals, application/json, {\"status\":\"DOWN\"}",
        "?format=json, application/json, {\"status\":\"DOWN\"}",
        "?format=ietf, application/health+json, {\"status\":\"fail\"}",
        "?format=IETF, application/health+json, {\"status\":\"fail\"}",
        "?format=health+json, application/health+json, {\"status\":\"fail\"}",
        "?format=application/health%2Bjson, application/health+json, {\"status\":\"fail\"}",
        "?format=actuator, application/vnd.spring-boot.actuator.v3+json, {\"status\":\"DOWN\"}",
        "?format=microprofile, application/json, '{\"status\":\"DOWN\",\"checks\":[]}'",
        "?a=b&format=ietf, application/health+json, {\"status\":\"fail\"}",
        "?a=b, application/json, {\"status\":\"DOWN\"}",
        "?format=%zz, application/json, {\"status\":\"DOWN\"}"
    })
    void theQueryChooses(String query, String type, String body) {
        seen();
        Response response = Asking.get(denied, "/health/readiness" + query);

        assertThat(response.headers()).containsEntry("Content-Type", type);
        assertThat(response.bodyAsText()).isEqualTo(body);
        assertThat(response.status()).isEqualTo(503);
    }

    @Test
    void theQueryGoesBeforeTheHeader() {
        Response response = Asking.accepting(denied, "/health?format=ietf", "text/html");

        assertThat(response.headers()).containsEntry("Content-Type", "application/health+json");
    }

    @Test
    void aBrowserGetsThePage() {
        Response response = Asking.accepting(
                denied, "/health/liveness", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        assertThat(response.headers())
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .containsEntry("Content-Security-Policy", StatusPage.SECURITY_POLICY);
        assertThat(response.bodyAsText()).contains("<h1>UP</h1>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health?format=xml", "/health/readiness?format=", "/health/liveness?format=<script>"})
    void anUnknownFormatIs406AndTheBodySaysWhatThereIs(String target) {
        for (HealthEndpoint endpoint : new HealthEndpoint[] {denied, open}) {
            Response response = Asking.get(endpoint, target);

            assertThat(response.status()).isEqualTo(406);
            assertThat(response.bodyAsText())
                    .contains("vitals", "ietf", "actuator", "microprofile", "html", "application/health+json")
                    .doesNotContain("script");
        }
    }

    @Test
    void anAcceptThatNothingSatisfiesIs406() {
        assertThat(Asking.accepting(denied, "/health", "image/png").status()).isEqualTo(406);
        assertThat(Asking.accepting(open, "/health/database", "image/png").status())
                .isEqualTo(406);
    }

    @Test
    void whoMayNotKnowIsToldOfNoCheckInAnyFormat() {
        String unknown = Asking.get(denied, "/health/no-such").bodyAsText();

        for (String query : new String[] {"", "?format=html", "?format=ietf", "?format=xml"}) {
            Response response = Asking.get(denied, "/health/database" + query);

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.bodyAsText()).isEqualTo(unknown);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatAnswersForProbesAndChecksWithTheSameCodes(Format format) {
        seen();
        String query = "?format=" + format.queryName();

        for (HealthEndpoint endpoint : new HealthEndpoint[] {denied, open}) {
            assertThat(Asking.get(endpoint, "/health/liveness" + query).status())
                    .isEqualTo(200);
            assertThat(Asking.get(endpoint, "/health/readiness" + query).status())
                    .isEqualTo(503);
            assertThat(Asking.get(endpoint, "/health" + query).status()).isEqualTo(503);
        }
        assertThat(Asking.get(open, "/health" + query).bodyAsText()).contains("database", "refused", "host", "worker");
        Response check = Asking.get(open, "/health/database" + query);
        assertThat(check.status()).isEqualTo(503);
        assertThat(check.bodyAsText()).contains("refused", "host").doesNotContain("worker");
        assertThat(check.headers().get("Content-Type")).startsWith(format.type());
    }

    @Test
    void everyBareBodyIsShortAndIsThereBefore() {
        var bodies = new BareBodies();
        var kinds = new HashSet<String>();
        for (Format format : Format.values()) {
            for (Probe probe : Probe.values()) {
                for (Lifecycle lifecycle : Lifecycle.values()) {
                    for (Status status : Status.values()) {
                        Response body = bodies.get(format, probe, lifecycle, status);

                        assertThat(body.length()).isBetween(10, 199);
                        assertThat(body.status()).isEqualTo(status.httpStatus());
                        assertThat(body).isSameAs(bodies.get(format, probe, lifecycle, status));
                        kinds.add(format + body.bodyAsText());
                    }
                }
            }
        }
        // Vitals, IETF and HTML: status by lifecycle. Actuator has a third word, MicroProfile two.
        assertThat(kinds).hasSize(3 * 12 + 3 + 2);
    }

    @Test
    void theSameAnswerIsHandedOutAgain() {
        seen();

        assertThat(Asking.get(denied, "/health")).isSameAs(Asking.accepting(denied, "/health", "*/*"));
        assertThat(Asking.get(open, "/health")).isNotSameAs(Asking.get(denied, "/health"));
    }

    @Test
    void aBareBodyIsHandedOutWithoutAllocating() {
        seen();
        HealthEndpoint endpoint = HealthEndpoint.builder(monitor)
                .alias("/health/live", Probe.LIVENESS, Format.MICROPROFILE)
                .build();
        var allocation = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String path : new String[] {"/health", "/health/liveness", "/health/readiness", "/health/live"}) {
            for (List<String> accept : List.of(List.<String>of(), List.of("*/*"))) {
                var request = new Asking(path, null, Map.of("Accept", accept));
                long least = Long.MAX_VALUE;
                for (int round = 0; round < 20; round++) {
                    long before = allocation.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < 1_000; i++) {
                        handedOut = endpoint.handle(request);
                    }
                    least = Math.min(least, allocation.getCurrentThreadAllocatedBytes() - before);
                }

                // Asking for the figure takes some itself.
                assertThat(least).as("bytes for 1,000 answers at " + path).isLessThan(1_000);
                assertThat(handedOut.length()).isPositive();
            }
        }
    }

    @Test
    void aliasesAnswerInTheirOwnFormat() {
        seen();
        HealthEndpoint endpoint = HealthEndpoint.builder(monitor)
                .details(DetailsPolicy.open())
                .format(Format.IETF)
                .alias("/livez", Probe.LIVENESS)
                .alias("/readyz", Probe.READINESS, Format.ACTUATOR)
                .alias("/health/live", Probe.LIVENESS, Format.MICROPROFILE)
                .alias("/", Probe.HEALTH, Format.HTML)
                .build();

        assertThat(endpoint.paths()).containsExactly("/health/*", "/livez", "/livez/", "/readyz", "/readyz/", "/");
        assertThat(Asking.get(endpoint, "/health").bodyAsText()).startsWith("{\"status\":\"fail\"");
        assertThat(Asking.get(endpoint, "/livez").bodyAsText()).startsWith("{\"status\":\"pass\"");
        assertThat(Asking.get(endpoint, "/livez/").bodyAsText()).startsWith("{\"status\":\"pass\"");
        assertThat(Asking.get(endpoint, "/livez?format=vitals").bodyAsText()).startsWith("{\"status\":\"UP\"");
        assertThat(Asking.get(endpoint, "/readyz").bodyAsText())
                .startsWith("{\"status\":\"DOWN\",\"components\":{\"database\"");
        assertThat(Asking.get(endpoint, "/readyz").status()).isEqualTo(503);
        assertThat(Asking.get(endpoint, "/health/live").bodyAsText())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"worker\",\"status\":\"UP\"}]}");
        assertThat(Asking.accepting(endpoint, "/health/live", "application/json")
                        .bodyAsText())
                .contains("\"checks\":[{\"name\":\"worker\",\"status\":\"UP\"}]");
        assertThat(Asking.get(endpoint, "/").bodyAsText()).contains("href=\"health/database?format=html\"");
        assertThat(Asking.get(endpoint, "/health/readiness?format=html").bodyAsText())
                .contains("href=\"../health/database?format=html\"");
        assertThat(Asking.get(endpoint, "/health/?format=html").bodyAsText())
                .contains("href=\"../health/database?format=html\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "livez",
                "",
                "/livez/",
                "/livez/*",
                "/a//b",
                "/a b",
                "/a?b",
                "/ä",
                "/health",
                "/health/liveness",
                "/health/database",
                "/health/live/x"
            })
    void anAliasThatWouldHideSomethingOrNeverBeAskedForIsRefused(String path) {
        HealthEndpoint.Builder builder = HealthEndpoint.builder(monitor);

        assertThatThrownBy(() -> builder.alias(path, Probe.LIVENESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + path + "\"");
    }

    @Test
    void anAliasIsClaimedOnce() {
        HealthEndpoint.Builder builder = HealthEndpoint.builder(monitor).alias("/livez", Probe.LIVENESS);

        assertThatThrownBy(() -> builder.alias("/livez", Probe.READINESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/livez");
    }

    @Test
    void maintenanceIsSaidInTheWordsOfEachFormat() {
        seen();
        monitor.maintenance("moving house");

        assertThat(Asking.get(denied, "/health/readiness").bodyAsText())
                .isEqualTo("{\"status\":\"DOWN\",\"state\":\"maintenance\"}");
        assertThat(Asking.get(denied, "/health/readiness?format=actuator").bodyAsText())
                .isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
        assertThat(Asking.get(denied, "/health/liveness?format=actuator").bodyAsText())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(Asking.get(denied, "/health/readiness?format=ietf").bodyAsText())
                .isEqualTo("{\"status\":\"fail\",\"notes\":[\"maintenance\"]}");
        for (Format format : Format.values()) {
            assertThat(Asking.get(open, "/health/readiness?format=" + format.queryName())
                            .bodyAsText())
                    .contains("moving house");
            assertThat(Asking.get(denied, "/health/readiness?format=" + format.queryName())
                            .bodyAsText())
                    .doesNotContain("moving house");
        }
    }

    private void seen() {
        eventually(() -> monitor.report().lifecycle() == Lifecycle.RUNNING);
    }
}
