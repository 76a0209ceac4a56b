package dev.vitals.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.http.servlet.VitalsServlet;
import jakarta.servlet.http.HttpServlet;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yaml.snakeyaml.Yaml;

class VitalsHealthAutoConfigurationTest {
    private static final AutoConfigurations OURS = AutoConfigurations.of(VitalsHealthAutoConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(OURS);
    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(OURS);

    @Test
    void aServletApplicationGetsAllOfIt() {
        web.run(context -> {
            assertThat(context).hasSingleBean(HealthMonitor.class).hasSingleBean(HealthEndpoint.class);
            assertThat(context).hasBean("vitalsHealthDrain");
            ServletRegistrationBean<?> registration = context.getBean(ServletRegistrationBean.class);
            assertThat(registration.getServlet()).isInstanceOf(VitalsServlet.class);
            assertThat(registration.getUrlMappings()).containsExactly("/health/*");
            assertThat(registration.isAsyncSupported()).isTrue();
        });
    }

    @Test
    void anApplicationWithoutServletsGetsHealthAlone() {
        plain.withClassLoader(new FilteredClassLoader("jakarta.servlet")).run(context -> {
            assertThat(context).hasSingleBean(HealthMonitor.class).hasSingleBean(HealthEndpoint.class);
            assertThat(context).doesNotHaveBean(ServletRegistrationBean.class);
        });
    }

    @Test
    void noBeanTakesANameOfActuator() {
        web.run(context -> assertThat(context.getBeanFactory().getBeanNamesForType(Object.class))
                .filteredOn(name -> context.getBeanFactory().containsBeanDefinition(name))
                .filteredOn(name -> String.valueOf(
                                context.getBeanFactory().getBeanDefinition(name).getFactoryBeanName())
                        .startsWith("dev.vitals"))
                .hasSize(4)
                .allMatch(name -> name.startsWith("vitals")));
    }

    @Test
    void beansThatAreChecksCountUnderTheirNames() {
        plain.withUserConfiguration(Checks.class).run(context -> {
            HealthReport report = context.getBean(HealthMonitor.class).report();
            assertThat(report.checks())
                    .extracting(HealthReport.Check::name, HealthReport.Check::critical, HealthReport.Check::probes)
                    .containsExactlyInAnyOrder(
                            row("database", true, Probe.READINESS),
                            row("worker", true, Probe.LIVENESS),
                            row("cache", false, Probe.READINESS));
        });
    }

    private static Tuple row(String name, boolean critical, Probe probe) {
        return Tuple.tuple(name, critical, Set.of(Probe.HEALTH, probe));
    }

    @Test
    void everyBeanGivesWayToTheApplicationsOwn() {
        web.withUserConfiguration(Own.class).run(context -> {
            Own own = context.getBean(Own.class);
            assertThat(context.getBean(HealthMonitor.class)).isSameAs(own.monitor);
            assertThat(context.getBean(HealthEndpoint.class)).isSameAs(own.endpoint);
            assertThat(context.getBeansOfType(ServletRegistrationBean.class)).containsOnlyKeys("mine");
            assertThat(context.getBean("vitalsHealthDrain")).isSameAs(own.drain);
        });
    }

    @Test
    void anotherServletOfTheApplicationsIsNoneOfOurs() {
        web.withBean("other", ServletRegistrationBean.class, () -> new ServletRegistrationBean<>(new Other(), "/other"))
                .run(context -> assertThat(context.getBeansOfType(ServletRegistrationBean.class))
                        .containsOnlyKeys("other", "vitalsServlet"));
    }

    @Test
    void aContextThatClosesDrains() {
        var monitor = HealthMonitor.builder().start();
        plain.withBean(HealthMonitor.class, () -> monitor).run(context -> {
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
            context.close();
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
            assertThat(monitor.report().lifecycle()).isEqualTo(HealthReport.Lifecycle.DRAINING);
        });
    }

    @Test
    void aContextThatIsOnlyStoppedMayStartAgain() {
        plain.run(context -> {
            ConfigurableApplicationContext stoppable = context.getSourceApplicationContext();
            stoppable.stop();
            stoppable.start();
            assertThat(context.getBean(HealthMonitor.class).status(Probe.READINESS))
                    .isEqualTo(Status.UP);
        });
    }

    @Test
    void theDrainComesFirst() {
        plain.run(context -> assertThat(context.getBean("vitalsHealthDrain", SmartLifecycle.class)
                        .getPhase())
                .isEqualTo(Integer.MAX_VALUE));
    }

    @Test
    void aHurriedShutdownIsNotHeldUp() throws InterruptedException {
        try (var monitor = HealthMonitor.builder().start()) {
            var drain = new HealthDrain(monitor, Duration.ofHours(1), () -> true);
            var shutdown = new Thread(drain::stop);
            shutdown.start();
            shutdown.interrupt();
            shutdown.join(10_000);
            assertThat(shutdown.isAlive()).isFalse();
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void theMetadataNamesEveryProperty() throws Exception {
        try (InputStream in =
                VitalsHealthProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            // JSON is YAML, and the parser is there.
            Map<String, Object> metadata = new Yaml().load(in);
            assertThat((List<?>) metadata.get("properties"))
                    .extracting(
                            property -> ((Map<?, ?>) property).get("name") + " " + ((Map<?, ?>) property).get("type"))
                    .containsExactlyElementsOf(
                            described(ConfigurationPropertyName.of("vitals.health"), VitalsHealthProperties.class)
                                    .toList());
        }
    }

    private static Stream<String> described(ConfigurationPropertyName prefix, Class<?> properties) {
        return Arrays.stream(properties.getRecordComponents()).flatMap(component -> {
            var name = prefix.append(
                    component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            Class<?> type = component.getType();
            return type.isRecord() ? described(name, type) : Stream.of(name + " " + type.getName());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Checks {
        @Bean
        HealthCheck database() {
            return deadline -> HealthResult.up();
        }

        @Bean
        Heartbeat worker() {
            return Heartbeat.within(Duration.ofMinutes(1));
        }

        @Bean
        HealthMonitorCustomizer cache() {
            return health -> health.readiness("cache", deadline -> HealthResult.up(), check -> check.optional());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        final HealthMonitor monitor = HealthMonitor.builder().start();
        final HealthEndpoint endpoint = HealthEndpoint.of(monitor, DetailsPolicy.open());
        final SmartLifecycle drain = new HealthDrain(monitor, Duration.ZERO, () -> true);

        @Bean
        HealthMonitor myMonitor() {
            return monitor;
        }

        @Bean
        HealthEndpoint myEndpoint() {
            return endpoint;
        }

        @Bean
        ServletRegistrationBean<VitalsServlet> mine() {
            return new ServletRegistrationBean<>(new VitalsServlet(endpoint), "/mine/*");
        }

        @Bean
        SmartLifecycle vitalsHealthDrain() {
            return drain;
        }
    }

    private static final class Other extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }
}
