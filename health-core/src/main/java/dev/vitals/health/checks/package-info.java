/**
 * The built-in checks, one small class each. {@link dev.vitals.health.checks.Heartbeat} is the one for liveness.
 */
@NullMarked
package dev.vitals.health.checks;

import org.jspecify.annotations.NullMarked;
