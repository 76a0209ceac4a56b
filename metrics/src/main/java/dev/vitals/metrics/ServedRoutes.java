package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes that are told apart, a bounded number of them, and one for all others. What a route is covered by is
 * settled when it is first seen. Safe for use by many threads; a route known already is found without a lock.
 */
final class ServedRoutes {
    private final BoundedLabel label;
    private final Set<String> streaming;
    private final List<Indicator> indicators;
    private final ConcurrentHashMap<String, ServedRoute> known = new ConcurrentHashMap<>();
    private final ServedRoute other;

    ServedRoutes(MeterRegistry registry, Scrubber scrubber, int most, Set<String> streaming, List<Indicator> all) {
        label = new BoundedLabel(
                registry, scrubber, HttpDefinitions.SERVER_DURATION.meter(), HttpDefinitions.ROUTE.name(), most);
        this.streaming = streaming;
        indicators = all;
        other = make(BoundedLabel.OTHER, BoundedLabel.OTHER);
    }

    /** All requests without a route, and those of routes past the bound. */
    ServedRoute other() {
        return other;
    }

    ServedRoute of(@Nullable String route) {
        if (route == null) {
            return other;
        }
        ServedRoute found = known.get(route);
        return found != null ? found : admit(route);
    }

    private ServedRoute admit(String route) {
        String clean = label.of(route);
        return clean.equals(BoundedLabel.OTHER) ? other : known.computeIfAbsent(route, raw -> make(raw, clean));
    }

    private ServedRoute make(String route, String clean) {
        Indicator[] covering = indicators.stream()
                .filter(indicator -> indicator.slo().coversRoute(route))
                .toArray(Indicator[]::new);
        return new ServedRoute(clean, streaming.contains(route), covering);
    }
}
