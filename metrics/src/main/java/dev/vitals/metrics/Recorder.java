package dev.vitals.metrics;

import dev.vitals.metrics.WorkTimers.Sink;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one handle records into. Safe for use by many threads; allocates nothing once it has seen an outcome. */
final class Recorder {
    /** Whoever gives more has it wrong, and a few of them would run the sum over. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final long LONGEST_NANOS = LONGEST.toNanos();

    private final WorkTimers timers;
    private final List<String> named;
    private final LongAdder active;
    private final Indicator[] indicators;
    private final Clock clock;
    private final ConcurrentMap<String, Sink> failed = new ConcurrentHashMap<>(4);
    private volatile @Nullable Sink well;

    /**
     * Made with its handle.
     *
     * @param named the name, then a value for each of the other tags
     * @param active how many are under way, of all handles of that name
     */
    Recorder(WorkTimers timers, List<String> named, LongAdder active, List<Indicator> indicators, Clock clock) {
        this.timers = timers;
        this.named = List.copyOf(named);
        this.active = active;
        this.indicators = indicators.toArray(Indicator[]::new);
        this.clock = clock;
    }

    /** Makes the series of what goes well, so that it is there, at zero, before the first time. */
    Recorder atZero() {
        well = timers.sink(named, "");
        return this;
    }

    long begin() {
        active.increment();
        return clock.monotonicTime();
    }

    void end(long startedAt, @Nullable Throwable error) {
        active.decrement();
        record(clock.monotonicTime() - startedAt, error);
    }

    void record(long nanos, @Nullable Throwable error) {
        long bounded = Math.min(LONGEST_NANOS, Math.max(0, nanos));
        for (Indicator indicator : indicators) {
            indicator.record(error != null, bounded);
        }
        try {
            (error == null ? well() : failed(error)).record(bounded);
        } catch (RuntimeException thrown) {
            timers.failed(thrown);
        }
    }

    private Sink well() {
        Sink known = well;
        return known != null ? known : make();
    }

    private Sink make() {
        Sink made = timers.sink(named, "");
        well = made;
        return made;
    }

    private Sink failed(Throwable error) {
        String type = timers.errorType(error);
        Sink known = failed.get(type);
        if (known != null) {
            return known;
        }
        Sink made = timers.sink(named, type);
        failed.put(type, made);
        return made;
    }

    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST_NANOS : duration.isNegative() ? 0 : duration.toNanos();
    }
}
