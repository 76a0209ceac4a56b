/**
 * Error reports to Sentry with the secrets taken out. {@link dev.vitals.errors.ErrorTracking} is the way in; it works on
 * the application's own options and hides nothing of Sentry:
 *
 * <pre>{@code
 * Sentry.init(options -> {
 *     options.setDsn(dsn);
 *     ErrorTracking.install(options);
 * });
 * }</pre>
 */
@NullMarked
package dev.vitals.errors;

import org.jspecify.annotations.NullMarked;
