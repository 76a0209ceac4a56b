package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A counter of the application's own, with bounded tags: see {@link Operations#counter}. Keep it in a field, and one for
 * each value that is known beforehand:
 *
 * <pre>{@code
 * BusinessCounter cache = operations.counter("quotes.cache", "Quotes by what the cache did", "result");
 * BusinessCounter hits = cache.with("hit");                            // there at zero
 * hits.increment();
 * cache.increment(method.name());                                      // a value that only shows then
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class BusinessCounter {
    private static final System.Logger LOG = System.getLogger(BusinessCounter.class.getName());
    private static final int MOST_VALUES = 100;

    private final Family family;
    /** Null for the one without values of a counter with tags: its series is made only if it is used. */
    private final @Nullable Counter counter;

    private BusinessCounter(Family family, @Nullable Counter counter) {
        this.family = family;
        this.counter = counter;
    }

    static BusinessCounter of(MeterRegistry registry, String name, String description, List<String> keys) {
        var family = new Family(registry, name, description, keys);
        return keys.isEmpty() ? family.of() : new BusinessCounter(family, null);
    }

    /** All counters of one name. */
    private static final class Family {
        private final MeterRegistry registry;
        private final String name;
        private final String description;
        private final List<String> keys;
        private final List<BoundedLabel> labels;
        private final List<Counter> folded;
        private final Handles<BusinessCounter> handles;
        private final OneComplaint complaint;
        private final AtomicBoolean loggedMisfit = new AtomicBoolean();

        Family(MeterRegistry registry, String name, String description, List<String> keys) {
            this.registry = registry;
            this.name = name;
            this.description = description;
            this.keys = keys;
            labels = keys.stream()
                    .map(key -> new BoundedLabel(registry, Scrubber.standard(), name, key, MOST_VALUES))
                    .toList();
            folded = keys.stream()
                    .map(key -> BoundedLabel.folded(registry, name, key))
                    .toList();
            complaint = new OneComplaint(name);
            handles = new Handles<>(registry, name, keys, 0, Handles.MOST, this::make);
        }

        BusinessCounter of(String... values) {
            if (values.length != keys.size()) {
                throw new IllegalArgumentException("the counter \"" + name + "\" wants a value for each of its tags "
                        + keys + ", not " + values.length + " values");
            }
            var bounded = new ArrayList<String>(values.length);
            for (int i = 0; i < values.length; i++) {
                bounded.add(bounded(i, values[i]));
            }
            return handles.of(bounded);
        }

        /** As many values as keys: the missing are others, and what is too much is left out. */
        BusinessCounter fitting(List<String> values) {
            if (values.size() != keys.size()) {
                complain(values.size());
            }
            var bounded = new ArrayList<String>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                if (i < values.size()) {
                    bounded.add(bounded(i, values.get(i)));
                } else {
                    bounded.add(BoundedLabel.OTHER);
                    folded.get(i).increment();
                }
            }
            if (values.size() > keys.size() && !keys.isEmpty()) {
                folded.get(keys.size() - 1).increment();
            }
            return handles.of(bounded);
        }

        private String bounded(int place, String value) {
            return value == null || value.isEmpty() ? "" : labels.get(place).of(value);
        }

        private void complain(int given) {
            if (loggedMisfit.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "{0}: increment(...) was given {1} values for the tags {2}: one that is missing becomes {3}, one too many is left out, and both are counted in {4}; this is logged once",
                        name,
                        given,
                        keys,
                        BoundedLabel.OTHER,
                        SelfDefinitions.LABELS_FOLDED.meter());
            }
        }

        BusinessCounter withoutValues() {
            return handles.of(Collections.nCopies(keys.size(), ""));
        }

        private BusinessCounter make(List<String> values) {
            var tags = new ArrayList<Tag>();
            for (int i = 0; i < values.size(); i++) {
                tags.add(Tag.of(keys.get(i), values.get(i)));
            }
            return new BusinessCounter(
                    this,
                    Counter.builder(name).description(description).tags(tags).register(registry));
        }
    }

    /**
     * {@return this counter for some values of its tags}
     *
     * <p>Values may come from outside: they are scrubbed, and 100 of each tag are told apart; the ones after them are
     * {@code _OTHER}, and counted.
     *
     * @param values one for each key, in their order; an empty one is none
     * @throws IllegalArgumentException if there are more values or fewer than keys: make it once, and hold it
     */
    public BusinessCounter with(String... values) {
        return family.of(values);
    }

    /** Counts one. */
    public void increment() {
        add(1);
    }

    /**
     * Counts some.
     *
     * @param amount how many; a negative number counts as none
     */
    public void add(long amount) {
        if (amount <= 0) {
            return;
        }
        Counter own = counter;
        if (own != null) {
            own.increment((double) amount);
            return;
        }
        try {
            family.withoutValues().add(amount);
        } catch (RuntimeException thrown) {
            family.complaint.about(thrown);
        }
    }

    /**
     * Counts one for some values of its tags. It never throws: values that are missing are {@code _OTHER}, those that are
     * too many are left out, and both are counted in {@code vitals.labels.folded} and logged once.
     *
     * @param first the first key's value
     * @param others the values of the others, in their order
     */
    public void increment(String first, String... others) {
        try {
            var values = new ArrayList<>(Arrays.asList(others));
            values.add(0, first);
            family.fitting(values).increment();
        } catch (RuntimeException thrown) {
            family.complaint.about(thrown);
        }
    }
}
