package dev.vitals.errors;

import dev.vitals.errors.Storms.Told;
import io.sentry.EventProcessor;
import io.sentry.Hint;
import io.sentry.SentryEvent;
import org.jspecify.annotations.Nullable;

/**
 * In the gate's place where Sentry has ways to report that the gate does not know. It stands before Sentry's own
 * processors. What is dropped after it, by a hook or a full queue, nobody tells it, and it is not counted.
 */
final class AdmissionProcessor implements EventProcessor {
    private final Admission admission;
    private final Deliveries deliveries;

    AdmissionProcessor(Admission admission, Deliveries deliveries) {
        this.admission = admission;
        this.deliveries = deliveries;
    }

    @Override
    public @Nullable SentryEvent process(SentryEvent event, Hint hint) {
        Told told = admission.admit(event);
        if (told == null) {
            return null;
        }
        deliveries.follow(event, hint, told).goesOn();
        return event;
    }
}
