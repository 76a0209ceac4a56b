package dev.vitals.metrics;

import java.util.List;

/**
 * Every metric that Vitals itself emits. Rules and dashboards may read what stands here and nothing else; a test holds
 * it against what is really emitted. The meters of {@link JvmMetrics} are Micrometer's and do not stand here.
 */
public final class MetricCatalogue {
    private static final List<Metric> ALL = Definition.ALL.stream()
            .flatMap(definition -> definition.metrics().stream())
            .toList();

    private MetricCatalogue() {}

    /** {@return every metric, in a fixed order; unmodifiable} */
    public static List<Metric> all() {
        return ALL;
    }

    /** What kind of metric it is, as Prometheus' text format names it. */
    public enum Type {
        /** Only ever grows, but for a restart. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Counts by size: {@code _bucket} with {@code le}, {@code _sum} and {@code _count}. */
        HISTOGRAM
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
    public record Metric(String name, Type type, String unit, List<String> labels, String description) {
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
    }
}
