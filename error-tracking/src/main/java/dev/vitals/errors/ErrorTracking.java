package dev.vitals.errors;

import io.sentry.IScope;
import io.sentry.ISerializer;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import java.io.PrintStream;
import java.util.Map;

/**
 * Makes an application's Sentry safe to send, and keeps it from drowning in a storm of errors. It works on the
 * application's own {@link SentryOptions}; no option and no hook of the application's is changed, whether it was set
 * before or is set after. Safe for use by many threads.
 *
 * <p>Whatever Sentry sends passes the scrubber on the sender's thread, in the serializer: events, transactions, sessions,
 * check-ins, feedback, logs, metrics. Attachments are left out unless they are allowed. Where a report cannot be
 * scrubbed, a skeleton of it is sent: the exceptions' classes and frames, release, environment and trace, and no text.
 *
 * <p>An error is held back before Sentry makes a report of it where the same one comes too often; how many were held
 * back is told with the next one that passes, as the tag {@code vitals.suppressed}.
 *
 * <p>Every error that Sentry is given is counted once: {@link #sent()}, {@link #suppressed()}, {@link #ignored()} or
 * {@link #dropped()}, apart from those that are still on their way.
 */
public final class ErrorTracking {
    private final Settings settings;
    private final Counts counts;

    private ErrorTracking(Settings settings, Counts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    /**
     * Installs it with what is right for most; see {@link #builder()} for more.
     *
     * @param options the application's own, before {@code Sentry.init} returns; installing twice changes nothing
     * @return what is installed
     */
    public static ErrorTracking install(SentryOptions options) {
        return builder().install(options);
    }

    /** {@return a builder: {@code install} where the application has its own Sentry, {@code start} where it has none} */
    public static ErrorTrackingBuilder builder() {
        return new ErrorTrackingBuilder();
    }

    /**
     * Starts a Sentry that sends nothing: what would be sent is written, scrubbed, as it would be on the wire.
     *
     * @param out where to
     * @return what is started
     */
    public static ErrorTracking dryRun(PrintStream out) {
        return builder().dryRun(out).start();
    }

    static ErrorTracking install(SentryOptions options, Settings settings) {
        ISerializer serializer = options.getSerializer();
        if (serializer instanceof ScrubbingSerializer installed) {
            return installed.tracking();
        }
        var counts = new Counts();
        var tracking = new ErrorTracking(settings, counts);
        options.setSerializer(
                new ScrubbingSerializer(serializer, options, FieldScrubber.of(settings.scrubber()), tracking));
        options.addIntegration((scopes, initialised) -> bind(scopes.getGlobalScope(), initialised, counts));
        return tracking;
    }

    /** Sentry has made its client by now. */
    private static void bind(IScope global, SentryOptions options, Counts counts) {
        if (Gate.fits()) {
            global.bindClient(new Gate(global.getClient(), counts));
        } else {
            options.getLogger()
                    .log(SentryLevel.WARNING, "Vitals does not know this version of Sentry: errors are not counted.");
        }
    }

    /** {@return how many errors Sentry has accepted} */
    public long sent() {
        return counts.sent.sum();
    }

    /** {@return how many errors were held back, because the same or too many had been reported} */
    public long suppressed() {
        return counts.suppressed.sum();
    }

    /** {@return how many errors were of a kind that is not reported} */
    public long ignored() {
        return counts.ignored.sum();
    }

    /** {@return how many errors passed and did not arrive, for whatever reason} */
    public long dropped() {
        return droppedByReason().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return how many errors passed and did not arrive, by reason: {@code filtered} by a hook, a processor or a sampling
     * rate of the application's, {@code ratelimit_backoff}, {@code queue_overflow}, {@code send_error}}
     */
    public Map<String, Long> droppedByReason() {
        return counts.droppedByReason();
    }

    /** {@return how many reports could not be scrubbed, and were sent as a skeleton, or not at all} */
    public long skeletons() {
        return counts.skeletons.sum();
    }

    /** {@return how many attachments were left out} */
    public long attachmentsLeftOut() {
        return counts.attachments.sum();
    }

    Settings settings() {
        return settings;
    }

    Counts counts() {
        return counts;
    }
}
