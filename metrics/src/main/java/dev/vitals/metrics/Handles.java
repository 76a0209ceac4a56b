package dev.vitals.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * A handle for each combination of tag values, a bounded number of them: each tag is bounded by itself, but together
 * they multiply. A combination that comes after the bound has {@code _OTHER} for every tag, and is counted. Safe for use by
 * many threads; what is known is found without a lock.
 */
final class Handles<H> {
    static final int MOST = 1_000;

    private final int fixed;
    private final int most;
    private final Function<List<String>, H> make;
    private final List<Counter> folded;
    private final ConcurrentMap<List<String>, H> made = new ConcurrentHashMap<>();
    private final Set<List<String>> admitted = new HashSet<>();
    private final FoldLog folds;

    /**
     * Handles of one meter.
     *
     * @param keys its tag keys
     * @param fixed how many of the first keep their values: they are bounded well enough by themselves
     * @param most how many there can be
     * @param make makes a handle; may be called twice for the same values, by two threads at once
     */
    Handles(
            MeterRegistry registry,
            String meter,
            List<String> keys,
            int fixed,
            int most,
            Function<List<String>, H> make) {
        folds = new FoldLog(meter, most);
        this.fixed = fixed;
        this.most = most;
        this.make = make;
        this.folded = keys.stream()
                .map(key -> BoundedLabel.folded(registry, meter, key))
                .toList();
    }

    /** The handle for values, one for each key, each within the bound of its label. */
    H of(List<String> values) {
        H known = made.get(values);
        if (known != null) {
            return known;
        }
        if (admit(values)) {
            return make(values);
        }
        List<String> others = folded(values, fixed);
        if (!others.equals(values)) {
            count(values);
        }
        return make(others);
    }

    private H make(List<String> values) {
        H known = made.get(values);
        if (known != null) {
            return known;
        }
        H fresh = make.apply(values);
        H earlier = made.putIfAbsent(values, fresh);
        return earlier == null ? fresh : earlier;
    }

    private boolean admit(List<String> values) {
        synchronized (admitted) {
            return admitted.contains(values) || (admitted.size() < most && admitted.add(values));
        }
    }

    /** All tags together, those without a value too: else each subset of the keys would make a combination more. */
    static List<String> folded(List<String> values, int fixed) {
        var others = new ArrayList<>(values);
        List<String> tags = others.subList(fixed, others.size());
        if (!tags.stream().allMatch(String::isEmpty)) {
            tags.replaceAll(value -> BoundedLabel.OTHER);
        }
        return List.copyOf(others);
    }

    private void count(List<String> values) {
        for (int i = fixed; i < values.size(); i++) {
            if (!values.get(i).isEmpty() && !values.get(i).equals(BoundedLabel.OTHER)) {
                folded.get(i).increment();
            }
        }
        folds.sayOnce();
    }
}
