package dev.vitals.errors;

import dev.vitals.errors.Counts.Loss;
import dev.vitals.errors.Storms.Told;
import io.sentry.CheckIn;
import io.sentry.Hint;
import io.sentry.IScope;
import io.sentry.ISentryClient;
import io.sentry.ProfileChunk;
import io.sentry.ProfilingTraceData;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryLogEvent;
import io.sentry.SentryLogEvents;
import io.sentry.SentryMetricsEvent;
import io.sentry.SentryMetricsEvents;
import io.sentry.SentryReplayEvent;
import io.sentry.Session;
import io.sentry.TraceContext;
import io.sentry.UserFeedback;
import io.sentry.protocol.Feedback;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.SentryTransaction;
import io.sentry.transport.RateLimiter;
import io.sentry.util.HintUtils;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Sentry's own client, where an error is not more than its exception yet: lets it pass or holds it back,
 * and counts what becomes of it. All else passes.
 */
// Sentry's older ways to report are passed on as well.
@SuppressWarnings("deprecation")
final class Gate implements ISentryClient {
    private final ISentryClient client;
    private final Admission admission;
    private final Deliveries deliveries;

    Gate(ISentryClient client, Admission admission, Deliveries deliveries) {
        this.client = client;
        this.admission = admission;
        this.deliveries = deliveries;
    }

    /** Whether this version of Sentry has no ways to report that were not known when this was written. */
    static boolean fits() {
        return Arrays.stream(ISentryClient.class.getMethods()).allMatch(Gate::knows);
    }

    private static boolean knows(Method method) {
        try {
            return method.isDefault()
                    || Gate.class
                                    .getMethod(method.getName(), method.getParameterTypes())
                                    .getDeclaringClass()
                            == Gate.class;
        } catch (NoSuchMethodException unknown) {
            return false;
        }
    }

    @Override
    public SentryId captureEvent(SentryEvent event, @Nullable IScope scope, @Nullable Hint hint) {
        Told told = admission.admit(event);
        if (told == null) {
            return SentryId.EMPTY_ID;
        }
        Hint passed = hint == null ? new Hint() : hint;
        Delivery delivery = deliveries.follow(event, passed, told);
        boolean returned = false;
        try {
            SentryId id = client.captureEvent(event, scope, passed);
            returned = true;
            if (isNone(id)) {
                delivery.lost(HintUtils.isCaptureFailed(passed) ? Loss.SEND_ERROR : Loss.FILTERED);
            } else {
                deliveries.handedOver(delivery);
            }
            return id;
        } finally {
            if (!returned) {
                delivery.lost(Loss.SEND_ERROR);
            }
        }
    }

    // Comparing what is in an id makes Sentry draw it, a microsecond that is the sender's thread's otherwise.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isNone(SentryId id) {
        return id == SentryId.EMPTY_ID;
    }

    @Override
    public boolean isEnabled() {
        return client.isEnabled();
    }

    @Override
    public void close() {
        close(false);
    }

    @Override
    public void close(boolean isRestarting) {
        if (isRestarting) { // what waits is still sent
            deliveries.closing();
            client.close(true);
            return;
        }
        client.close(false);
        deliveries.closed();
    }

    @Override
    public void flush(long timeoutMillis) {
        client.flush(timeoutMillis);
    }

    @Override
    public SentryId captureFeedback(Feedback feedback, @Nullable Hint hint, IScope scope) {
        return client.captureFeedback(feedback, hint, scope);
    }

    @Override
    public SentryId captureReplayEvent(SentryReplayEvent event, @Nullable IScope scope, @Nullable Hint hint) {
        return client.captureReplayEvent(event, scope, hint);
    }

    @Override
    public void captureUserFeedback(UserFeedback userFeedback) {
        client.captureUserFeedback(userFeedback);
    }

    @Override
    public void captureSession(Session session, @Nullable Hint hint) {
        client.captureSession(session, hint);
    }

    @Override
    public @Nullable SentryId captureEnvelope(SentryEnvelope envelope, @Nullable Hint hint) {
        return client.captureEnvelope(envelope, hint);
    }

    @Override
    public SentryId captureTransaction(
            SentryTransaction transaction,
            @Nullable TraceContext traceContext,
            @Nullable IScope scope,
            @Nullable Hint hint,
            @Nullable ProfilingTraceData profilingTraceData) {
        return client.captureTransaction(transaction, traceContext, scope, hint, profilingTraceData);
    }

    @Override
    public SentryId captureProfileChunk(ProfileChunk profilingContinuousData, @Nullable IScope scope) {
        return client.captureProfileChunk(profilingContinuousData, scope);
    }

    @Override
    public SentryId captureCheckIn(CheckIn checkIn, @Nullable IScope scope, @Nullable Hint hint) {
        return client.captureCheckIn(checkIn, scope, hint);
    }

    @Override
    public void captureLog(SentryLogEvent logEvent, @Nullable IScope scope) {
        client.captureLog(logEvent, scope);
    }

    @Override
    public void captureMetric(SentryMetricsEvent metricsEvent, @Nullable IScope scope, @Nullable Hint hint) {
        client.captureMetric(metricsEvent, scope, hint);
    }

    @Override
    public void captureBatchedLogEvents(SentryLogEvents logEvents) {
        client.captureBatchedLogEvents(logEvents);
    }

    @Override
    public void captureBatchedMetricsEvents(SentryMetricsEvents metricsEvents) {
        client.captureBatchedMetricsEvents(metricsEvents);
    }

    @Override
    public @Nullable RateLimiter getRateLimiter() {
        return client.getRateLimiter();
    }

    @Override
    public boolean isHealthy() {
        return client.isHealthy();
    }
}
