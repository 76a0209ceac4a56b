package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one histogram of work, a bounded number of them. One that comes after the bound loses its tags and its
 * error's type, never its name, and never whether there was an error. Safe for use by many threads.
 */
final class WorkTimers {
    private static final String NONE = "";
    private static final int DEEPEST_WRAPPING = 8;

    /** A timer, and what is to be counted each time because something was folded into it. */
    static final class Sink {
        private final Timer timer;
        private final Counter[] folded;

        Sink(Timer timer, Counter... folded) {
            this.timer = timer;
            this.folded = folded;
        }

        void record(long nanos) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
            for (Counter counter : folded) {
                counter.increment();
            }
        }
    }

    private final MeterRegistry registry;
    private final Definition definition;
    private final List<String> keys;
    private final Duration[] buckets;
    private final BoundedLabel errorTypes;
    private final List<Counter> folded;
    private final Set<List<String>> admitted = new HashSet<>();
    private final FoldLog folds;
    private final OneComplaint complaint;

    /**
     * Timers of one histogram.
     *
     * @param definition its first tag is the name of the work, its second the type of the error
     * @param more the keys of its other tags
     */
    WorkTimers(MeterRegistry registry, Definition definition, List<String> more, Collection<Duration> buckets) {
        this.registry = registry;
        this.definition = definition;
        folds = new FoldLog(definition.meter(), Handles.MOST);
        complaint = new OneComplaint(definition.meter());
        this.keys = new ArrayList<>(more);
        keys.add(0, definition.tags().get(0).name());
        keys.add(WorkDefinitions.ERROR_TYPE.name());
        this.buckets = buckets.toArray(Duration[]::new);
        this.errorTypes = label(WorkDefinitions.ERROR_TYPE.name(), WorkDefinitions.MOST_ERROR_TYPES);
        this.folded = keys.stream()
                .map(key -> BoundedLabel.folded(registry, definition.meter(), key))
                .toList();
    }

    /** One of the labels of this histogram. */
    BoundedLabel label(String key, int most) {
        return new BoundedLabel(registry, Scrubber.standard(), definition.meter(), key, most);
    }

    static void requireNone(MeterRegistry registry, Definition definition, String shared) {
        boolean there = registry.find(SelfDefinitions.LABELS_FOLDED.meter())
                        .tag("meter", definition.meter())
                        .meter()
                != null;
        if (there) {
            throw new IllegalArgumentException("this registry has " + definition.meter() + " already: share one "
                    + shared + " in the whole application");
        }
    }

    /** The label's value for what was thrown; empty for nothing. */
    String errorType(@Nullable Throwable error) {
        return error == null ? NONE : errorTypes.of(unwrapped(error).getClass().getName());
    }

    /** What futures wrap around the error, one around the other, says nothing of it. */
    private static Throwable unwrapped(Throwable error) {
        Throwable inner = error;
        for (int depth = 0; depth < DEEPEST_WRAPPING; depth++) {
            boolean wraps = inner instanceof CompletionException || inner instanceof ExecutionException;
            Throwable cause = wraps ? inner.getCause() : null;
            if (cause == null) {
                break;
            }
            inner = cause;
        }
        return inner;
    }

    /**
     * Where to record; to be kept by who asks.
     *
     * @param named the name, then a value for each of the other tags
     */
    Sink sink(List<String> named, String errorType) {
        List<String> values = with(named, errorType);
        if (admit(values)) {
            return new Sink(register(values));
        }
        List<String> others = with(Handles.folded(named, 1), errorType.isEmpty() ? errorType : BoundedLabel.OTHER);
        var lost = new ArrayList<Counter>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).equals(others.get(i)) && !values.get(i).isEmpty()) {
                lost.add(folded.get(i));
            }
        }
        if (!lost.isEmpty()) {
            folds.sayOnce();
        }
        return new Sink(register(others), lost.toArray(Counter[]::new));
    }

    private boolean admit(List<String> values) {
        synchronized (admitted) {
            return admitted.contains(values) || (admitted.size() < Handles.MOST && admitted.add(values));
        }
    }

    private static List<String> with(List<String> named, String errorType) {
        var values = new ArrayList<>(named);
        values.add(errorType);
        return values;
    }

    private Timer register(List<String> values) {
        var tags = new ArrayList<Tag>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(keys.get(i), values.get(i)));
        }
        return Timer.builder(definition.meter())
                .description(definition.description())
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** A registry that refuses a meter must not make the application's work fail. */
    void failed(RuntimeException thrown) {
        complaint.about(thrown);
    }
}
