/**
 * The built-in checks, one small class each. Options return a new check and are refused at set-up where they make no sense:
 *
 * <pre>{@code
 * HealthMonitor health = HealthMonitor.builder()
 *     .readiness("disk", DiskSpaceCheck.of(Path.of("/var/lib/orders")))
 *     .readiness("workers", ExecutorCheck.of(workers))
 *     .observe("pricing", HttpCheck.get(URI.create("https://pricing.example.com/ping")).expecting(200))
 *     .start();
 * }</pre>
 *
 * <p>Advisory ones, which look at this instance's own room rather than at whether something works, only degrade a probe unless
 * they are registered with {@link dev.vitals.health.CheckOptions#mayStopTraffic}.
 */
@NullMarked
package dev.vitals.health.checks;

import org.jspecify.annotations.NullMarked;
