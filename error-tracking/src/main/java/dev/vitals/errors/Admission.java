package dev.vitals.errors;

import dev.vitals.errors.Storms.Told;
import io.sentry.SentryEvent;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets an error pass, with what it has to tell, or holds it back and counts it. Safe for use by many threads. */
final class Admission {
    static final String SUPPRESSED = "vitals.suppressed";
    static final String SUPPRESSED_OTHERS = "vitals.suppressed_others";

    private final Counts counts;
    private final Ignored ignored;
    private final Storms storms;

    Admission(Settings settings, Counts counts, LongSupplier nanoTime) {
        this.counts = counts;
        this.ignored = new Ignored(settings.ignored());
        this.storms = new Storms(settings, nanoTime);
    }

    /** Returns null where the event goes no further. Where we fail, it passes. */
    @Nullable
    Told admit(SentryEvent event) {
        try {
            if (ignored.contains(event.getThrowable())) {
                counts.ignored.increment();
                return null;
            }
            Told told = storms.admit(Fingerprints.of(event));
            if (told == null) {
                counts.suppressed.increment();
                return null;
            }
            tell(event, told);
            return told;
        } catch (Throwable foreign) { // an exception's own methods are the application's
            return Told.NOTHING;
        }
    }

    private static void tell(SentryEvent event, Told told) {
        if (told.same() > 0) {
            event.setTag(SUPPRESSED, Long.toString(told.same()));
        }
        if (told.others() > 0) {
            event.setTag(SUPPRESSED_OTHERS, Long.toString(told.others()));
        }
    }

    Storms storms() {
        return storms;
    }
}
