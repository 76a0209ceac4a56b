package dev.vitals.integration.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Our MicroProfile bodies against the schema that the specification's own test kit holds its implementations to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MicroProfileFormatIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PATHS = List.of(
            "/health/live",
            "/health/ready",
            "/health/started",
            "/health?format=microprofile",
            "/health/database?format=microprofile");

    private static Schema schema;

    @BeforeAll
    static void readTheSchemaOfTheKit() throws IOException {
        try (InputStream text = MicroProfileFormatIT.class.getResourceAsStream("/health-check-schema.json")) {
            assertThat(text).as("the schema in the kit's jar").isNotNull();
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(text);
        }
    }

    @Test
    void everyBodyFitsTheSchemaOfTheKit() throws Exception {
        for (HealthResult database : List.of(
                HealthResult.up(),
                HealthResult.degraded("slow").withDetail("pool", Map.of("idle", 7, "names", List.of("a", "b"))),
                HealthResult.down("refused").withDetail("nan", Double.NaN).withDetail("nothing", List.of()))) {
            try (var served = Served.start(database, HealthResult.up())) {
                for (String path : PATHS) {
                    HttpResponse<String> response = served.get(path);

                    assertThat(schema.validate(response.body(), InputFormat.JSON))
                            .as(response.body())
                            .isEmpty();
                    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
                    boolean up = JSON.readTree(response.body())
                            .get("status")
                            .asString()
                            .equals("UP");
                    assertThat(response.statusCode()).isEqualTo(up ? 200 : 503);
                }
                served.monitor().maintenance("moving house");
                HttpResponse<String> ready = served.getUntil("/health/ready", "moving house");
                assertThat(schema.validate(ready.body(), InputFormat.JSON)).isEmpty();
                assertThat(ready.statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void theSchemaOfTheKitRejectsWhatWeDoNotSend() {
        assertThat(schema.validate("{\"status\":\"UP\"}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(
                        "{\"status\":\"UP\",\"checks\":[{\"name\":\"a\",\"status\":\"UP\",\"data\":{\"b\":[]}}]}",
                        InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theWordsAreTheSpecifications() throws Exception {
        try (var served = Served.start(
                HealthResult.degraded("slow").withDetail("pool", Map.of("idle", 7)), HealthResult.down("away"))) {
            JsonNode body = JSON.readTree(served.get("/health/ready").body());

            assertThat(body.toString())
                    .isEqualTo("{\"status\":\"DOWN\",\"checks\":["
                            + "{\"name\":\"database\",\"status\":\"UP\",\"data\":{\"degraded\":true,\"reason\":\"slow\",\"pool.idle\":7}},"
                            + "{\"name\":\"redis\",\"status\":\"DOWN\",\"data\":{\"reason\":\"away\"}}]}");
        }
    }
}
