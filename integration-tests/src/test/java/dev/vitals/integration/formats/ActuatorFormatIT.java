package dev.vitals.integration.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Spring Boot's own Actuator beside ours, with the same checks: the same bodies, the same codes, the same type. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ActuatorFormatIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.spring-boot.actuator.v3+json";

    static Stream<Arguments> nights() {
        Health up = Health.up().build();
        return Stream.of(
                Arguments.of(
                        HealthResult.up()
                                .withDetail("product", "PostgreSQL 18.6")
                                .withDetail("pool", Map.of("idle", 7)),
                        Health.up()
                                .withDetail("product", "PostgreSQL 18.6")
                                .withDetail("pool", Map.of("idle", 7))
                                .build(),
                        HealthResult.up(),
                        up),
                Arguments.of(
                        HealthResult.down("refused").withDetail("host", "db"),
                        Health.down()
                                .withDetail("reason", "refused")
                                .withDetail("host", "db")
                                .build(),
                        HealthResult.up(),
                        up),
                Arguments.of(
                        HealthResult.up(),
                        up,
                        HealthResult.degraded("memory at 91 %"),
                        Health.up()
                                .withDetail("degraded", true)
                                .withDetail("reason", "memory at 91 %")
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("nights")
    void theBodiesAreActuatorsOwn(HealthResult database, Health theirDatabase, HealthResult redis, Health theirRedis)
            throws Exception {
        try (var ours = Served.start(database, redis);
                var theirs = spring(theirDatabase, theirRedis)) {
            for (String path :
                    new String[] {"", "/liveness", "/readiness", "/startup", "/database", "/redis", "/migrations"}) {
                HttpResponse<String> our = Served.get(ours.server().url() + "/health" + path, TYPE);
                HttpResponse<String> their = Served.get(url(theirs) + "/actuator/health" + path, TYPE);

                assertThat(our.statusCode()).as(path).isEqualTo(their.statusCode());
                assertThat(our.headers().firstValue("Content-Type"))
                        .isEqualTo(their.headers().firstValue("Content-Type"))
                        .hasValue(TYPE);
                assertThat(JSON.readTree(our.body())).as(path).isEqualTo(withoutItsOwn(their.body()));
            }
            assertThat(ours.get("/health/no-such-check?format=actuator").statusCode())
                    .isEqualTo(Served.get(url(theirs) + "/actuator/health/no-such-check", TYPE)
                            .statusCode());
        }
    }

    @Test
    void readinessThatIsWithheldIsSaidInTheSameWords() throws Exception {
        Health up = Health.up().build();
        try (var ours = Served.start(HealthResult.up(), HealthResult.up());
                var theirs = spring(up, up)) {
            ours.monitor().drain(Duration.ZERO);
            AvailabilityChangeEvent.publish(theirs, ReadinessState.REFUSING_TRAFFIC);

            HttpResponse<String> our = ours.getUntil("/health/readiness?format=actuator", "draining");
            HttpResponse<String> their = Served.get(url(theirs) + "/actuator/health/readiness", TYPE);

            assertThat(our.statusCode()).isEqualTo(their.statusCode()).isEqualTo(503);
            for (String word :
                    new String[] {"/status", "/components/readinessState/status", "/components/redis/status"}) {
                assertThat(JSON.readTree(our.body()).at(word))
                        .as(word)
                        .isEqualTo(JSON.readTree(their.body()).at(word));
            }
            assertThat(JSON.readTree(our.body()).at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
        }
    }

    /** Spring Boot shows the states of its own as components also while all is well. */
    private static JsonNode withoutItsOwn(String body) {
        JsonNode tree = JSON.readTree(body);
        if (tree.get("components") instanceof ObjectNode components) {
            components.remove("livenessState");
            components.remove("readinessState");
        }
        return tree;
    }

    private static ConfigurableApplicationContext spring(Health database, Health redis) {
        Health up = Health.up().build();
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "server.shutdown=immediate",
                        "management.health.defaults.enabled=false",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.group.liveness.include=livenessState,worker",
                        "management.endpoint.health.group.readiness.include=readinessState,database,redis",
                        "management.endpoint.health.group.startup.include=migrations")
                .initializers(context -> Map.of("worker", up, "migrations", up, "database", database, "redis", redis)
                        .forEach((name, health) -> ((GenericApplicationContext) context)
                                .registerBean(name, HealthIndicator.class, () -> () -> health)))
                .run();
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Without Vitals' own starter, which is on the same class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "dev.vitals.spring.VitalsHealthAutoConfiguration")
    static class Application {}
}
