package dev.vitals.http.servlet;

import dev.vitals.health.Status;

/** Breaks the arrows, so that a test can see them broken: an adapter knows the seam to HTTP alone. */
public final class SeesHealth {
    /** {@return what this module must not know} */
    public Status status() {
        return Status.UP;
    }
}
