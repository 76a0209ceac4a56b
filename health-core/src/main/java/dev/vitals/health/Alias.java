package dev.vitals.health;

import dev.vitals.health.HealthEndpoint.Format;
import org.jspecify.annotations.Nullable;

/**
 * What a further path tells.
 *
 * @param probe whose status
 * @param format how, where the client has no wish; null for the endpoint's own
 */
record Alias(Probe probe, @Nullable Format format) {}
