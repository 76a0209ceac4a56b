package dev.vitals.metrics;

import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;

import dev.vitals.metrics.MetricCatalogue.Label;
import dev.vitals.metrics.MetricCatalogue.Metric;
import java.util.List;

/**
 * A meter of Vitals, defined once: what registers it and what lists it both read this.
 *
 * @param meter its name in Micrometer
 * @param type its type
 * @param unit its base unit, empty where it has none
 * @param tags its tag keys and their bounds
 * @param description what it says, for people
 */
record Definition(String meter, MetricCatalogue.Type type, String unit, List<Label> tags, String description) {
    /** A tag key with as many values as the application names at start. */
    static Label named(String key, String values) {
        return new Label(key, 0, values);
    }

    /** A tag key with so many values at the most. */
    static Label bounded(String key, int most, String values) {
        return new Label(key, most, values);
    }

    /** What Prometheus sees of this meter: for a histogram, Micrometer adds a gauge of the recent maximum. */
    List<Metric> metrics() {
        List<Label> labels = tags.stream()
                .map(tag -> new Label(underscored(tag.name()), tag.most(), tag.values()))
                .toList();
        String name = underscored(meter) + (unit.isEmpty() ? "" : "_" + unit);
        return switch (type) {
            case GAUGE -> List.of(new Metric(name, type, unit, labels, description));
            case COUNTER -> List.of(new Metric(name + "_total", type, unit, labels, description));
            case HISTOGRAM, SUMMARY ->
                List.of(
                        new Metric(name, type, unit, labels, description),
                        new Metric(name + "_max", GAUGE, unit, labels, description));
        };
    }

    private static String underscored(String dotted) {
        return dotted.replace('.', '_');
    }
}
