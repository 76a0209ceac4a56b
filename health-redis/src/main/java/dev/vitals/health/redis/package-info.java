/**
 * Checks of Redis. {@link dev.vitals.health.redis.RedisCheck} is the way in:
 *
 * <pre>{@code
 * RedisCheck redis = RedisCheck.of(client);
 * HealthMonitor health = HealthMonitor.builder()
 *     .readiness("redis", redis, check -> check.optional())
 *     .start();
 * // At the end: health.close(), redis.close(), client.shutdown().
 * }</pre>
 */
@NullMarked
package dev.vitals.health.redis;

import org.jspecify.annotations.NullMarked;
