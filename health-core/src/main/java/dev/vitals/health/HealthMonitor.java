package dev.vitals.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs checks on threads of its own and knows at any moment how well the application is. Reading never runs a check
 * and never waits. Safe for use by many threads.
 *
 * <p>The application starts one, hands it to {@link HealthEndpoint}, calls {@link #drain} first in its own shutdown,
 * and closes it last.
 */
public final class HealthMonitor implements AutoCloseable {
    private final Engine engine;

    private HealthMonitor(Engine engine) {
        this.engine = engine;
    }

    /** {@return a builder without a check} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the status of one probe at this moment} No check runs and no lock is taken.
     *
     * @param probe which
     */
    public Status status(Probe probe) {
        return engine.status(probe, engine.snapshot());
    }

    Status status(Probe probe, Snapshot snapshot) {
        return engine.status(probe, snapshot);
    }

    Snapshot snapshot() {
        return engine.snapshot();
    }

    /** {@return all that is known at this moment} No check runs. */
    public HealthReport report() {
        return engine.report();
    }

    /**
     * Takes this instance out of traffic for good: readiness is DOWN from now on. To be called first in an
     * application's shutdown, before it stops to take requests.
     *
     * @param wait how long to wait before returning, so that load balancers notice; several times the period of the
     *     readiness probe
     * @throws InterruptedException if the wait is interrupted; readiness stays DOWN
     */
    public void drain(Duration wait) throws InterruptedException {
        engine.drain();
        Thread.sleep(Math.max(0, wait.toMillis()));
    }

    /**
     * Stops running checks: those under way are interrupted, and what they asked for on expiry is done. What was last
     * known stays readable, and grows stale. Never throws, never waits.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** Collects the checks. Used by one thread. */
    public static final class Builder {
        private final List<CheckDefinition> checks = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final List<LiveSign> livenessChecks = new ArrayList<>();

        private Builder() {}

        /**
         * A sign of life of this process: its failure asks for a restart.
         *
         * @param name unique among all checks
         * @param check the sign
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path
         */
        public Builder liveness(String name, LivenessCheck check) {
            livenessChecks.add(new LiveSign(claim(name), Objects.requireNonNull(check, "check")));
            return this;
        }

        /**
         * Work of the application's own that must be done before it counts as started; a migration, a warm cache.
         * Never a dependency: its outage during a rollout must not become a crash loop. Asked every second until it
         * says yes, and not again.
         *
         * @param name unique among all checks
         * @param done says whether it is done
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path
         */
        public Builder startup(String name, BooleanSupplier done) {
            Objects.requireNonNull(done, "done");
            return add(
                    name,
                    EnumSet.of(Probe.HEALTH, Probe.STARTUP),
                    deadline -> done.getAsBoolean() ? HealthResult.up() : HealthResult.down("not done yet"),
                    options -> options.every(Duration.ofSeconds(1)));
        }

        /**
         * A check for readiness: DOWN takes this instance out of traffic.
         *
         * @param name unique among all checks
         * @param check the check
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path
         */
        public Builder readiness(String name, HealthCheck check) {
            return readiness(name, check, options -> {});
        }

        /**
         * A check for readiness: DOWN takes this instance out of traffic, unless the check is optional.
         *
         * @param name unique among all checks
         * @param check the check
         * @param options sets how it is run
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path, or an option makes no sense
         */
        public Builder readiness(String name, HealthCheck check, Consumer<CheckOptions> options) {
            return add(name, EnumSet.of(Probe.HEALTH, Probe.READINESS), check, options);
        }

        /**
         * A check that shows in {@code /health} alone.
         *
         * @param name unique among all checks
         * @param check the check
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path
         */
        public Builder observe(String name, HealthCheck check) {
            return observe(name, check, options -> {});
        }

        /**
         * A check that shows in {@code /health} alone.
         *
         * @param name unique among all checks
         * @param check the check
         * @param options sets how it is run
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path, or an option makes no sense
         */
        public Builder observe(String name, HealthCheck check, Consumer<CheckOptions> options) {
            return add(name, EnumSet.of(Probe.HEALTH), check, options);
        }

        /** {@return the running monitor; every check runs for the first time at once} */
        public HealthMonitor start() {
            var engine = new Engine(List.copyOf(checks), List.copyOf(livenessChecks), Time.SYSTEM);
            engine.start();
            return new HealthMonitor(engine);
        }

        private Builder add(String name, Set<Probe> probes, HealthCheck check, Consumer<CheckOptions> customise) {
            Objects.requireNonNull(check, "check");
            var options = new CheckOptions();
            customise.accept(options);
            checks.add(CheckDefinition.of(claim(name), check, probes, options));
            return this;
        }

        private String claim(String name) {
            CheckDefinition.requireName(name);
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "there is a check named \"" + name + "\" already: give this one another name");
            }
            return name;
        }
    }
}
