package dev.vitals.metrics;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.vitals.health.HealthReport;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The health report, read anew at most every 250 ms: the gauges of one scrape share it. Never waits. */
final class RecentReport {
    private static final long AT_MOST_EVERY_NANOS = 250_000_000L;

    private record Read(HealthReport report, Map<String, HealthReport.Check> checks, long nanos) {}

    private final Supplier<HealthReport> reports;
    private final Consumer<HealthReport> onRead;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Read last;

    RecentReport(Supplier<HealthReport> reports, Consumer<HealthReport> onRead, LongSupplier nanoTime) {
        this.reports = reports;
        this.onRead = onRead;
        this.nanoTime = nanoTime;
        this.last = read();
        onRead.accept(last.report());
    }

    HealthReport get() {
        return fresh().report();
    }

    HealthReport.Check check(String name) {
        return Objects.requireNonNull(fresh().checks().get(name), name);
    }

    private Read fresh() {
        Read known = last;
        if (nanoTime.getAsLong() - known.nanos() < AT_MOST_EVERY_NANOS || !reading.tryLock()) {
            return known;
        }
        try {
            Read next = read();
            last = next;
            onRead.accept(next.report());
            return next;
        } finally {
            reading.unlock();
        }
    }

    private Read read() {
        HealthReport report = reports.get();
        return new Read(
                report,
                report.checks().stream().collect(toUnmodifiableMap(HealthReport.Check::name, check -> check)),
                nanoTime.getAsLong());
    }
}
