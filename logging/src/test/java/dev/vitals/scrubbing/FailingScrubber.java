package dev.vitals.scrubbing;

import java.util.function.Supplier;

/** Supplies a scrubber in which something goes wrong with every text that has a name and a value in it. */
public final class FailingScrubber implements Supplier<Scrubber> {
    public static final Scrubber SCRUBBER = new Scrubber((text, from, to) -> {
        throw new IllegalStateException("broken");
    });

    @Override
    public Scrubber get() {
        return SCRUBBER;
    }
}
