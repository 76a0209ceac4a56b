package dev.vitals.errors;

import io.sentry.IScopes;
import io.sentry.Integration;
import io.sentry.SendCachedEnvelopeFireAndForgetIntegration;
import io.sentry.SendFireAndForgetEnvelopeSender;
import io.sentry.SentryOptions;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an earlier run kept in Sentry's folder. The SDK fills the folder wherever one is set, but looks into it on
 * Android alone.
 */
final class CachedReports implements Integration, Closeable {
    private @Nullable SendCachedEnvelopeFireAndForgetIntegration sender;

    @Override
    public synchronized void register(IScopes scopes, SentryOptions options) {
        if (options.getCacheDirPath() == null || isSent(options)) {
            return;
        }
        var factory = new SendFireAndForgetEnvelopeSender(options::getCacheDirPath);
        sender = new SendCachedEnvelopeFireAndForgetIntegration(factory);
        sender.register(scopes, options);
    }

    private static boolean isSent(SentryOptions options) {
        return options.getIntegrations().stream()
                .anyMatch(SendCachedEnvelopeFireAndForgetIntegration.class::isInstance);
    }

    @Override
    public synchronized void close() throws IOException {
        if (sender != null) {
            sender.close();
        }
    }
}
