package dev.vitals.benchmarks;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointWebExtension;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Boot Actuator as Spring Boot configures it, from the object that its web adapters call to the bytes that its
 * own mapper writes: {@code /actuator/health/readiness}, and a second group that shows its components. It runs its
 * indicators at each probe; these cost next to nothing.
 */
final class Actuator implements Contender {
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        EndpointAutoConfiguration.class,
        JacksonEndpointAutoConfiguration.class,
        HealthContributorRegistryAutoConfiguration.class,
        HealthEndpointAutoConfiguration.class
    })
    static class Application {}

    private final ConfigurableApplicationContext context;
    private final HealthEndpointWebExtension endpoint;
    private final JsonMapper mapper;

    Actuator(int checks) {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "warn",
                        "management.endpoints.web.exposure.include", "health",
                        "management.endpoint.health.group.readiness.include", "*",
                        "management.endpoint.health.group.detailed.include", "*",
                        "management.endpoint.health.group.detailed.show-details", "always",
                        "management.endpoint.health.validate-group-membership", "false"))
                .run();
        var registry = context.getBean(HealthContributorRegistry.class);
        Health up = Health.up().build();
        for (int i = 0; i < checks; i++) {
            HealthIndicator indicator = () -> up;
            registry.registerContributor("check-" + i, indicator);
        }
        // The bean of this type wants a web application; it is made of the same parts.
        endpoint = new HealthEndpointWebExtension(
                registry, null, context.getBean(HealthEndpointGroups.class), Duration.ofSeconds(10));
        mapper = context.getBean(EndpointJsonMapper.class).get();
    }

    @Override
    public void bare(Sink sink) {
        write("readiness", sink);
    }

    @Override
    public void detailed(Sink sink) {
        write("detailed", sink);
    }

    private void write(String group, Sink sink) {
        var response = endpoint.health(ApiVersion.V3, WebServerNamespace.SERVER, SecurityContext.NONE, group);
        if (response.getStatus() != 200) {
            throw new IllegalStateException("not UP");
        }
        mapper.writeValue(sink, response.getBody());
    }

    @Override
    public void close() {
        context.close();
    }
}
