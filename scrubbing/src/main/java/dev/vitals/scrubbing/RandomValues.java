package dev.vitals.scrubbing;

import java.util.List;

/** Random-looking values beside a sensitive word. */
final class RandomValues {
    private RandomValues() {}

    static List<Literal> literals() {
        return List.of();
    }
}
