package dev.vitals.health.checks;

import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The share of its processors that a process has kept busy since it was asked last; NaN where that is not known. Asked by
 * one thread at a time. Computed here from the processor time, since the JDK's own figures differ between its versions in
 * whether they know of a container.
 */
final class ProcessLoad implements DoubleSupplier {
    private final LongSupplier cpuNanos;
    private final LongSupplier nanoTime;
    private final IntSupplier processors;
    private long lastCpu = -1;
    private long lastNanos;

    ProcessLoad(LongSupplier cpuNanos, LongSupplier nanoTime, IntSupplier processors) {
        this.cpuNanos = cpuNanos;
        this.nanoTime = nanoTime;
        this.processors = processors;
    }

    @Override
    public double getAsDouble() {
        long cpu = cpuNanos.getAsLong();
        long now = nanoTime.getAsLong();
        double load = Double.NaN;
        if (cpu >= 0 && lastCpu >= 0 && now - lastNanos > 0) {
            load = (double) (cpu - lastCpu) / (now - lastNanos) / Math.max(1, processors.getAsInt());
        }
        lastCpu = cpu;
        lastNanos = now;
        return Math.min(load, 1);
    }
}
