package dev.vitals.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.health.DefaultHealthFactory;
import io.dropwizard.health.HealthCheckConfiguration;
import io.dropwizard.health.HealthEnvironment;
import io.dropwizard.health.response.HealthResponderFactory;
import io.dropwizard.health.response.HealthResponse;
import io.dropwizard.health.response.HealthResponseProvider;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * dropwizard-health as its own factory configures it, from the object that its servlet calls to the bytes of the text
 * that it answers: {@code /health-check?type=ready}, which names no check, and the same with {@code name=all}.
 */
final class Dropwizard implements Contender {
    private static final Map<String, Collection<String>> READY = Map.of("type", List.of("ready"));
    private static final Map<String, Collection<String>> READY_ALL =
            Map.of("type", List.of("ready"), "name", List.of("all"));

    /** In place of the servlet: it takes what the servlet would call. */
    private static final class Taken implements HealthResponderFactory {
        @Nullable
        HealthResponseProvider provider;

        @Override
        public void configure(
                String name,
                Collection<String> paths,
                HealthResponseProvider given,
                HealthEnvironment health,
                @Nullable JerseyEnvironment jersey,
                @Nullable ServletEnvironment servlets,
                ObjectMapper mapper) {
            provider = given;
        }
    }

    private final LifecycleEnvironment lifecycle = new LifecycleEnvironment(new MetricRegistry());
    private final HealthResponseProvider provider;

    Dropwizard(int checks) throws Exception {
        var taken = new Taken();
        var factory = new DefaultHealthFactory();
        factory.setDelayedShutdownHandlerEnabled(false);
        factory.setShutdownWaitPeriod(Duration.milliseconds(1));
        factory.setHealthResponderFactory(taken);
        var configurations = new ArrayList<HealthCheckConfiguration>();
        for (int i = 0; i < checks; i++) {
            var configuration = new HealthCheckConfiguration();
            configuration.setName("check-" + i);
            configuration.setCritical(true);
            configurations.add(configuration);
        }
        factory.setHealthCheckConfigurations(configurations);
        var registry = new HealthCheckRegistry();
        factory.configure(
                lifecycle, null, null, new HealthEnvironment(registry), Jackson.newObjectMapper(), "benchmarks");
        for (int i = 0; i < checks; i++) {
            registry.register("check-" + i, new AlwaysUp());
        }
        for (var managed : lifecycle.getManagedObjects()) {
            managed.start();
        }
        provider = Objects.requireNonNull(taken.provider);
    }

    private static final class AlwaysUp extends HealthCheck {
        @Override
        protected Result check() {
            return Result.healthy();
        }
    }

    @Override
    public void bare(Sink sink) {
        write(READY, sink);
    }

    @Override
    public void detailed(Sink sink) {
        write(READY_ALL, sink);
    }

    private void write(Map<String, Collection<String>> query, Sink sink) {
        HealthResponse response = provider.healthResponse(query);
        if (!response.isHealthy()) {
            throw new IllegalStateException("not healthy");
        }
        byte[] bytes = response.getMessage().getBytes(UTF_8);
        sink.write(bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        for (var managed : lifecycle.getManagedObjects()) {
            try {
                managed.stop();
            } catch (Exception failed) {
                throw new IllegalStateException("cannot stop", failed);
            }
        }
    }
}
