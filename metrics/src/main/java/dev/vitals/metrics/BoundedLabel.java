package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a fixed number of values into a label; whatever comes after them is {@code _OTHER}, and counted. Values are
 * scrubbed when they are let in. Safe for use by many threads; a value known already is found without a lock.
 */
final class BoundedLabel {
    static final String OTHER = "_OTHER";

    private static final System.Logger LOG = System.getLogger(BoundedLabel.class.getName());
    private static final int LONGEST_VALUE = 256;

    private final String meter;
    private final String label;
    private final int most;
    private final Scrubber scrubber;
    private final Counter folded;
    private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();
    private volatile boolean full;
    private boolean logged;

    BoundedLabel(MeterRegistry registry, Scrubber scrubber, String meter, String label, int most) {
        this.meter = meter;
        this.label = label;
        this.most = most;
        this.scrubber = scrubber;
        this.folded = folded(registry, meter, label);
    }

    static Counter folded(MeterRegistry registry, String meter, String label) {
        return Counter.builder(SelfDefinitions.LABELS_FOLDED.meter())
                .description(SelfDefinitions.LABELS_FOLDED.description())
                .tags("meter", meter, "label", label)
                .register(registry);
    }

    /** The label's value for a value. */
    String of(String value) {
        String clean = known.get(value);
        if (clean != null) {
            return clean;
        }
        return full || value.length() > LONGEST_VALUE ? fold() : admit(value);
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
        folded.increment();
        if (firstFold()) {
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

    private boolean firstFold() {
        synchronized (known) {
            boolean first = !logged;
            logged = true;
            return first;
        }
    }
}
