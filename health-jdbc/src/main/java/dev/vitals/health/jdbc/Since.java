package dev.vitals.health.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long something was so each time that anybody looked, three times at least: two looks that are far apart are two
 * blinks. Its user sees to it that one thread looks at a time.
 */
final class Since {
    private static final int LEAST_LOOKS = 3;

    private @Nullable Long firstNanos;
    private int looks;

    /** {@return for how long it is so; null where it is not} */
    @Nullable
    Duration seen(boolean so, long nowNanos) {
        if (!so) {
            firstNanos = null;
            looks = 0;
            return null;
        }
        Long first = firstNanos;
        if (first == null) {
            first = nowNanos;
            firstNanos = first;
        }
        looks++;
        return looks < LEAST_LOOKS ? Duration.ZERO : Duration.ofNanos(nowNanos - first);
    }
}
