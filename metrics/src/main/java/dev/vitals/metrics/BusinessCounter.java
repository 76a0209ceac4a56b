package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
        private final Handles<BusinessCounter> handles;

        Family(MeterRegistry registry, String name, String description, List<String> keys) {
            this.registry = registry;
            this.name = name;
            this.description = description;
            this.keys = keys;
            labels = keys.stream()
                    .map(key -> new BoundedLabel(registry, Scrubber.standard(), name, key, MOST_VALUES))
                    .toList();
            handles = new Handles<>(registry, name, keys, 0, this::make);
        }

        BusinessCounter of(String... values) {
            if (values.length != keys.size()) {
                throw new IllegalArgumentException("the counter \"" + name + "\" wants a value for each of its tags "
                        + keys + ", not " + values.length + " values");
            }
            var bounded = new ArrayList<String>(values.length);
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                bounded.add(
                        value == null || value.isEmpty() ? "" : labels.get(i).of(value));
            }
            return handles.of(bounded);
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
     * @throws IllegalArgumentException if there are more values or fewer than keys
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
        Counter own = counter;
        if (own == null) {
            family.withoutValues().add(amount);
        } else if (amount > 0) {
            own.increment((double) amount);
        }
    }

    /**
     * Counts one for some values of its tags, as {@link #with} and {@link #increment()} do.
     *
     * @param first the first key's value
     * @param others the values of the others, in their order
     * @throws IllegalArgumentException if there are more values or fewer than keys
     */
    public void increment(String first, String... others) {
        var values = new ArrayList<>(Arrays.asList(others));
        values.add(0, first);
        with(values.toArray(String[]::new)).increment();
    }
}
