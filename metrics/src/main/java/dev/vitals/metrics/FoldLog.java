package dev.vitals.metrics;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that a meter has more combinations of labels than it has room for. */
final class FoldLog {
    private static final System.Logger LOG = System.getLogger(FoldLog.class.getName());

    private final String meter;
    private final long most;
    private final AtomicBoolean said = new AtomicBoolean();

    FoldLog(String meter, long most) {
        this.meter = meter;
        this.most = most;
    }

    void sayOnce() {
        if (!said.get() && said.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0}: more combinations of labels than its {1}: what is new becomes {2} and is counted in {3}; this is logged once",
                    meter,
                    most,
                    BoundedLabel.OTHER,
                    SelfDefinitions.LABELS_FOLDED.meter());
        }
    }
}
