package dev.vitals.errors;

import org.jspecify.annotations.Nullable;

/** Another scrubber, and where that throws, nothing: what cannot be judged must not go out. */
record GuardedScrubber(FieldScrubber scrubber) implements FieldScrubber {
    private static final String UNSCRUBBABLE = "[unscrubbable]";

    @Override
    public boolean isSensitive(String name) {
        try {
            return scrubber.isSensitive(name);
        } catch (Throwable failure) { // whatever it is
            return true;
        }
    }

    @Override
    public boolean isMeasure(String name) {
        try {
            return scrubber.isMeasure(name);
        } catch (Throwable failure) { // as above
            return false;
        }
    }

    @Override
    public String name(String name) {
        try {
            return scrubber.name(name);
        } catch (Throwable failure) { // as above
            return UNSCRUBBABLE;
        }
    }

    @Override
    public String text(Place place, String name, String text) {
        try {
            return scrubber.text(place, name, text);
        } catch (Throwable failure) { // as above
            return UNSCRUBBABLE;
        }
    }

    @Override
    public @Nullable String number(Place place, String name, Number number) {
        try {
            return scrubber.number(place, name, number);
        } catch (Throwable failure) { // as above
            return UNSCRUBBABLE;
        }
    }
}
