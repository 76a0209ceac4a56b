/**
 * Golden signals with bounded labels, all through the application's own Micrometer registry:
 *
 * <pre>{@code
 * PrometheusMeterRegistry registry = PrometheusRegistries.create();
 * HttpServerMetrics http = HttpServerMetrics.of(registry);         // give it to the web server's adapter
 * HealthMetrics.bind(health, registry);
 * JvmMetrics jvm = JvmMetrics.bind(registry);
 * MetricsEndpoint metrics = MetricsEndpoint.of(registry);          // give it to the management server
 * }</pre>
 *
 * <p>{@link dev.vitals.metrics.HttpClientMetrics} measures calls to other services, {@link
 * dev.vitals.metrics.Operations} and {@link dev.vitals.metrics.TaskMetrics} the application's own work, {@link
 * dev.vitals.metrics.PoolMetrics}, {@link dev.vitals.metrics.JdbcMetrics}, {@link dev.vitals.metrics.RedisMetrics} and
 * {@link dev.vitals.metrics.CircuitBreakerMetrics} what it stands on; {@link dev.vitals.metrics.Slo} is what it promises.
 * {@link dev.vitals.metrics.MetricCatalogue} lists every metric.
 */
@NullMarked
package dev.vitals.metrics;

import org.jspecify.annotations.NullMarked;
