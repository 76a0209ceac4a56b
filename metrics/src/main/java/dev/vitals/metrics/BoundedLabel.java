package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets a fixed number of values into a label; whatever comes after them is {@code _OTHER}, and counted. Values are
 * scrubbed when they are let in. Safe for use by many threads; a value known already, and one too many, takes no lock
 * and allocates nothing.
 */
final class BoundedLabel {
    static final String OTHER = "_OTHER";

    private static final System.Logger LOG = System.getLogger(BoundedLabel.class.getName());
    private static final int LONGEST_VALUE = 256;

    private final String meter;
    private final String label;
    private final int most;
    private final Scrubber scrubber;
    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
    private final AtomicBoolean logged = new AtomicBoolean();
    private volatile @Nullable Counter folded;
    private volatile boolean full;

    /** With its counter from the start, so that there is a rate before the first value too many. */
    BoundedLabel(MeterRegistry registry, Scrubber scrubber, String meter, String label, int most) {
        this(registry, meter, label, most, scrubber);
        folded = folded(registry, meter, label);
    }

    private BoundedLabel(MeterRegistry registry, String meter, String label, int most, Scrubber scrubber) {
        this.registry = registry;
        this.meter = meter;
        this.label = label;
        this.most = most;
        this.scrubber = scrubber;
    }

    /** With a counter from the first value too many on: for many labels of which few will ever need one. */
    static BoundedLabel quiet(MeterRegistry registry, Scrubber scrubber, String meter, String label, int most) {
        return new BoundedLabel(registry, meter, label, most, scrubber);
    }

    static Counter folded(MeterRegistry registry, String meter, String label) {
        return Counter.builder(SelfDefinitions.LABELS_FOLDED.meter())
                .description(SelfDefinitions.LABELS_FOLDED.description())
                .tags("meter", meter, "label", label)
                .register(registry);
    }

    /** The label's value for a value. */
    String of(String value) {
        // First of all, since a look into the map reads the whole value.
        if (value.length() > LONGEST_VALUE) {
            return fold();
        }
        String clean = known.get(value);
        if (clean != null) {
            return clean;
        }
        return full ? fold() : admit(value);
    }

    private String admit(String value) {
        String scrubbed = scrubber.scrub(value);
        synchronized (known) {
            String earlier = known.get(value);
            if (earlier != null) {
                return earlier;
            }
            if (known.size() < most) {
                known.put(value, scrubbed);
                return scrubbed;
            }
            full = true;
        }
        return fold();
    }

    private String fold() {
        Counter counter = folded;
        if (counter == null) {
            // Two threads may both ask: a registry gives both the same.
            counter = folded(registry, meter, label);
            folded = counter;
        }
        counter.increment();
        if (!logged.get() && logged.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0}: more values for the label {1} than its {2}, or one too long: they become {3} and are counted in {4}; this is logged once",
                    meter,
                    label,
                    most,
                    OTHER,
                    SelfDefinitions.LABELS_FOLDED.meter());
        }
        return OTHER;
    }
}
