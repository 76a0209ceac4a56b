package dev.vitals.integration.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** draft-inadarei-api-health-check-06, field by field; it has no schema of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IetfFormatIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Sections 3 and 4. */
    private static final Set<String> OF_A_BODY =
            Set.of("status", "version", "releaseId", "notes", "output", "checks", "links", "serviceId", "description");

    private static final Set<String> OF_A_CHECK = Set.of(
            "componentId",
            "componentType",
            "observedValue",
            "observedUnit",
            "status",
            "affectedEndpoints",
            "time",
            "output",
            "links");
    /** Section 4.10 lets in keys of one's own. */
    private static final Set<String> OUR_OWN = Set.of("details", "cause");

    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.start(
                HealthResult.down("refused")
                        .withDetail("host", "db")
                        .withMeasurement("connections.active", "{connection}", 3),
                HealthResult.degraded("memory at 91 %").withMeasurement("memory.utilization", "1", 0.91));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "3.1 status, /health, /status, fail",
                "3.1 status, /health/liveness, /status, pass",
                "3.1 status, /health/redis, /status, warn",
                "3.2 version: not known to us, /health, /version, absent",
                "3.3 releaseId: not known to us, /health, /releaseId, absent",
                "3.4 notes: nothing to note, /health, /notes, absent",
                "3.5 output: that of each check, /health, /output, absent",
                "3.6 checks, /health/liveness, /checks/worker/0/status, pass",
                "3.7 links: none, /health, /links, absent",
                "3.8 serviceId: not known to us, /health, /serviceId, absent",
                "3.9 description: only what is left out, /health, /description, absent",
                "4.1 componentId: an instance has no name, /health, /checks/database/0/componentId, absent",
                "4.2 componentType, /health, /checks/database/0/componentType, component",
                "4.3 observedValue, /health, /checks/database:connections.active/0/observedValue, 3.0",
                "4.3 observedValue, /health/redis, /checks/redis:memory.utilization/0/observedValue, 0.91",
                "4.4 observedUnit, /health, /checks/database:connections.active/0/observedUnit, {connection}",
                "4.4 observedUnit, /health, /checks/database:responseTime/0/observedUnit, ms",
                "4.5 status, /health, /checks/database/0/status, fail",
                "4.5 status, /health, /checks/redis/0/status, warn",
                "4.5 status, /health, /checks/migrations/0/status, pass",
                "4.6 affectedEndpoints: not known to us, /health, /checks/database/0/affectedEndpoints, absent",
                "4.8 output, /health, /checks/database/0/output, refused",
                "4.8 output: absent where it passes, /health, /checks/migrations/0/output, absent",
                "4.9 links: none, /health, /checks/database/0/links, absent",
                "4.10 additional keys, /health, /checks/database/0/details/host, db"
            })
    void theFieldIsAsTheDraftSays(String section, String path, String pointer, String value) throws Exception {
        JsonNode field = body(path).at(pointer);

        assertThat(field.isMissingNode() ? null : field.asString()).as(section).isEqualTo(value);
    }

    @Test
    void timesAreIso8601() throws Exception {
        JsonNode time = body("/health").at("/checks/database/0/time");

        assertThat(Duration.between(
                        Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(time.asString())), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(2));
        assertThat(body("/health")
                        .at("/checks/database:responseTime/0/observedValue")
                        .isNumber())
                .isTrue();
    }

    @Test
    void failIs503AndPassAndWarnAre200() throws Exception {
        for (String path : new String[] {"/health", "/health/liveness", "/health/readiness", "/health/redis"}) {
            HttpResponse<String> response = get(path);
            boolean fails =
                    JSON.readTree(response.body()).get("status").asString().equals("fail");

            assertThat(response.statusCode()).as(path).isEqualTo(fails ? 503 : 200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/health+json");
        }
    }

    @Test
    void thereIsNoFieldThatTheDraftDoesNotKnow() throws Exception {
        JsonNode body = body("/health");
        assertThat(OF_A_BODY).containsAll(body.propertyNames());
        var ofAll = new TreeSet<String>();
        for (Map.Entry<String, JsonNode> check : body.get("checks").properties()) {
            // Section 4: one colon at the most, between the component and what was measured.
            assertThat(check.getKey()).matches("[^:]+(:[^:]+)?");
            assertThat(check.getValue().isArray()).isTrue();
            check.getValue().forEach(entry -> ofAll.addAll(entry.propertyNames()));
        }
        ofAll.removeAll(OUR_OWN);
        assertThat(OF_A_CHECK).containsAll(ofAll);
        assertThat(ofAll).contains("componentType", "observedValue", "observedUnit", "status", "time", "output");
    }

    @Test
    void whatTheApplicationIsAboutIsANote() throws Exception {
        try (var other = Served.start(HealthResult.up(), HealthResult.up())) {
            other.monitor().maintenance("moving house");

            JsonNode body =
                    JSON.readTree(other.get("/health/readiness?format=ietf").body());

            assertThat(body.get("status").asString()).isEqualTo("fail");
            assertThat(body.get("notes").toString()).isEqualTo("[\"maintenance\",\"maintenance: moving house\"]");
        }
    }

    private static JsonNode body(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return Served.get(served.server().url() + path, "application/health+json");
    }
}
