/**
 * Golden signals with bounded labels, all through the application's own Micrometer registry.
 * {@link dev.vitals.metrics.HttpServerMetrics} and {@link dev.vitals.metrics.HealthMetrics} measure,
 * {@link dev.vitals.metrics.MetricsEndpoint} is scraped, {@link dev.vitals.metrics.MetricCatalogue} lists it all:
 *
 * <pre>{@code
 * var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
 * HttpServerMetrics http = HttpServerMetrics.of(registry);         // give it to the web server's adapter
 * HealthMetrics.bind(health, registry);
 * JvmMetrics jvm = JvmMetrics.bind(registry);
 * MetricsEndpoint metrics = MetricsEndpoint.of(registry);          // give it to the management server
 * }</pre>
 */
@NullMarked
package dev.vitals.metrics;

import org.jspecify.annotations.NullMarked;
