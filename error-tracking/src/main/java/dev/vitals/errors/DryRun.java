package dev.vitals.errors;

import io.sentry.Hint;
import io.sentry.ISerializer;
import io.sentry.SentryEnvelope;
import io.sentry.hints.Enqueable;
import io.sentry.hints.SubmissionResult;
import io.sentry.transport.ITransport;
import io.sentry.transport.RateLimiter;
import io.sentry.util.HintUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes envelopes where people can read them, in place of the network: as they would be on the wire, one after the other. */
final class DryRun implements ITransport {
    /** Leads nowhere, as RFC 2606 has it. */
    static final String DSN = "https://dry@run.invalid/0";

    private final PrintStream out;
    private final Supplier<ISerializer> serializer;

    DryRun(PrintStream out, Supplier<ISerializer> serializer) {
        this.out = out;
        this.serializer = serializer;
    }

    @Override
    public void send(SentryEnvelope envelope, Hint hint) throws IOException {
        HintUtils.runIfHasType(hint, Enqueable.class, Enqueable::markEnqueued);
        boolean written = false;
        try {
            synchronized (out) {
                serializer.get().serialize(envelope, out);
            }
            written = true;
        } catch (Exception failure) {
            throw new IOException("not written: " + failure.getClass().getName(), failure);
        } finally {
            boolean arrived = written;
            HintUtils.runIfHasType(hint, SubmissionResult.class, result -> result.setResult(arrived));
        }
    }

    @Override
    public void flush(long timeoutMillis) {
        out.flush();
    }

    @Override
    public @Nullable RateLimiter getRateLimiter() {
        return null;
    }

    @Override
    public void close() {
        out.flush();
    }

    @Override
    public void close(boolean isRestarting) {
        out.flush();
    }
}
