package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one body, each cut where it is long, and all of them together within a budget of bytes: what a body
 * costs does not depend on what the checks say. Scrubs what it is given: signs of life and reasons of the application's
 * own come past no check's run. Used by one thread.
 */
final class Texts {
    static final int LONGEST = 512;
    static final String CUT = "…";
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_BYTES_A_CHECK = 16 << 10;

    private int left = MOST_BYTES;
    private int leftOfCheck = MOST_BYTES_A_CHECK;

    /** From here on the next check's texts are counted. */
    void nextCheck() {
        leftOfCheck = MOST_BYTES_A_CHECK;
    }

    /** Whether anything more may be written. */
    boolean spent() {
        return left <= 0 || leftOfCheck <= 0;
    }

    /** Counts what is written without a text: a number, a bracket. */
    void spend(int bytes) {
        left -= bytes;
        leftOfCheck -= bytes;
    }

    /** A text that may hold anything. */
    String scrubbed(String text) {
        return plain(Plain.text(text));
    }

    /** A text that has been scrubbed: cut, and with half surrogate pairs, which UTF-8 cannot write, replaced. */
    String plain(String text) {
        if (spent()) {
            return CUT;
        }
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + CUT;
        String whole = new String(cut.getBytes(UTF_8), UTF_8);
        spend(cost(whole));
        return whole;
    }

    static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** To the millisecond: for what happens several times a second. */
    static String precise(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 100_000.0) / 10.0;
    }

    /** The word for what the application is about, or null while it is simply at work. */
    static @Nullable String state(HealthReport.Lifecycle lifecycle) {
        return lifecycle == HealthReport.Lifecycle.RUNNING
                ? null
                : lifecycle.name().toLowerCase(Locale.ROOT);
    }

    /** The most bytes that a text can take in JSON or HTML. */
    private static int cost(String text) {
        int bytes = 8;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || "\"\\<>&'".indexOf(c) >= 0) {
                bytes += 6;
            } else {
                bytes += c < 0x80 ? 1 : 3;
            }
        }
        return bytes;
    }
}
