package dev.vitals.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The application's own meters, a bounded number of them. Two that Prometheus would spell the same are refused: it keeps
 * the first, and what the second counts is lost. Safe for use by many threads.
 */
final class BusinessMeters {
    private static final int MOST = 100;

    /** A meter of the application's; a gauge has no counter. */
    private record Known(
            String name, List<String> keys, @Nullable BusinessCounter counter) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<String, Known> spelled = new ConcurrentHashMap<>();

    BusinessMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    BusinessCounter counter(String name, String description, List<String> keys) {
        String spelling = Names.spelled(Names.requireMeter(name));
        Known known = spelled.get(spelling);
        return same(known == null ? make(spelling, name, description, keys) : known, name, keys);
    }

    private synchronized Known make(String spelling, String name, String description, List<String> keys) {
        Known earlier = spelled.get(spelling);
        if (earlier != null) {
            return earlier;
        }
        requireFree(spelling, name);
        var made = new Known(name, keys, BusinessCounter.of(registry, name, description, keys));
        spelled.put(spelling, made);
        return made;
    }

    private static BusinessCounter same(Known known, String name, List<String> keys) {
        BusinessCounter counter = known.counter();
        if (counter == null || !known.name().equals(name)) {
            throw taken(name, known.name());
        }
        if (!known.keys().equals(keys)) {
            throw new IllegalArgumentException("there is a meter \"" + name + "\" already, with the tag keys "
                    + known.keys() + ": all its series need the same");
        }
        return counter;
    }

    synchronized void gauge(String name, String description, DoubleSupplier value) {
        String spelling = Names.spelled(Names.requireMeter(name));
        Known known = spelled.get(spelling);
        if (known != null) {
            throw taken(name, known.name());
        }
        requireFree(spelling, name);
        WorkMeters.gauge(registry, name, description, "", value);
        spelled.put(spelling, new Known(name, List.of(), null));
    }

    private void requireFree(String spelling, String name) {
        if (spelled.size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " meters already: no room for \"" + name
                    + "\". What differs between them belongs into a tag");
        }
        boolean ofVitals = MetricCatalogue.has(name)
                || MetricCatalogue.all().stream()
                        .anyMatch(metric -> Names.spelled(metric.name()).equals(spelling));
        if (ofVitals) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is the name of a meter of Vitals: give yours another one");
        }
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            String emitted = id.getConventionName(registry.config().namingConvention());
            if (Names.spelled(id.getName()).equals(spelling)
                    || Names.spelled(emitted).equals(spelling)) {
                throw taken(name, id.getName());
            }
        }
    }

    private static IllegalArgumentException taken(String name, String by) {
        String why = name.equals(by) ? "" : ", and Prometheus spells \"" + name + "\" the same";
        return new IllegalArgumentException(
                "there is a meter \"" + by + "\" already" + why + ": give this one another name");
    }
}
