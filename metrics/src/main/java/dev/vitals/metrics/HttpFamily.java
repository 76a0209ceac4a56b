package dev.vitals.metrics;

import dev.vitals.metrics.HttpServerMetrics.Family;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which instrumentation counts the requests of a process, and says so. */
final class HttpFamily {
    static final String PROPERTY = "vitals.metrics.http.server";

    private static final System.Logger LOG = System.getLogger(HttpFamily.class.getName());
    private static final String OURS = HttpDefinitions.SERVER_DURATION.meter();
    /** Micrometer's, from Spring and others. */
    private static final String MICROMETERS = "http.server.requests";

    private static final Set<String> DENIED = Set.of(MICROMETERS, MICROMETERS + ".active");

    private HttpFamily() {}

    /**
     * Decides, logs, and sees to it that there is one family in the registry.
     *
     * @return whether Vitals counts
     * @throws IllegalArgumentException if the property's value is none, or the registry has a family of our name that
     *     is to be ours
     */
    static boolean isOurs(Family wanted, MeterRegistry registry, Surroundings around) {
        Family chosen = chosen(wanted, around);
        String theirs = chosen == Family.AUTO ? theirs(registry, around) : null;
        if (chosen == Family.OTHER || theirs != null) {
            LOG.log(
                    Level.INFO,
                    "HTTP server metrics: {0} counts, Vitals does not; {1}=vitals has Vitals count",
                    theirs == null ? "another instrumentation" : theirs,
                    PROPERTY);
            return false;
        }
        requireNoNamesake(registry);
        deny(registry);
        LOG.log(
                Level.INFO,
                "HTTP server metrics: Vitals counts as {0}, and keeps {1} out of its registry{2}; {3}=other leaves it to another instrumentation",
                OURS,
                MICROMETERS,
                around.agentCounts()
                        ? " (the OpenTelemetry agent counts too: otel.metrics.exporter=none stops it)"
                        : "",
                PROPERTY);
        return true;
    }

    private static Family chosen(Family wanted, Surroundings around) {
        String value = around.setting(PROPERTY);
        if (value == null) {
            return wanted;
        }
        return Arrays.stream(Family.values())
                .filter(family -> family.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + " (or " + Surroundings.variable(PROPERTY)
                        + ") must be auto, vitals or other, not \"" + value + "\""));
    }

    private static @Nullable String theirs(MeterRegistry registry, Surroundings around) {
        if (around.agentCounts()) {
            return "the OpenTelemetry agent";
        }
        return List.of(MICROMETERS, OURS).stream()
                .filter(name -> !registry.find(name).meters().isEmpty())
                .findFirst()
                .map(name -> "who registered " + name + " before")
                .orElse(null);
    }

    private static void requireNoNamesake(MeterRegistry registry) {
        if (!registry.find(OURS).meters().isEmpty()) {
            throw new IllegalArgumentException("another instrumentation has registered " + OURS
                    + " in this registry: take it out, or set " + PROPERTY + "=other");
        }
    }

    private static void deny(MeterRegistry registry) {
        registry.config().meterFilter(MeterFilter.deny(id -> DENIED.contains(id.getName())));
        DENIED.forEach(name -> registry.find(name).meters().forEach(registry::remove));
    }
}
