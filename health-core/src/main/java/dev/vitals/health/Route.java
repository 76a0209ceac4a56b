package dev.vitals.health;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.http.Response;
import java.util.Map;

/**
 * What stands behind a path.
 *
 * @param probe whose status is told there
 * @param format how, where the client has no wish
 * @param detailed the bodies for the authorised, one for each format
 */
record Route(Probe probe, Format format, Map<Format, Renewed<Response>> detailed) {
    Response detailed(Format wanted) {
        return requireNonNull(detailed.get(wanted)).get();
    }
}
