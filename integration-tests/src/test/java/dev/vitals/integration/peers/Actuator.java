package dev.vitals.integration.peers;

import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** Spring Boot Actuator on Tomcat with their defaults: 200 threads, and the probes on the application's port. */
final class Actuator implements Peer {
    private final ConfigurableApplicationContext context;

    private Actuator(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Actuator start(Map<String, Callable<Boolean>> checks) {
        return new Actuator(new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "server.shutdown=immediate",
                        "management.endpoint.health.group.readiness.include=readinessState,"
                                + String.join(",", checks.keySet()))
                .initializers(context -> checks.forEach((name, check) -> ((GenericApplicationContext) context)
                        .registerBean(name, HealthIndicator.class, () -> indicator(check))))
                .run());
    }

    private static HealthIndicator indicator(Callable<Boolean> check) {
        return () -> {
            try {
                return (check.call() ? Health.up() : Health.down()).build();
            } catch (Exception failed) {
                return Health.down(failed).build();
            }
        };
    }

    @Override
    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public String readiness() {
        return "/actuator/health/readiness";
    }

    String liveness() {
        return "/actuator/health/liveness";
    }

    @Override
    public void close() {
        context.close();
    }

    /** Without Vitals' own starter, which is on the same class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "dev.vitals.spring.VitalsHealthAutoConfiguration")
    static class Application {}
}
