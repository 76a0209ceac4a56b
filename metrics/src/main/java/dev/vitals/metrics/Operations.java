package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;

/**
 * The golden signals of any piece of work, and the application's own counters and gauges beside them. One for the whole
 * application; safe for use by many threads.
 *
 * <pre>{@code
 * Operations operations = Operations.of(registry);
 * Operation place = operations.operation("order.place");               // once, into a field
 * Order order = place.call(() -> orders.add(wanted));                  // throws what orders.add throws
 * place.async(() -> client.sendAsync(request, handler));               // counted when it ends
 *
 * BusinessCounter accepted = operations.counter("orders.accepted", "Orders that were taken");
 * accepted.increment();
 * }</pre>
 *
 * <p>Work is in the histogram {@code vitals.operation.duration}, with the labels {@code operation},
 * {@code error.type} (the class of what was thrown; empty where it went well) and the tags that the builder names, and
 * in the gauge {@code vitals.operation.active}. All operations have the same tags, empty where one has none: Prometheus
 * wants one set of labels for a name.
 *
 * <p>Bounds: 100 operations, 50 types of errors, 100 values for a tag unless told otherwise, and 1,000 combinations of
 * them all. What comes after them folds into {@code _OTHER}, counted in {@code vitals.labels.folded}; nothing is lost,
 * and the totals stay right. Beyond the 1,000 there are four more for each operation at the most: with and
 * without tags, with and without an error.
 */
public final class Operations {
    private static final int MOST_THRESHOLDS = 10;
    private static final int MOST_VALUES = 100;

    private final MeterRegistry registry;
    private final List<String> keys;
    private final List<BoundedLabel> labels = new ArrayList<>();
    private final WorkTimers timers;
    private final List<Indicator> indicators;
    private final Handles<Operation> handles;
    private final ConcurrentMap<String, Operation> named = new ConcurrentHashMap<>();
    private final UnderWay active;
    private final BusinessMeters business;

    private Operations(
            MeterRegistry registry, Map<String, Integer> tags, List<Slo> slos, Collection<Duration> buckets) {
        this.registry = registry;
        business = new BusinessMeters(registry);
        timers = new WorkTimers(registry, WorkDefinitions.OPERATION_DURATION, List.copyOf(tags.keySet()), buckets);
        active = new UnderWay(registry, WorkDefinitions.OPERATION_ACTIVE);
        keys = new ArrayList<>(tags.keySet());
        keys.add(0, WorkDefinitions.OPERATION.name());
        labels.add(timers.label(WorkDefinitions.OPERATION.name(), WorkDefinitions.MOST_NAMES));
        tags.forEach((key, most) -> labels.add(timers.label(key, most)));
        // The timers have the bound on series. What with(...) passes on its way to the last tag is a handle that
        // records nothing: it takes no place from those that do.
        int most = Handles.MOST * keys.size();
        handles = new Handles<>(registry, WorkDefinitions.OPERATION_DURATION.meter(), keys, 1, most, this::make);
        indicators = slos.stream().map(slo -> Indicator.register(slo, registry)).toList();
        // What is promised is there from the start, and never folded.
        slos.stream().flatMap(slo -> slo.operations().stream()).sorted().forEach(this::operation);
    }

    /**
     * {@return operations without tags of their own}
     *
     * @param registry where the meters go
     * @throws IllegalArgumentException if the registry has operations already
     */
    public static Operations of(MeterRegistry registry) {
        return builder(registry).build();
    }

    /**
     * {@return a builder for operations with tags or objectives}
     *
     * @param registry where the meters go
     */
    public static Builder builder(MeterRegistry registry) {
        return new Builder(requireNonNull(registry, "registry"));
    }

    /**
     * {@return the operation of a name; beyond the bound one that all others share, {@code _OTHER}}
     *
     * @param name up to 63 lower-case letters, digits, {@code .}, {@code _} and {@code -}
     * @throws IllegalArgumentException if the name is none
     */
    public Operation operation(String name) {
        Operation known = named.get(requireNonNull(name, "name"));
        if (known != null) {
            return known;
        }
        String label = labels.get(0).of(Names.requireName("an operation", name));
        var values = new ArrayList<String>();
        keys.forEach(key -> values.add(values.isEmpty() ? label : ""));
        Operation made = handle(values);
        if (!label.equals(BoundedLabel.OTHER)) {
            named.put(name, made);
        }
        return made;
    }

    /**
     * {@return a counter of the application's own, there at zero; the same for the same name and keys}
     *
     * @param name its name, {@code orders.accepted}, as for {@link #operation}; Prometheus adds {@code _total}. Its last
     *     word is none of those that Prometheus gives a meaning: total, created, info, bucket, count, sum, max
     * @param description what it counts, for people
     * @param tagKeys the keys of its tags, at most five; each has 100 values at the most, all together 1,000
     *     combinations, and what comes after them is {@code _OTHER}, counted in {@code vitals.labels.folded}
     * @throws IllegalArgumentException if the name or a key is none, there is a meter of that name with other keys, one
     *     that was not made here, or one that Prometheus spells the same ({@code a.b} and {@code a_b}), or there are 100
     *     already
     */
    public BusinessCounter counter(String name, String description, String... tagKeys) {
        List<String> wanted = Names.requireKeys(List.of(tagKeys));
        return business.counter(name, requireNonNull(description, "description"), wanted);
    }

