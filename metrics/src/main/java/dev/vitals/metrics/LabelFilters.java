package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Micrometer filters that keep the application's own meters in bounds: what Vitals does for its own. Give them to a
 * registry before its first meter. Safe for use by many threads.
 *
 * <pre>{@code
 * registry.config()
 *     .meterFilter(LabelFilters.scrubbed())
 *     .meterFilter(LabelFilters.bounded(registry, 100));
 * }</pre>
 *
 * <p>A filter changes a meter's id before the meter is made. A registry keeps what it was asked for only with a meter
 * that it makes, so values that fold leave nothing behind, be they a million.
 *
 * <p>Left as they are: meters whose names begin with {@code vitals.}, and those that Vitals itself makes by
 * OpenTelemetry's conventions for HTTP and databases, whose labels it bounds and scrubs as they come. All others pass,
 * whoever makes them: the application, a library, or one of Micrometer's binders, be it through Vitals.
 */
public final class LabelFilters {
    /** Labels of meters that are bounded each by itself; labels past it, of meters made up as they go, have no value of their own. */
    private static final int MOST_LABELS = 10_000;

    private static final int MOST_SCRUBBED = 10_000;
    private static final int LONGEST_KEPT = 256;
    private static final String OWN_PREFIX = "vitals.";
    private static final Set<String> OWN = Set.of(
            "http.server.request.duration",
            "http.server.active_requests",
            "http.client.request.duration",
            "http.client.rate_limit.remaining",
            "db.client.operation.duration");

    private record Named(String name, String label) {}

    private LabelFilters() {}

    /**
     * {@return a filter that lets each label of each meter name have so many values at the most} Values past that, and
     * those of more than 256 characters, become {@code _OTHER}: counted in {@code vitals.labels.folded}, and logged once
     * a label. Nothing is denied, so counters, timers and summaries keep their totals. Gauges have none: of those that
     * fold together the registry keeps the first. Values are scrubbed when they are let in.
     *
     * @param registry where the folded ones are counted: the one that gets the filter
     * @param most how many values besides {@code _OTHER}, at least 1
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public static MeterFilter bounded(MeterRegistry registry, int most) {
        requireNonNull(registry, "registry");
        if (most < 1) {
            throw new IllegalArgumentException("a label needs room for at least 1 value, not " + most);
        }
        Scrubber scrubber = Scrubber.standard();
        var labels = new ConcurrentHashMap<Named, BoundedLabel>();
        var past = BoundedLabel.quiet(registry, scrubber, BoundedLabel.OTHER, BoundedLabel.OTHER, 0);
        return mapping((id, tag) -> {
            if (tag.getValue().isEmpty() || tag.getValue().equals(BoundedLabel.OTHER)) {
                // Stands for none, or for others, in a label that somebody bounds already.
                return tag.getValue();
            }
            var name = new Named(id.getName(), tag.getKey());
            BoundedLabel known = labels.get(name);
            if (known == null && labels.size() >= MOST_LABELS) {
                return past.of(tag.getValue());
            }
            BoundedLabel label = known != null
                    ? known
                    : labels.computeIfAbsent(
                            name, made -> BoundedLabel.quiet(registry, scrubber, made.name(), made.label(), most));
            return label.of(tag.getValue());
        });
    }

    /**
     * {@return a filter that takes secrets out of label values} The value of a label whose name says that it is a secret
     * becomes {@code [redacted]} as a whole; what cannot be scrubbed becomes {@code [unscrubbable]}. A value is scrubbed
     * once and remembered, 10,000 of them at the most.
     */
    public static MeterFilter scrubbed() {
        Scrubber scrubber = Scrubber.standard();
        var known = new ConcurrentHashMap<Named, String>();
        return mapping((id, tag) -> {
            String value = tag.getValue();
            if (value.length() > LONGEST_KEPT) {
                return String.valueOf(scrubber.scrubValue(tag.getKey(), value));
            }
            var key = new Named(tag.getKey(), value);
            String clean = known.get(key);
            if (clean == null) {
                clean = String.valueOf(scrubber.scrubValue(tag.getKey(), value));
                if (known.size() < MOST_SCRUBBED) {
                    known.put(key, clean);
                }
            }
            return clean;
        });
    }

    private interface Values {
        String value(Meter.Id id, Tag tag);
    }

    private static MeterFilter mapping(Values values) {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return isOwn(id.getName()) ? id : mapped(id, values);
            }
        };
    }

    /** Whether Vitals' own code bounds and scrubs whatever comes into its labels; a name in the catalogue is not enough. */
    private static boolean isOwn(String meter) {
        return meter.startsWith(OWN_PREFIX) || OWN.contains(meter);
    }

    /** The same id where no value changes. */
    private static Meter.Id mapped(Meter.Id id, Values values) {
        List<Tag> tags = new ArrayList<>();
        boolean changed = false;
        for (Tag tag : id.getTagsAsIterable()) {
            String value = values.value(id, tag);
            boolean same = value.equals(tag.getValue());
            changed |= !same;
            tags.add(same ? tag : Tag.of(tag.getKey(), value));
        }
        return changed ? id.replaceTags(tags) : id;
    }
}
