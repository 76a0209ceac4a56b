package dev.vitals.errors;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

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
        SEND_ERROR
    }

    final LongAdder sent = new LongAdder();
    final LongAdder suppressed = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder skeletons = new LongAdder();
    final LongAdder attachments = new LongAdder();
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

    /** By Sentry's own words, in lower case, in the order of {@link Loss}. */
    Map<String, Long> droppedByReason() {
        var reasons = new LinkedHashMap<String, Long>();
        dropped.forEach((loss, count) -> reasons.put(loss.name().toLowerCase(java.util.Locale.ROOT), count.sum()));
        return reasons;
    }
}
