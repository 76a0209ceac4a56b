package dev.vitals.errors;

import dev.vitals.errors.Counts.Loss;
import dev.vitals.errors.Storms.Told;
import io.sentry.UncaughtExceptionHandlerIntegration.UncaughtExceptionHint;
import io.sentry.hints.Enqueable;
import io.sentry.hints.SubmissionResult;
import io.sentry.protocol.SentryId;
import org.jspecify.annotations.Nullable;

/**
 * What Sentry tells of one report on its way: counted once, as sent or as dropped. The caller's thread hands it over,
 * the sender's thread brings the answer, in whatever order.
 */
final class Delivery implements Enqueable, SubmissionResult {
    private final Deliveries deliveries;
    private final @Nullable SentryId event;
    private final Told told;
    private final Thread caller = Thread.currentThread();
    private boolean calling = true;
    private boolean enqueued;
    private boolean handedOver;
    private boolean answered;
    private boolean arrived;
    private @Nullable Loss loss;
    private boolean settled;

    Delivery(Deliveries deliveries, @Nullable SentryId event, Told told) {
        this.deliveries = deliveries;
        this.event = event;
        this.told = told;
    }

    /** What the report tells of those that were held back before it. */
    Told told() {
        return told;
    }

    /** The call has returned: Sentry took the report, and an answer may come, or not. */
    synchronized void taken(boolean answerComes) {
        calling = false;
        handedOver = true;
        if (answered) {
            settle(loss);
        } else if (!answerComes) {
            settle(null);
        } else if (enqueued) {
            deliveries.await(this);
        } else {
            settle(Loss.QUEUE_OVERFLOW);
        }
    }

    /** There will be no answer, or none that is about this report. */
    synchronized void lost(Loss why) {
        settle(why);
    }

    /** The answer alone counts: it is not known when the call returns. */
    synchronized void goesOn() {
        handedOver = true;
        if (answered) {
            settle(loss);
        }
    }

    @Override
    public synchronized void markEnqueued() {
        enqueued = true;
    }

    @Override
    public void setResult(boolean success) {
        // Not under the lock: it may look on the disk.
        answer(success, lossOf(success));
    }

    private @Nullable Loss lossOf(boolean success) {
        // Where Sentry has told to wait, nothing reaches the sender.
        return !success && isRefusedAtOnce() ? Loss.RATELIMIT_BACKOFF : deliveries.lossOf(event, success);
    }

    private synchronized boolean isRefusedAtOnce() {
        return calling && Thread.currentThread() == caller;
    }

    private synchronized void answer(boolean success, @Nullable Loss why) {
        if (answered) {
            return;
        }
        answered = true;
        arrived = success;
        loss = why;
        if (handedOver) {
            settle(why);
        }
    }

    private void settle(@Nullable Loss why) {
        if (!settled) {
            settled = true;
            deliveries.settled(this, why);
        }
    }

    @Override
    public synchronized boolean isSuccess() {
        return arrived;
    }

    /** Sentry's own hint for what nobody caught is what it was to everybody else. */
    static final class Uncaught extends UncaughtExceptionHint implements Enqueable, SubmissionResult {
        private final UncaughtExceptionHint own;
        private final Delivery delivery;

        Uncaught(UncaughtExceptionHint own, Delivery delivery, Deliveries deliveries) {
            super(0, deliveries.logger());
            this.own = own;
            this.delivery = delivery;
        }

        @Override
        public boolean isFlushable(@Nullable SentryId eventId) {
            return own.isFlushable(eventId);
        }

        @Override
        public void setFlushable(SentryId eventId) {
            own.setFlushable(eventId);
        }

        @Override
        public void markFlushed() {
            own.markFlushed();
        }

        @Override
        public boolean waitFlush() {
            return own.waitFlush();
        }

        @Override
        public void markEnqueued() {
            delivery.markEnqueued();
        }

        @Override
        public void setResult(boolean success) {
            delivery.setResult(success);
        }

        @Override
        public boolean isSuccess() {
            return delivery.isSuccess();
        }
    }
}
