package dev.vitals.health.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** For how long something was so each time that anybody looked. Its user sees to it that one thread looks at a time. */
final class Since {
    private @Nullable Long firstNanos;

    /** {@return for how long it is so; null where it is not} */
    @Nullable
    Duration seen(boolean so, long nowNanos) {
        if (!so) {
            firstNanos = null;
            return null;
        }
        Long first = firstNanos;
        if (first == null) {
            first = nowNanos;
            firstNanos = first;
        }
        return Duration.ofNanos(nowNanos - first);
    }
}
