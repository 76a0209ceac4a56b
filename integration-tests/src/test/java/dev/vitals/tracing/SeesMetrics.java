package dev.vitals.tracing;

import dev.vitals.metrics.MetricCatalogue;

/** Breaks the arrows, so that a test can see them broken: a satellite never sees a satellite. */
public final class SeesMetrics {
    /** {@return what this module must not know} */
    public Class<?> catalogue() {
        return MetricCatalogue.class;
    }
}
