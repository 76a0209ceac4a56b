/**
 * Health that no dependency can hang. {@link dev.vitals.health.HealthMonitor} is the way in:
 *
 * <pre>{@code
 * HealthMonitor health = HealthMonitor.builder()
 *     .liveness("worker", heartbeat)
 *     .readiness("database", JdbcCheck.of(dataSource))
 *     .readiness("redis", RedisCheck.of(client), check -> check.optional())
 *     .start();
 * ManagementServer.builder().port(8081).endpoint(HealthEndpoint.of(health)).start();
 * }</pre>
 */
@NullMarked
package dev.vitals.health;

import org.jspecify.annotations.NullMarked;
