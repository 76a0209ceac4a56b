package dev.vitals.metrics;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong while measuring harms nobody, and is logged once: by its class, since a message may hold anything. */
final class OneComplaint {
    private static final System.Logger LOG = System.getLogger(OneComplaint.class.getName());

    private final AtomicBoolean made = new AtomicBoolean();
    private final String what;

    OneComplaint(String what) {
        this.what = what;
    }

    void about(Throwable thrown) {
        if (made.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0} could not be recorded, and goes on without it: {1}; this is logged once",
                    what,
                    thrown.getClass().getName());
        }
    }
}
