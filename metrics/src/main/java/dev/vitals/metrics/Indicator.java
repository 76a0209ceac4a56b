package dev.vitals.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What one objective has counted in one registry. Safe for use by many threads; recording allocates nothing. */
final class Indicator {
    private final Slo slo;
    private final boolean onLatency;
    private final long thresholdNanos;
    private final LongAdder events = new LongAdder();
    private final LongAdder bad = new LongAdder();

    private Indicator(Slo slo) {
        this.slo = slo;
        Duration threshold = slo.threshold();
        onLatency = threshold != null;
        thresholdNanos = threshold == null ? 0 : threshold.toNanos();
    }

    /**
     * Registers the meters of an objective.
     *
     * @throws IllegalArgumentException if the registry has one of that name, or as many as it may
     */
    static Indicator register(Slo slo, MeterRegistry registry) {
        var known = registry.find(SloDefinitions.OBJECTIVE.meter()).gauges();
        if (known.stream().anyMatch(gauge -> slo.name().equals(gauge.getId().getTag("slo")))) {
            throw new IllegalArgumentException(
                    "this registry has an objective \"" + slo.name() + "\" already: give each a name of its own");
        }
        if (known.size() >= SloDefinitions.MOST) {
            throw new IllegalArgumentException("a registry holds at most " + SloDefinitions.MOST
                    + " objectives: leave out \"" + slo.name() + "\", or let one be about more routes");
        }
        var indicator = new Indicator(slo);
        indicator.registerMeters(registry);
        return indicator;
    }

    /** Where another instrumentation counts: it stays at nothing, so that a check of it is UP. */
    static Indicator unregistered(Slo slo) {
        return new Indicator(slo);
    }

    /** The one that counts for an objective; {@code by} is who else could be told of it. */
    static Indicator find(Slo slo, List<Indicator> indicators, String by) {
        return indicators.stream()
                .filter(indicator -> indicator.slo == slo)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the objective \"" + slo.name()
                        + "\" is not counted here: give this very one to " + by + ".builder(registry).slo(...) first"));
    }

    private void registerMeters(MeterRegistry registry) {
        gauge(SloDefinitions.OBJECTIVE, slo.objective(), registry);
        gauge(SloDefinitions.WINDOW, (double) slo.window().toSeconds(), registry);
        if (onLatency) {
            gauge(SloDefinitions.THRESHOLD, thresholdNanos / 1e9, registry);
        }
        counter(SloDefinitions.EVENTS, events, registry);
        counter(SloDefinitions.EVENTS_BAD, bad, registry);
    }

    private void gauge(Definition definition, double value, MeterRegistry registry) {
        Gauge.builder(definition.meter(), () -> value)
                .description(definition.description())
                .baseUnit(definition.unit().isEmpty() ? null : definition.unit())
                .tag("slo", slo.name())
                .register(registry);
    }

    private void counter(Definition definition, LongAdder counted, MeterRegistry registry) {
        FunctionCounter.builder(definition.meter(), counted, LongAdder::sum)
                .description(definition.description())
                .tag("slo", slo.name())
                .register(registry);
    }

    Slo slo() {
        return slo;
    }

    BurnHistory.Point at(long nanos) {
        // Bad first: an event that comes between the two then counts as good, not as more bad ones than events.
        long badSoFar = bad.sum();
        return new BurnHistory.Point(nanos, events.sum(), badSoFar);
    }

    /** An event that the objective covers. */
    void record(boolean failed, long nanos) {
        if (!onLatency) {
            events.increment();
            if (failed) {
                bad.increment();
            }
        } else if (!failed) {
            events.increment();
            if (nanos > thresholdNanos) {
                bad.increment();
            }
        }
    }
}
