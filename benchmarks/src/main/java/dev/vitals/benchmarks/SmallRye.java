package dev.vitals.benchmarks;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.health.api.HealthType;
import io.smallrye.health.registry.HealthRegistries;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * SmallRye Health as its servlet and Quarkus call it, without CDI, which spares it the look-up of content filters:
 * {@code /health/ready}. It runs its checks at each probe, and names all of them to anybody.
 */
final class SmallRye implements Contender {
    /** The registry is one for the whole JVM: two of this class at a time would see each other's checks. */
    private final HealthRegistry registry = HealthRegistries.getRegistry(HealthType.READINESS);

    private final SmallRyeHealthReporter reporter = new SmallRyeHealthReporter();
    private final int checks;

    SmallRye(int checks) {
        this.checks = checks;
        for (int i = 0; i < checks; i++) {
            String name = "check-" + i;
            registry.register(name, () -> HealthCheckResponse.up(name));
        }
    }

    @Override
    public void bare(Sink sink) {
        SmallRyeHealth health = reporter.getReadiness();
        if (health.isDown()) {
            throw new IllegalStateException("down");
        }
        reporter.reportHealth(sink, health);
    }

    @Override
    public void detailed(Sink sink) {
        bare(sink);
    }

    @Override
    public void close() {
        for (int i = 0; i < checks; i++) {
            registry.remove("check-" + i);
        }
    }
}
