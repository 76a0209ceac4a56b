package dev.vitals.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Probe;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one run of a check costs, all of it: timer, hand-over to its thread, the result published. It is the processor
 * time of the whole JVM, divided by the runs in that time: a check does nothing here, and nobody reads. The same number
 * of runs a second, whatever the number of checks.
 */
final class CheckCost {
    private static final int RUNS_A_SECOND = 400;
    private static final int[] CHECKS = {6, 200, 10_000};

    private CheckCost() {}

    /** One line for a number of checks. */
    static void measure(int checks, Duration warmUp, Duration time, PrintStream out) throws InterruptedException {
        var runs = new LongAdder();
        Duration interval = interval(checks);
        var builder = HealthMonitor.builder();
        for (int i = 0; i < checks; i++) {
            builder.readiness(
                    "check-" + i,
                    deadline -> {
                        runs.increment();
                        return HealthResult.up();
                    },
                    options -> options.every(interval));
        }
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (HealthMonitor monitor = builder.start()) {
            TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
            long runsBefore = runs.sum();
            long before = system.getProcessCpuTime();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            long nanos = system.getProcessCpuTime() - before;
            long count = Math.max(1, runs.sum() - runsBefore);
            out.printf(
                    Locale.ROOT,
                    "%,6d checks, %,5d runs in %d s: %6.1f us of processor time a run, %s now%n",
                    checks,
                    count,
                    time.toSeconds(),
                    nanos / 1000.0 / count,
                    monitor.status(Probe.READINESS));
        }
    }

    /** Measures all, for a whole interval at least, after two to warm up. */
    public static void main(String[] arguments) throws InterruptedException {
        for (int checks : CHECKS) {
            Duration interval = interval(checks);
            measure(checks, longer(interval.multipliedBy(2), 10), longer(interval, 15), System.out);
        }
    }

    private static Duration interval(int checks) {
        return Duration.ofNanos(TimeUnit.SECONDS.toNanos(checks) / RUNS_A_SECOND);
    }

    private static Duration longer(Duration time, int seconds) {
        return time.compareTo(Duration.ofSeconds(seconds)) > 0 ? time : Duration.ofSeconds(seconds);
    }
}
