package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Endpoints;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@Timeout(60)
class HealthEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HealthResult result = HealthResult.up();
    private final HealthMonitor monitor = HealthMonitor.builder()
            .liveness("worker", Heartbeat.within(Duration.ofHours(1)))
            .readiness("database", deadline -> result, options -> options.every(Duration.ofMillis(20)))
            .readiness("redis", deadline -> HealthResult.down("away"), options -> options.optional()
                    .every(Duration.ofHours(1)))
            .observe("outside", deadline -> HealthResult.degraded("slow"))
            .start();
    private final Endpoints denied = Endpoints.of(HealthEndpoint.of(monitor));
    private final Endpoints open = Endpoints.of(HealthEndpoint.of(monitor, DetailsPolicy.open()));

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void anybodyGetsTheStatusAndNothingElse() {
        settle(HealthResult.down("no route to db.internal"));

        assertThat(get(denied, "/health/readiness").status()).isEqualTo(503);
        assertThat(get(denied, "/health/readiness").bodyAsText()).isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(get(denied, "/health").bodyAsText()).isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(get(denied, "/health/liveness").status()).isEqualTo(200);
        assertThat(get(denied, "/health/liveness").bodyAsText()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(denied, "/health/startup").bodyAsText()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/database",
                "/health/no-such-check",
                "/health/database/x",
                "/health/database/",
                "/health//"
            })
    void knownAndUnknownChecksLookAlikeToWhoMayNotKnow(String path) {
        assertThat(get(denied, path).status()).isEqualTo(404);
        assertThat(get(denied, path).bodyAsText())
                .isEqualTo(get(denied, "/health/other").bodyAsText());
    }

    @Test
    void aTrailingSlashChangesNothing() {
        settle(HealthResult.up());

        assertThat(get(denied, "/health/").bodyAsText()).isEqualTo("{\"status\":\"DEGRADED\"}");
        assertThat(get(denied, "/health/liveness/").status()).isEqualTo(200);
        assertThat(get(open, "/health/database/").status()).isEqualTo(200);
    }

    @Test
    void degradedIsStill200() {
        settle(HealthResult.up());

        Response response = get(denied, "/health/readiness");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bodyAsText()).isEqualTo("{\"status\":\"DEGRADED\"}");
    }

    @Test
    void drainingIsSaid() throws Exception {
        settle(HealthResult.up());
        monitor.drain(Duration.ZERO);

        assertThat(get(denied, "/health/readiness").status()).isEqualTo(503);
        assertThat(get(denied, "/health/readiness").bodyAsText())
                .isEqualTo("{\"status\":\"DOWN\",\"state\":\"draining\"}");
        assertThat(get(denied, "/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void theAuthorisedReadEveryCheck() {
        settle(HealthResult.degraded("memory at 91 %").withDetail("usedBytes", 954728448L));

        JsonNode body = json(get(open, "/health"));

        assertThat(body.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(body.get("checks").findValuesAsString("name"))
                .containsExactly("worker", "database", "redis", "outside");
        JsonNode database = body.get("checks").get(1);
        assertThat(database.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(database.get("critical").asBoolean()).isTrue();
        assertThat(database.get("probes").toString()).isEqualTo("[\"readiness\"]");
        assertThat(database.get("reason").asString()).isEqualTo("memory at 91 %");
        assertThat(database.get("since").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(database.get("checkedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(database.get("durationMs").isNumber()).isTrue();
        assertThat(database.get("details").get("usedBytes").asLong()).isEqualTo(954728448L);
        assertThat(body.get("checks").get(2).get("critical").asBoolean()).isFalse();
    }

    @Test
    void aProbeShowsItsOwnChecksAlone() {
        settle(HealthResult.up());

        assertThat(json(get(open, "/health/readiness")).findValuesAsString("name"))
                .containsExactly("database", "redis");
        assertThat(json(get(open, "/health/liveness")).findValuesAsString("name"))
                .containsExactly("worker");
    }

    @Test
    void oneCheckHasAPathOfItsOwn() {
        settle(HealthResult.down("refused"));

        assertThat(get(open, "/health/database").status()).isEqualTo(503);
        assertThat(json(get(open, "/health/database")).get("reason").asString()).isEqualTo("refused");
        assertThat(get(open, "/health/no-such-check").status()).isEqualTo(404);
    }

    @Test
    void secretsInDetailsStayInside() {
        settle(HealthResult.down("login as app:hunter2 failed for jdbc:postgresql://app:hunter2@db/orders")
                .withDetail("dbPassword", "hunter2")
                .withDetail("url", "redis://:hunter2@cache:6379/0")
                .withDetail("nested", Map.of("api_key", "hunter2", "list", List.of("token=hunter2"))));

        String database = get(open, "/health/database").bodyAsText();
        assertThat(database).contains("details").contains("nested");
        assertThat(database.replace("app:hunter2 failed", "")).doesNotContain("hunter2");
    }

    @Test
    void hostileDetailsAreBounded() {
        var cyclic = new HashMap<String, Object>();
        cyclic.put("self", cyclic);
        var many = new ArrayList<Integer>();
        for (int i = 0; i < 100_000; i++) {
            many.add(i);
        }
        settle(HealthResult.down("x".repeat(100_000))
                .withDetail("cyclic", cyclic)
                .withDetail("many", many)
                .withDetail("throws", new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("hunter2");
                    }
                })
                .withDetail("nan", Double.NaN)
                .withDetail("html", "<script>\"\u0000\ud800"));

        Response response = get(open, "/health/database");

        assertThat(response.length()).isLessThan(10_000);
        assertThat(json(response).get("details").propertyNames()).contains("cyclic", "many", "throws", "nan", "html");
        assertThat(response.bodyAsText()).doesNotContain("hunter2");
    }

    /** Waits until the result has been seen. */
    private void settle(HealthResult wanted) {
        result = wanted;
        eventually(() -> seen(wanted));
    }

    private boolean seen(HealthResult wanted) {
        return monitor.report().checks().stream()
                        .filter(check -> check.name().equals("database"))
                        .allMatch(check -> check.status() == wanted.status()
                                && java.util.Objects.equals(
                                        check.reason(), Plain.copyOf(wanted).reason()))
                && monitor.report().checks().stream().noneMatch(check -> "not checked yet".equals(check.reason()));
    }

    private static Response get(Endpoints endpoints, String path) {
        Response response = endpoints.handle(new FakeRequest(path, Map.of()));
        if (response.headers().containsValue("application/json")) {
            assertThat(VitalsSchema.errors(response.bodyAsText())).isEmpty();
        }
        return response;
    }

    private static JsonNode json(Response response) {
        return JSON.readTree(response.bodyAsText());
    }

    record FakeRequest(String path, Map<String, String> sent) implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public List<String> headers(String name) {
            return sent.containsKey(name) ? List.of(sent.get(name)) : List.of();
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }
    }
}
