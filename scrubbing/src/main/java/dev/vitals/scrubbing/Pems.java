package dev.vitals.scrubbing;

import java.util.List;

/** PEM blocks (RFC 7468). */
final class Pems {
    private Pems() {}

    static List<Literal> literals() {
        return List.of();
    }
}
