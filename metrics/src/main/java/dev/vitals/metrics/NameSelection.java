package dev.vitals.metrics;

import io.prometheus.metrics.model.registry.MetricNameFilter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Whether one of the names in a query is no percent-encoded text: to leave it out would give what nobody asked for. */
    static boolean isMalformed(String query) {
        for (int start = 0, end; start < query.length(); start = end + 1) {
            int next = query.indexOf('&', start);
            end = next < 0 ? query.length() : next;
            String pair = query.substring(start, end);
            int equals = pair.indexOf('=');
            if (equals >= 0
                    && PARAMETER.equals(decode(pair.substring(0, equals)))
                    && decode(pair.substring(equals + 1)) == null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
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
