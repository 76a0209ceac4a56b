/**
 * The seam to HTTP: what is served ({@link dev.vitals.http.Endpoint}), who watches
 * ({@link dev.vitals.http.RequestObserver}; {@link dev.vitals.http.ClientObserver} for an
 * {@link dev.vitals.http.ObservedHttpClient}), and a {@link dev.vitals.http.ManagementServer} for applications that
 * keep their probes off the main port.
 *
 * <pre>{@code
 * ManagementServer management = ManagementServer.builder()
 *     .port(8081)
 *     .endpoint(HealthEndpoint.of(health))
 *     .start();
 * }</pre>
 */
@NullMarked
package dev.vitals.http;

import org.jspecify.annotations.NullMarked;
