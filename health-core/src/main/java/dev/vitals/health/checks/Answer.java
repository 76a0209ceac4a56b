package dev.vitals.health.checks;

import org.jspecify.annotations.Nullable;

/**
 * What a web server answered.
 *
 * @param status the status
 * @param location where it redirects to, if it does
 * @param body what was kept of the body
 * @param whole whether the body ended within its limit
 */
record Answer(int status, @Nullable String location, String body, boolean whole) {}
