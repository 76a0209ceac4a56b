package dev.vitals.metrics;

import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult.Measurement;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A gauge for each measurement of each check. What a check will measure shows only when it runs, so the gauges follow
 * the reports: one that a check no longer measures goes away, since its last value would be a lie and NaN would spoil
 * every sum. At most 32 a check; the ones after them are left out, and counted. Told by one thread at a time.
 */
final class MeasurementGauges {
    private static final int MOST = 32;

    private record Key(String check, String name, String unit) {}

    private final MultiGauge gauges;
    private final Counter leftOut;
    private final Scrubber scrubber;
    private volatile Map<Key, Double> values = Map.of();

    MeasurementGauges(MeterRegistry registry, Scrubber scrubber) {
        this.scrubber = scrubber;
        gauges = MultiGauge.builder(HealthDefinitions.CHECK_MEASUREMENT.meter())
                .description(HealthDefinitions.CHECK_MEASUREMENT.description())
                .register(registry);
        leftOut = BoundedLabel.folded(registry, HealthDefinitions.CHECK_MEASUREMENT.meter(), "name");
    }

    void follow(HealthReport report) {
        var next = new LinkedHashMap<Key, Double>();
        for (HealthReport.Check check : report.checks()) {
            List<Measurement> measurements = check.measurements();
            for (Measurement measurement : measurements.subList(0, Math.min(MOST, measurements.size()))) {
                String unit = scrubber.scrub(measurement.unit());
                next.put(new Key(check.name(), measurement.name(), unit), measurement.value());
            }
            leftOut.increment(Math.max(0, measurements.size() - MOST));
        }
        Set<Key> before = values.keySet();
        values = next;
        if (!before.equals(next.keySet())) {
            gauges.register(
                    next.keySet().stream().<MultiGauge.Row<?>>map(this::row).toList());
        }
    }

    private MultiGauge.Row<?> row(Key key) {
        var tags = Tags.of("check", key.check(), "name", key.name(), "unit", key.unit());
        return MultiGauge.Row.of(tags, () -> values.getOrDefault(key, Double.NaN));
    }
}
