package dev.vitals.health;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the application itself knows to be broken beyond repair, such as a corrupted cache or a lost licence: while the
 * flag is raised, liveness fails. A value and no callback, so that no probe waits for foreign code, and no dependency
 * is asked. Safe for use by many threads.
 *
 * <pre>{@code
 * LivenessFlag broken = LivenessFlag.lowered();
 * broken.raise("the index is corrupted");
 * }</pre>
 */
public final class LivenessFlag implements LivenessCheck {
    private volatile @Nullable String reason;

    private LivenessFlag() {}

    /** {@return a flag that is not raised} */
    public static LivenessFlag lowered() {
        return new LivenessFlag();
    }

    /**
     * Liveness fails from now on.
     *
     * @param why in a few words for people, scrubbed before it is shown
     */
    public void raise(String why) {
        reason = Plain.text(Objects.requireNonNull(why, "why"));
    }

    /** All is well again. */
    public void lower() {
        reason = null;
    }

    @Override
    public @Nullable String failure() {
        return reason;
    }
}
