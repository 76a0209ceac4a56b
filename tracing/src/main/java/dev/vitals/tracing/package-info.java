/**
 * Traces the requests that an application serves. {@link dev.vitals.tracing.HttpServerTracing} is the way in:
 *
 * <pre>{@code
 * OpenTelemetry openTelemetry = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
 * HttpServerTracing tracing = HttpServerTracing.of(openTelemetry);
 * RequestObservers observers = RequestObservers.of(tracing);       // give them to the web server's adapter
 * // and in the log's pattern: %X{trace_id} %X{span_id}
 * }</pre>
 */
@NullMarked
package dev.vitals.tracing;

import org.jspecify.annotations.NullMarked;
