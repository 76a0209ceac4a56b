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
 *
 * <p>What an application stands on is measured where its libraries are there: {@link dev.vitals.metrics.PoolMetrics}
 * (HikariCP), {@link dev.vitals.metrics.JdbcMetrics} (datasource-proxy), {@link dev.vitals.metrics.RedisMetrics}
 * (Lettuce), {@link dev.vitals.metrics.CircuitBreakerMetrics} (Resilience4j). Nothing else here needs them.
 */
@NullMarked
package dev.vitals.metrics;

import org.jspecify.annotations.NullMarked;
