package dev.vitals.spring;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.LivenessCheck;
import dev.vitals.http.servlet.VitalsServlet;
import jakarta.servlet.Servlet;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives a Spring Boot application its health: a {@link HealthMonitor} of the beans that are checks and listeners, a
 * {@link HealthEndpoint} at {@code /health} and below, and a shutdown that begins with draining. Each bean gives way to
 * one of the application's own. Bean names begin with {@code vitals}, and so keep clear of Spring Boot Actuator, which
 * has a {@code healthEndpoint} too.
 */
@AutoConfiguration
@EnableConfigurationProperties(VitalsHealthProperties.class)
public final class VitalsHealthAutoConfiguration {
    /** Made by Spring. */
    public VitalsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    HealthMonitor vitalsHealthMonitor(
            Map<String, HealthCheck> checks,
            Map<String, LivenessCheck> signs,
            ObjectProvider<HealthListener> listeners,
            ObjectProvider<HealthMonitorCustomizer> customizers,
            VitalsHealthProperties properties,
            ConfigurableApplicationContext context) {
        HealthMonitor.Builder builder = HealthMonitor.builder();
        checks.forEach(builder::readiness);
        signs.forEach(builder::liveness);
        if (properties.liveness().acceptor()) {
            builder.liveness("acceptor", LivenessCheck.acceptor(() -> port(context)));
        }
        listeners.orderedStream().forEach(builder::listener);
        HealthListener terminationLog = properties.terminationLogListener();
        if (terminationLog != null) {
            builder.listener(terminationLog);
        }
        customizers.orderedStream().forEach(customizer -> customizer.customise(builder));
        return builder.start();
    }

    /** The web server's, while it runs: one that was stopped on purpose is no failure. */
    static int port(ConfigurableApplicationContext context) {
        return context.isRunning() ? context.getEnvironment().getProperty("local.server.port", Integer.class, 0) : 0;
    }

    @Bean
    @ConditionalOnMissingBean
    HealthEndpoint vitalsHealthEndpoint(HealthMonitor monitor, VitalsHealthProperties properties) {
        return HealthEndpoint.of(monitor, properties.policy());
    }

    @Bean
    @ConditionalOnMissingBean(name = "vitalsHealthDrain")
    SmartLifecycle vitalsHealthDrain(
            HealthMonitor monitor, VitalsHealthProperties properties, ConfigurableApplicationContext context) {
        return new HealthDrain(monitor, properties.drainAtLeastZero(), context::isClosed);
    }

    /** Serves health next to the application, on its port. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Servlet.class, VitalsServlet.class})
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class OnServlets {
        @Bean
        @ConditionalOnMissingBean(value = VitalsServlet.class, parameterizedContainer = ServletRegistrationBean.class)
        ServletRegistrationBean<VitalsServlet> vitalsServlet(HealthEndpoint endpoint) {
            var registration = new ServletRegistrationBean<>(
                    new VitalsServlet(endpoint), endpoint.paths().toArray(String[]::new));
            registration.setName("vitals");
            registration.setLoadOnStartup(1);
            return registration;
        }
    }
}
