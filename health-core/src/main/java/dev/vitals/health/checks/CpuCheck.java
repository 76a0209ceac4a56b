package dev.vitals.health.checks;

import com.sun.management.OperatingSystemMXBean;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Whether the processors are busy, not for a blink but run after run: DEGRADED when they were above 90 % in 3 runs in a
 * row; never DOWN unless {@link #downFrom} says so, since what is busy works. Advisory. Safe for use by many threads; the runs
 * in a row are those of this object, so register it once.
 *
 * <pre>{@code
 * .readiness("cpu", CpuCheck.process(), check -> check.every(Duration.ofSeconds(30)))
 * }</pre>
 *
 * <p>Measures {@code cpu.used.ratio} (1): 1 is all the processors that this JVM may use. A JVM that does not tell is UP,
 * and says so in a detail.
 *
 * @see OperatingSystemMXBean#getProcessCpuTime
 * @see OperatingSystemMXBean#getCpuLoad
 */
public final class CpuCheck implements HealthCheck {
    private final String what;
    private final Supplier<DoubleSupplier> source;
    private final Limits limits;
    private final int runs;
    private final DoubleSupplier load;
    private int degradedRuns;
    private int downRuns;

    CpuCheck(String what, Supplier<DoubleSupplier> source, Limits limits, int runs) {
        this.what = what;
        this.source = source;
        this.limits = limits;
        this.runs = runs;
        this.load = source.get();
    }

    /** {@return a check of what this process keeps busy, on average from one run to the next; it is known from the second run on} */
    public static CpuCheck process() {
        return make("this process", () -> {
            OperatingSystemMXBean system = bean();
            return new ProcessLoad(system::getProcessCpuTime, System::nanoTime, () -> Runtime.getRuntime()
                    .availableProcessors());
        });
    }

    /** {@return a check of what all processes of this machine, or of this container, keep busy} */
    public static CpuCheck system() {
        return make("the machine", () -> bean()::getCpuLoad);
    }

    private static CpuCheck make(String what, Supplier<DoubleSupplier> source) {
        return new CpuCheck(what, source, new Limits(0.9, Double.POSITIVE_INFINITY), 3);
    }

    private static OperatingSystemMXBean bean() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    /**
     * {@return this check, DEGRADED from another share on}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or above that of DOWN
     */
    public CpuCheck degradedFrom(double share) {
        return new CpuCheck(what, source, new Limits(Options.share(share, "degradedFrom"), limits.down()), runs);
    }

    /**
     * {@return this check, DOWN from a share on}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or below that of DEGRADED
     */
    public CpuCheck downFrom(double share) {
        return new CpuCheck(what, source, new Limits(limits.degraded(), Options.share(share, "downFrom")), runs);
    }

    /**
     * {@return this check, to speak up after another number of runs in a row}
     *
     * @param count at least 1
     * @throws IllegalArgumentException if the count is below 1
     */
    public CpuCheck heldFor(int count) {
        return new CpuCheck(what, source, limits, (int) Options.atLeast(1, count, "heldFor"));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public synchronized HealthResult check(Deadline deadline) {
        double share = load.getAsDouble();
        if (!(share >= 0)) {
            degradedRuns = 0;
            downRuns = 0;
            return withMachine(HealthResult.up().withDetail("load", "not known yet"));
        }
        degradedRuns = share >= limits.degraded() ? Math.min(degradedRuns + 1, runs) : 0;
        downRuns = share >= limits.down() ? Math.min(downRuns + 1, runs) : 0;
        HealthResult result = HealthResult.up();
        if (degradedRuns == runs) {
            String reason = "CPU at " + Text.percent(share) + " by " + what
                    + (runs == 1 ? "" : ", high in " + runs + " runs in a row");
            result = downRuns == runs ? HealthResult.down(reason) : HealthResult.degraded(reason);
        }
        return withMachine(result.withMeasurement("cpu.used.ratio", "1", share));
    }

    private static HealthResult withMachine(HealthResult result) {
        HealthResult more = result.withDetail("processors", Runtime.getRuntime().availableProcessors());
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return average < 0 ? more : more.withDetail("loadAverage", average);
    }
}
