package dev.vitals.errors;

import org.jspecify.annotations.Nullable;

/** Scrubs one field of a report at a time. */
interface FieldScrubber {
    /** {@return whether whatever this name holds has to go} */
    boolean isSensitive(String name);

    /** {@return whether a number that Sentry writes under this name is a size, a time or a place in code} */
    boolean isMeasure(String name);

    /** {@return a name without its secrets} */
    String name(String name);

    /** {@return a text without its secrets} */
    String text(Place place, String name, String text);

    /** {@return what stands for a number that is a secret, null where it is none} */
    @Nullable
    String number(Place place, String name, Number number);
}
