package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.TraceContext;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes Prometheus registries for who has none. A registry takes what exemplars need when it is made and never later:
 * one that is there already keeps its own.
 */
public final class PrometheusRegistries {
    private PrometheusRegistries() {}

    /** {@return a registry without exemplars} */
    public static PrometheusMeterRegistry create() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /**
     * {@return a registry whose counters and histograms carry exemplars: the ids of a sampled trace, for clients that ask
     * for OpenMetrics}
     *
     * @param current tells the span that the recording thread works for, null where there is none. Each series asks at
     *     most every 90 ms; where it throws, or its ids are not those of W3C Trace Context, there is no exemplar
     */
    public static PrometheusMeterRegistry create(Supplier<? extends @Nullable TraceContext> current) {
        return new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT,
                new PrometheusRegistry(),
                Clock.SYSTEM,
                new ExemplarContext(requireNonNull(current, "current")));
    }

    /** The Prometheus registry that this registry is, or has in it. */
    static Optional<PrometheusMeterRegistry> find(MeterRegistry registry) {
        if (registry instanceof PrometheusMeterRegistry found) {
            return Optional.of(found);
        }
        if (registry instanceof CompositeMeterRegistry composite) {
            return composite.getRegistries().stream()
                    .flatMap(part -> find(part).stream())
                    .findFirst();
        }
        return Optional.empty();
    }
}
