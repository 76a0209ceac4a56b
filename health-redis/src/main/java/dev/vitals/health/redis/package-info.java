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
 *
 * <p>{@link dev.vitals.health.redis.RedisSentinelCheck} asks the Sentinels for their master and their quorum,
 * {@link dev.vitals.health.redis.RedisQueue} tells how much waits in a list or a stream, and
 * {@link dev.vitals.health.redis.RedisHeartbeats} keeps the heartbeats of workers for other processes to read.
 */
@NullMarked
package dev.vitals.health.redis;

import org.jspecify.annotations.NullMarked;
