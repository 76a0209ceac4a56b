package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.ISerializer;
import io.sentry.SentryOptions;

/** Makes an application's Sentry safe to send. Safe for use by many threads. */
public final class ErrorTracking {
    private ErrorTracking() {}

    /**
     * Takes the secrets out of all that Sentry sends: the values of sensitive names ({@code password},
     * {@code Authorization}, {@code apiKey}) and the secrets inside texts and URLs, in events, transactions, sessions,
     * check-ins, logs and whatever else becomes JSON. Attachments go out as the application attached them.
     *
     * <p>It stands in the serializer, which all of these pass on the sender's thread: no hook of the application's is
     * used or changed, and none, set before or after, goes round it. Only another {@link SentryOptions#setSerializer}
     * would. A field that cannot be scrubbed is replaced, an item that cannot be written is dropped.
     *
     * @param options the application's own options, before {@code Sentry.init} returns; installing twice changes nothing
     */
    public static void install(SentryOptions options) {
        ISerializer serializer = options.getSerializer();
        if (serializer instanceof ScrubbingSerializer) {
            return;
        }
        FieldScrubber fields = FieldScrubber.of(Scrubber.standard());
        options.setSerializer(new ScrubbingSerializer(serializer, options, fields));
    }
}
