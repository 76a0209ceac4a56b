package dev.vitals.errors;

import io.sentry.IScope;
import io.sentry.ISerializer;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongSupplier;

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
public final class ErrorTracking implements AutoCloseable {
    private final Settings settings;
    private final Counts counts;
    private final ErrorContext context;
    private final Admission admission;
    private volatile boolean started;

    private ErrorTracking(Settings settings, Counts counts, Admission admission) {
        this.settings = settings;
        this.counts = counts;
        this.admission = admission;
        this.context = new ErrorContext(settings.userId(), settings.fields());
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
        return install(options, settings, Gate.fits(), System::nanoTime);
    }

    static ErrorTracking install(SentryOptions options, Settings settings, boolean gateFits, LongSupplier nanoTime) {
        ISerializer serializer = options.getSerializer();
        if (serializer instanceof ScrubbingSerializer installed) {
            return installed.tracking();
        }
        var counts = new Counts();
        var admission = new Admission(settings, counts, nanoTime);
        var tracking = new ErrorTracking(settings, counts, admission);
        options.setSerializer(new ScrubbingSerializer(
                serializer, options, new Fields(settings.scrubber(), settings.attachments()), tracking));
        if (gateFits) {
            options.addIntegration((scopes, initialised) -> tracking.bind(scopes.getGlobalScope(), initialised));
        } else {
            options.getLogger()
                    .log(
                            SentryLevel.WARNING,
                            "Vitals does not know this version of Sentry: not all losses are counted.");
            options.addEventProcessor(
                    new AdmissionProcessor(admission, new Deliveries(counts, admission.storms(), options)));
        }
        options.addIntegration(new CachedReports());
        return tracking;
    }

    /** Sentry has made its client by now. */
    private void bind(IScope global, SentryOptions options) {
        global.bindClient(new Gate(global.getClient(), admission, new Deliveries(counts, admission.storms(), options)));
    }

    /** {@return what the application says about the work at hand} */
    public ErrorContext context() {
        return context;
    }

    /**
     * {@return how many errors Sentry has accepted} With a transport other than the SDK's own, or a hint that asks for
     * answers itself, how many were handed to the SDK.
     */
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
     * {@return how many errors passed and did not arrive, by reason} Each reason is there, also with 0:
     *
     * <ul>
     *   <li>{@code filtered}: by a hook, a processor or a sampling rate of the application's, or as one that Sentry knew
     *   <li>{@code ratelimit_backoff}: Sentry had told to wait
     *   <li>{@code queue_overflow}: more was waiting to be sent than may
     *   <li>{@code send_error}: Sentry did not answer, or refused it
     *   <li>{@code kept_on_disk}: Sentry could not be reached, and the report is kept in the SDK's folder
     *       ({@link SentryOptions#setCacheDirPath}). It is sent after the next start and not counted again; where the
     *       folder is full ({@link SentryOptions#setMaxCacheItems}), the SDK throws the oldest away
     *   <li>{@code closed}: Sentry was closed before it was sent
     * </ul>
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

    void started(boolean releaseHealth) {
        started = true;
        if (releaseHealth) {
            Sentry.startSession();
        }
    }

    /**
     * Ends the Sentry that {@link ErrorTrackingBuilder#start()} began, and its session where there is one; what is on its
     * way is given two seconds. Where it was installed, the application's own Sentry goes on.
     */
    @Override
    public void close() {
        if (started) {
            started = false;
            Sentry.endSession();
            Sentry.close();
        }
    }

    Settings settings() {
        return settings;
    }

    Counts counts() {
        return counts;
    }

    Storms storms() {
        return admission.storms();
    }
}
