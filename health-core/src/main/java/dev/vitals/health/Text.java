package dev.vitals.health;

import java.time.Duration;

/** How figures are written for people. */
final class Text {
    private Text() {}

    static String seconds(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
