package dev.vitals.integration.peers;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.health.DefaultHealthFactory;
import io.dropwizard.health.DelayedShutdownHandler;
import io.dropwizard.health.HealthCheckConfiguration;
import io.dropwizard.health.HealthEnvironment;
import io.dropwizard.health.HealthStateListener;
import io.dropwizard.health.Schedule;
import io.dropwizard.health.ShutdownNotifier;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.dropwizard.util.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** dropwizard-health on Jetty, put together by its own factory. The check named "optional" is not critical. */
final class Dropwizard implements Peer {
    /** What its listener was told: "name=healthy" or "name=unhealthy". */
    final List<String> told = new CopyOnWriteArrayList<>();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final HealthEnvironment health = new HealthEnvironment(new HealthCheckRegistry());

    private Dropwizard(Map<String, Callable<Boolean>> checks) throws Exception {
        var servlets = new MutableServletContextHandler();
        var lifecycle = new LifecycleEnvironment(new MetricRegistry());
        var factory = new DefaultHealthFactory();
        factory.setShutdownWaitPeriod(Duration.seconds(3));
        factory.setHealthCheckConfigurations(configurations(checks));
        factory.configure(lifecycle, new ServletEnvironment(servlets), null, health, new ObjectMapper(), "peer");
        health.addHealthStateListener(new Listener());
        checks.forEach((name, check) -> health.healthChecks().register(name, of(check)));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(servlets);
        lifecycle.attach(server);
        server.start();
    }

    /** Each check a hundred times a second; thresholds as they come: three failures, two successes. */
    static Dropwizard start(Map<String, Callable<Boolean>> checks) throws Exception {
        return new Dropwizard(checks);
    }

    private static List<HealthCheckConfiguration> configurations(Map<String, Callable<Boolean>> checks) {
        List<HealthCheckConfiguration> configurations = new ArrayList<>();
        for (String name : checks.keySet()) {
            var schedule = new Schedule();
            schedule.setInitialDelay(Duration.milliseconds(0));
            schedule.setCheckInterval(Duration.milliseconds(10));
            schedule.setDowntimeInterval(Duration.milliseconds(10));
            var configuration = new HealthCheckConfiguration();
            configuration.setName(name);
            configuration.setCritical(!name.equals("optional"));
            configuration.setSchedule(schedule);
            configurations.add(configuration);
        }
        return configurations;
    }

    private static HealthCheck of(Callable<Boolean> check) {
        return new HealthCheck() {
            @Override
            protected Result check() throws Exception {
                return check.call() ? Result.healthy() : Result.unhealthy("says no");
            }
        };
    }

    /** What Jetty's shutdown thread does when the process ends; returns after the shutdown wait period. */
    void shutDownDelayed() {
        try {
            var handler = new DelayedShutdownHandler((ShutdownNotifier) health.healthStateAggregator());
            handler.start();
            handler.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public String readiness() {
        return "/health-check";
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private final class Listener implements HealthStateListener {
        @Override
        public void onStateChanged(String name, boolean isNowHealthy) {
            told.add(name + (isNowHealthy ? "=healthy" : "=unhealthy"));
        }

        @Override
        public void onHealthyCheck(String name) {}

        @Override
        public void onUnhealthyCheck(String name) {}
    }
}
