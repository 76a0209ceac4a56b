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
     * {@return the last results of one check, oldest first} Empty for a sign of life, which has none, and for a name
     * that no check has.
     *
     * @param check the check's name
     */
    public List<HealthReport.Point> history(String check) {
        return engine.history(check);
    }

    /**
     * Takes this instance out of traffic for a while: readiness is DOWN until {@link #endMaintenance}. The other probes
     * stay as they are.
     *
     * @param reason why, in a few words for the authorised; scrubbed before it is shown
     */
    public void maintenance(String reason) {
        engine.maintenance(Objects.requireNonNull(reason, "reason"));
    }

    /** Ends what {@link #maintenance} began: readiness is again what its checks say. A drained instance stays DOWN. */
    public void endMaintenance() {
        engine.maintenance(null);
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
        private static final int MOST_HISTORY = 10_000;

        private final List<CheckDefinition> checks = new ArrayList<>();
        private final List<LiveSign> signs = new ArrayList<>();
        private final List<HealthListener> listeners = new ArrayList<>(List.of(new TransitionLog()));
        private final Set<String> names = new HashSet<>();
        private final CheckOptions defaults = new CheckOptions();
        private int history = 120;

        private Builder() {}

        /**
         * Sets how checks are run that do not say otherwise themselves. Comes before the first of them.
         *
         * @param options sets the defaults
         * @return this
         * @throws IllegalArgumentException if an option makes no sense
         * @throws IllegalStateException if there is a check already
         */
        public Builder defaults(Consumer<CheckOptions> options) {
            if (!names.isEmpty()) {
                throw new IllegalStateException("there are checks already: say defaults(…) before the first of them");
            }
            options.accept(defaults);
            return this;
        }

        /**
         * A sign of life of this process: its failure asks for a restart.
         *
         * @param name unique among all checks
         * @param check the sign
         * @return this
         * @throws IllegalArgumentException if the name is taken or not fit for a path
         */
        public Builder liveness(String name, LivenessCheck check) {
            signs.add(new LiveSign(claim(name), Objects.requireNonNull(check, "check")));
            if (check instanceof Scan scan) {
                checks.add(scan.upkeep(name));
            }
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
            HealthCheck check = deadline -> done.getAsBoolean() ? HealthResult.up() : HealthResult.down("not done yet");
            var options = new CheckOptions().every(Duration.ofSeconds(1));
            checks.add(CheckDefinition.of(claim(name), check, EnumSet.of(Probe.HEALTH, Probe.STARTUP), options));
            return this;
        }

        /**
         * A check for readiness: DOWN takes this instance out of traffic, unless it is {@link HealthCheck#advisory}.
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
         * A check for readiness: DOWN takes this instance out of traffic, unless it is {@link HealthCheck#advisory} or
         * the options say otherwise.
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

        /**
         * Tells a listener what the checks find. Changes are logged whether there is one or not.
         *
         * @param listener one more
         * @return this
         */
        public Builder listener(HealthListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * How many results of each check are kept, and how many changes of all of them.
         *
         * @param results 0 to 10,000; 120 by default, twenty minutes of a check that runs every ten seconds, at 16
         *     bytes each
         * @return this
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder history(int results) {
            if (results < 0 || results > MOST_HISTORY) {
                throw new IllegalArgumentException("history(" + results + ") is a number from 0 to " + MOST_HISTORY);
            }
            history = results;
            return this;
        }

        /**
         * {@return the running monitor; every check runs for the first time at once, or after its initial delay}
         *
         * @throws IllegalArgumentException if a check depends on one that there is not, or on itself
         */
        public HealthMonitor start() {
            return start(Ground.real());
        }

        HealthMonitor start(Ground ground) {
            var engine = new Engine(List.copyOf(checks), List.copyOf(signs), List.copyOf(listeners), history, ground);
            engine.start();
            return new HealthMonitor(engine);
        }

        private Builder add(String name, Set<Probe> probes, HealthCheck check, Consumer<CheckOptions> customise) {
            Objects.requireNonNull(check, "check");
            var options = new CheckOptions(defaults);
            customise.accept(options);
            checks.add(CheckDefinition.of(claim(name), check, probes, options));
            if (options.wholeFleetAffected != null) {
                checks.add(fleet(name, options.wholeFleetAffected, options));
            }
            return this;
        }

        /** Asks whether the whole fleet is affected, when the check turns DOWN and as often as it runs while it is. */
        private static CheckDefinition fleet(String name, BooleanSupplier affected, CheckOptions of) {
            var options = new CheckOptions()
                    .every(of.everyWhileDown())
                    .everyWhileDown(of.everyWhileDown())
                    .timeout(of.timeout);
            return CheckDefinition.upkeep(
                    name + "-fleet",
                    deadline -> affected.getAsBoolean() ? HealthResult.up() : HealthResult.down("not the whole fleet"),
                    options,
                    name);
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
