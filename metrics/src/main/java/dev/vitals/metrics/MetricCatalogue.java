package dev.vitals.metrics;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every metric that Vitals can emit, through Micrometer's own binders too. Rules and dashboards may read what stands
 * here and nothing else; a test holds it against what is really emitted.
 */
public final class MetricCatalogue {
    private static final List<Definition> DEFINITIONS = Stream.of(
                    HttpDefinitions.ALL,
                    SloDefinitions.ALL,
                    WorkDefinitions.ALL,
                    HealthDefinitions.ALL,
                    ResourceDefinitions.ALL,
                    SelfDefinitions.ALL)
            .flatMap(List::stream)
            .toList();
    private static final List<Metric> ALL = DEFINITIONS.stream()
            .flatMap(definition -> definition.metrics().stream())
            .toList();
    private static final Set<String> METERS =
            DEFINITIONS.stream().map(Definition::meter).collect(Collectors.toUnmodifiableSet());

    private MetricCatalogue() {}

    /** {@return every metric, in a fixed order; unmodifiable} */
    public static List<Metric> all() {
        return ALL;
    }

    /** Whether Vitals can emit a meter of that name. */
    static boolean has(String meter) {
        return METERS.contains(meter);
    }

    /** What kind of metric it is, as Prometheus' text format names it. */
    public enum Type {
        /** Only ever grows, but for a restart. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Counts by size: {@code _bucket} with {@code le}, {@code _sum} and {@code _count}. */
        HISTOGRAM,
        /** Counts and adds up: {@code _sum} and {@code _count}. */
        SUMMARY
    }

    /**
     * One metric.
     *
     * @param name its name as Prometheus spells it, {@code _total} with it
     * @param type its type
     * @param unit its unit in a word, {@code seconds}; empty where it has none
     * @param labels its labels as Prometheus spells them, {@code le} left out
     * @param description what it says, for people
     */
    public record Metric(String name, Type type, String unit, List<Label> labels, String description) {
        /**
         * Makes a metric, copying what is given.
         *
         * @param name its name
         * @param type its type
         * @param unit its unit, or empty
         * @param labels its labels
         * @param description what it says
         */
        public Metric {
            labels = List.copyOf(labels);
        }

        /** {@return the names of its labels} */
        public List<String> labelNames() {
            return labels.stream().map(Label::name).toList();
        }
    }

    /**
     * One label of a metric, and what bounds it.
     *
     * @param name its name as Prometheus spells it
     * @param most how many values it can have in one process, those that stand for others counted in; 0 where it has as
     *     many as the application names at start
     * @param values which values these are, for people
     */
    public record Label(String name, int most, String values) {}
}
