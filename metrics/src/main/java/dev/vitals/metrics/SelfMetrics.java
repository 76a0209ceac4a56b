package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/**
 * Publishes what the other modules of Vitals count of themselves, and {@code vitals.build.info}. They know nothing of
 * metrics; each gives a count:
 *
 * <pre>{@code
 * SelfMetrics.of(registry)
 *     .observerFailures(observers::failures)
 *     .endpointFailures(management::failures);
 * }</pre>
 *
 * <p>Each count is asked at a scrape. Where it throws, or is less than it was, the greatest that was seen stands. Used by
 * one thread.
 */
public final class SelfMetrics {
    private final MeterRegistry registry;

    private SelfMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * {@return the metrics of Vitals itself, with those of its version}
     *
     * @param registry where the meters go
     */
    public static SelfMetrics of(MeterRegistry registry) {
        buildInfo(requireNonNull(registry, "registry"));
        return new SelfMetrics(registry);
    }

    /** Once a registry, whoever asks. */
    static void buildInfo(MeterRegistry registry) {
        if (registry.find(SelfDefinitions.BUILD_INFO.meter()).meter() == null) {
            WorkMeters.gauge(registry, SelfDefinitions.BUILD_INFO, () -> 1, "version", BuildVersion.read());
        }
    }

    /**
     * How often observers of HTTP requests have thrown: {@code RequestObservers.failures()}, and with it
     * {@code ObservedHttpClient.failures()} where there are such clients.
     *
     * @param failures so far
     * @return this
     * @throws IllegalArgumentException if the registry has this already
     */
    public SelfMetrics observerFailures(LongSupplier failures) {
        return counted(SelfDefinitions.OBSERVER_FAILURES, failures);
    }

    /**
     * How often endpoints have thrown: {@code ManagementServer.failures()}, or {@code Endpoints.failures()}.
     *
     * @param failures so far
     * @return this
     * @throws IllegalArgumentException if the registry has this already
     */
    public SelfMetrics endpointFailures(LongSupplier failures) {
        return counted(SelfDefinitions.ENDPOINT_FAILURES, failures);
    }

    /**
     * How many error reports were not sent, or only as a skeleton.
     *
     * @param dropped so far
     * @return this
     * @throws IllegalArgumentException if the registry has this already
     */
    public SelfMetrics reportsDropped(LongSupplier dropped) {
        return counted(SelfDefinitions.REPORTS_DROPPED, dropped);
    }

    /**
     * How many errors were not reported because too many like them came.
     *
     * @param suppressed so far
     * @return this
     * @throws IllegalArgumentException if the registry has this already
     */
    public SelfMetrics eventsSuppressed(LongSupplier suppressed) {
        return counted(SelfDefinitions.EVENTS_SUPPRESSED, suppressed);
    }

    /**
     * How many texts could not be scrubbed, and were left out.
     *
     * @param unscrubbable so far
     * @return this
     * @throws IllegalArgumentException if the registry has this already
     */
    public SelfMetrics textsUnscrubbable(LongSupplier unscrubbable) {
        return counted(SelfDefinitions.TEXTS_UNSCRUBBABLE, unscrubbable);
    }

    private SelfMetrics counted(Definition definition, LongSupplier count) {
        requireNonNull(count, "count");
        if (registry.find(definition.meter()).meter() != null) {
            throw new IllegalArgumentException(
                    "this registry has " + definition.meter() + " already: give one count that adds up all of them");
        }
        WorkMeters.counted(registry, definition, count);
        return this;
    }
}
