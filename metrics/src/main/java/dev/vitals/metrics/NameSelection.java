package dev.vitals.metrics;

import io.prometheus.metrics.model.registry.MetricNameFilter;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;

/**
 * The metrics that a client asks for by name. What belongs to a name is for Prometheus' own client library to say:
 * {@code orders_total} and {@code orders} both mean the counter {@code orders}, and {@code wait_seconds_count} the whole
 * histogram.
 */
final class NameSelection extends AbstractSet<String> {
    static final String PARAMETER = "name[]";
    static final int MOST_NAMES = 100;
    static final int LONGEST_NAME = 200;

    private final List<String> names;
    private final MetricNameFilter filter;

    NameSelection(List<String> names) {
        this.names = names;
        this.filter = MetricNameFilter.builder().nameMustBeEqualTo(names).build();
    }

    static boolean isBounded(List<String> names) {
        return names.size() <= MOST_NAMES && names.stream().allMatch(name -> name.length() <= LONGEST_NAME);
    }

    @Override
    public boolean contains(Object name) {
        return name instanceof String text && filter.test(text);
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    @Override
    public int size() {
        return names.size();
    }
}
