package dev.vitals.logging;

import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Scrubber;
import java.util.function.Supplier;

/** Supplies a scrubber in which something goes wrong with every line that has its level in it. */
public final class FailingScrubber implements Supplier<Scrubber> {
    static final Scrubber SCRUBBER = Scrubber.builder()
            .detector(Kind.of("level"), "INFO", FailingScrubber::fail)
            .detector(Kind.of("level"), "ERROR", FailingScrubber::fail)
            .build();

    private static int fail(CharSequence text) {
        throw new IllegalStateException("broken at " + text);
    }

    @Override
    public Scrubber get() {
        return SCRUBBER;
    }
}
