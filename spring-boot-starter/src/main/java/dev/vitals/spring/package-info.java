/**
 * Vitals in a Spring Boot application: with the starter on the class path, every
 * {@link dev.vitals.health.HealthCheck} bean counts for readiness under its bean's name, every
 * {@link dev.vitals.health.LivenessCheck} bean for liveness, every {@link dev.vitals.health.HealthListener} bean is told
 * of changes, and {@code /health} is served.
 * {@link dev.vitals.spring.VitalsHealthAutoConfiguration} is the way in.
 *
 * <pre>{@code
 * @Bean
 * HealthCheck database(DataSource dataSource) {
 *     return JdbcCheck.of(dataSource);
 * }
 * }</pre>
 */
@NullMarked
package dev.vitals.spring;

import org.jspecify.annotations.NullMarked;
