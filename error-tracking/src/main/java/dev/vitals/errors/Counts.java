package dev.vitals.errors;

import io.sentry.protocol.SentryId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of all that was reported; whatever comes in is counted once. Safe for use by many threads. */
final class Counts {
    /** Why a report did not arrive. */
    enum Loss {
        /** A hook, an event processor or a sampling rate of the application's, or a duplicate that Sentry knew. */
        FILTERED,
        /** Sentry had told to wait. */
        RATELIMIT_BACKOFF,
        /** More was waiting to be sent than may. */
        QUEUE_OVERFLOW,
        /** It could not be sent, or was refused. */
        SEND_ERROR,
        /** Sentry could not be reached, and keeps it in its folder for the next start. */
        KEPT_ON_DISK,
        /** Sentry was closed before it was sent. */
        CLOSED
    }

    /** An envelope that went without the report that it was made for. */
    private record LeftOut(SentryId event, Loss loss) {}

    final LongAdder sent = new LongAdder();
    final LongAdder suppressed = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder skeletons = new LongAdder();
    final LongAdder attachments = new LongAdder();
    private volatile @Nullable LeftOut leftOut;
    private final Map<Loss, LongAdder> dropped = new EnumMap<>(Loss.class);

    Counts() {
        for (Loss loss : Loss.values()) {
            dropped.put(loss, new LongAdder());
        }
    }

    LongAdder dropped(Loss loss) {
        LongAdder adder = dropped.get(loss);
        return adder == null ? new LongAdder() : adder;
    }

    /** The sender's thread writes an envelope without its report, and is told right after that it has arrived. */
    void leftOut(SentryId event, Loss loss) {
        leftOut = new LeftOut(event, loss);
    }

    /** Returns why this report was not in its envelope; null where it was. */
    @Nullable
    Loss leftOut(@Nullable SentryId event) {
        LeftOut last = leftOut;
        return last != null && last.event().equals(event) ? last.loss() : null;
    }

    /** By Sentry's own words, in lower case, in the order of {@link Loss}. */
    Map<String, Long> droppedByReason() {
        var reasons = new LinkedHashMap<String, Long>();
        dropped.forEach((loss, count) -> reasons.put(loss.name().toLowerCase(java.util.Locale.ROOT), count.sum()));
        return reasons;
    }
}
