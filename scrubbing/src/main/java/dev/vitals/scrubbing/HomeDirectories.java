package dev.vitals.scrubbing;

import java.util.List;

/** User names in the paths of home directories. */
final class HomeDirectories {
    private HomeDirectories() {}

    static List<Literal> literals() {
        return List.of();
    }
}
