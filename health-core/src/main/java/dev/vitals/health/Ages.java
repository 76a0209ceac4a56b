package dev.vitals.health;

import java.time.Duration;

/** How long ago, in as few words as serve: {@code 34 s}, {@code 14 min}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
final class Ages {
    private Ages() {}

    static String words(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 24 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }
}
