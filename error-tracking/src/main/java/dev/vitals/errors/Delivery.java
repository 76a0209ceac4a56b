package dev.vitals.errors;

import io.sentry.hints.Enqueable;
import io.sentry.hints.SubmissionResult;
import org.jspecify.annotations.Nullable;

/**
 * What Sentry tells of one report on its way: counted once, as sent or as dropped. The caller's thread hands it over,
 * the sender's thread brings the answer, in whatever order.
 */
final class Delivery implements Enqueable, SubmissionResult {
    private final Counts counts;
    private final Thread caller = Thread.currentThread();
    private boolean enqueued;
    private boolean handedOver;
    private boolean counted;
    private @Nullable Boolean arrived;
    private boolean refusedAtOnce;

    Delivery(Counts counts) {
        this.counts = counts;
    }

    /** The call has returned: Sentry took the report, or a hook, a processor or a sampling rate did not let it pass. */
    synchronized void handedOver(boolean taken) {
        handedOver = true;
        if (!taken) {
            lost(Counts.Loss.FILTERED);
        } else if (arrived == null && !enqueued) {
            lost(Counts.Loss.QUEUE_OVERFLOW);
        } else {
            settle();
        }
    }

    @Override
    public synchronized void markEnqueued() {
        enqueued = true;
    }

    @Override
    public synchronized void setResult(boolean success) {
        arrived = success;
        // Where Sentry has told to wait, nothing reaches the sender.
        refusedAtOnce = Thread.currentThread() == caller;
        settle();
    }

    private void settle() {
        if (!handedOver || arrived == null) {
            return;
        }
        if (!arrived) {
            lost(refusedAtOnce ? Counts.Loss.RATELIMIT_BACKOFF : Counts.Loss.SEND_ERROR);
        } else if (!counted) {
            counted = true;
            counts.sent.increment();
        }
    }

    private void lost(Counts.Loss loss) {
        if (!counted) {
            counted = true;
            counts.dropped(loss).increment();
        }
    }

    @Override
    public synchronized boolean isSuccess() {
        return Boolean.TRUE.equals(arrived);
    }
}