    /**
     * Makes a gauge of the application's own, for the registry's lifetime.
     *
     * @param name its name, as for {@link #counter}
     * @param description what it says, for people
     * @param value asked at each scrape, on the scrape's thread: let it read a field, not ask a database. It is held for
     *     good; where it throws, the gauge is NaN
     * @throws IllegalArgumentException if the name is none, there is a meter in the registry that has that name or that
     *     Prometheus spells the same, or there are 100 already
     */
    public void gauge(String name, String description, DoubleSupplier value) {
        requireNonNull(description, "description");
        requireNonNull(value, "value");
        business.gauge(name, description, value);
    }

    /** What counts for an objective that the builder was given. */
    Indicator indicator(Slo slo) {
        return Indicator.find(slo, indicators, "Operations");
    }

    /** Where the tag of a key stands. */
    int place(String key) {
        int place = keys.indexOf(key);
        if (place < 1) {
            throw new IllegalArgumentException("operations have no tag \"" + key + "\", but "
                    + keys.subList(1, keys.size()) + ": name it in Operations.builder(registry).tag(\"" + key + "\")");
        }
        return place;
    }

    String bounded(int place, String value) {
        return value == null || value.isEmpty() ? "" : labels.get(place).of(value);
    }

    Operation handle(List<String> values) {
        return handles.of(values);
    }

    private Operation make(List<String> values) {
        String name = values.get(0);
        List<Indicator> concerned = indicators.stream()
                .filter(indicator -> indicator.slo().coversOperation(name))
                .toList();
        var recorder = new Recorder(
                timers, values, active.of(name), concerned, registry.config().clock());
        // With tags, the one without any of them may never be used.
        return new Operation(this, values, keys.size() == 1 ? recorder.atZero() : recorder);
    }

    /** Says which tags and objectives operations have. Used by one thread. */
    public static final class Builder {
        private final MeterRegistry registry;
        private final Map<String, Integer> tags = new LinkedHashMap<>();
        private final List<Slo> slos = new ArrayList<>();

        private Builder(MeterRegistry registry) {
            this.registry = registry;
        }

        /**
         * Gives all operations a tag with up to 100 values.
         *
         * @param key lower-case letters, digits, {@code .} and {@code _}; at most five keys
         * @return this
         * @throws IllegalArgumentException if the key is none, taken, or one too many
         */
        public Builder tag(String key) {
            return tag(key, MOST_VALUES);
        }

        /**
         * Gives all operations a tag.
         *
         * @param key lower-case letters, digits, {@code .} and {@code _}; at most five keys
         * @param most how many values are told apart, 1 to 1,000
         * @return this
         * @throws IllegalArgumentException if the key is none, taken, or one too many, or the number is out of range
         */
        public Builder tag(String key, int most) {
            var all = new ArrayList<>(tags.keySet());
            all.add(key);
            Names.requireKeys(all);
            if (most < 1 || most > Handles.MOST) {
                throw new IllegalArgumentException(
                        "tag(\"" + key + "\", " + most + ") must have 1 to " + Handles.MOST + " values");
            }
            tags.put(key, most);
            return this;
        }

        /**
         * Measures an objective, and lets the histogram have a bucket at its threshold.
         *
         * @param slo an objective on operations
         * @return this
         * @throws IllegalArgumentException if it is about HTTP requests
         */
        public Builder slo(Slo slo) {
            if (slo.isAboutRequests()) {
                throw new IllegalArgumentException(
                        "the objective \"" + slo.name() + "\" is about HTTP requests: give it"
                                + " to HttpServerMetrics.builder(registry), or say operations(...) which ones it is about");
            }
            slos.add(slo);
            return this;
        }

        /**
         * {@return the operations}
         *
         * @throws IllegalArgumentException if the registry has operations already, an objective names what can be no
         *     operation, or there are too many objectives, thresholds or operations
         */
        public Operations build() {
            WorkTimers.requireNone(registry, WorkDefinitions.OPERATION_DURATION, "Operations");
            Set<String> promised = new TreeSet<>();
            Set<Duration> thresholds = new TreeSet<>();
            for (Slo slo : slos) {
                slo.operations().forEach(name -> promised.add(Names.requireName("an operation", name)));
                Duration threshold = slo.threshold();
                if (threshold != null) {
                    thresholds.add(threshold);
                }
            }
            if (promised.size() > WorkDefinitions.MOST_NAMES) {
                throw new IllegalArgumentException("objectives can be about at most " + WorkDefinitions.MOST_NAMES
                        + " operations, not " + promised.size());
            }
            if (thresholds.size() > MOST_THRESHOLDS) {
                throw new IllegalArgumentException("objectives on operations can have at most " + MOST_THRESHOLDS
                        + " thresholds, not " + thresholds + ": each is a bucket of every series");
            }
            thresholds.addAll(WorkDefinitions.BUCKETS);
            return new Operations(registry, tags, slos, thresholds);
        }
    }
}
