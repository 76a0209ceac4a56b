/**
 * Checks of databases. {@link dev.vitals.health.jdbc.JdbcCheck} is the way in:
 *
 * <pre>{@code
 * HealthMonitor health = HealthMonitor.builder()
 *     .readiness("database", JdbcCheck.of(dataSource))
 *     .observe("reporting", JdbcCheck.of(replica), check -> check.every(ofSeconds(30)))
 *     .start();
 * }</pre>
 */
@NullMarked
package dev.vitals.health.jdbc;

import org.jspecify.annotations.NullMarked;
