package dev.vitals.health;

import org.jspecify.annotations.Nullable;

/**
 * A sign that this process itself is alive. Sealed, so that a dependency cannot get into liveness: a database that
 * is away must never restart the applications that wait for it.
 */
public sealed interface LivenessCheck permits Heartbeat, LivenessFlag {
    /**
     * {@return what is known to be broken in this process, or null while nothing is} Called at every liveness probe:
     * it neither blocks nor allocates while all is well.
     */
    @Nullable
    String failure();
}
