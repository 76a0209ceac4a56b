package dev.vitals.health.checks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses at set-up what makes no sense. */
final class Options {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private static final int LONGEST_NAME = 100;

    private Options() {}

    static <T> T given(@Nullable T value, String message) {
        if (value == null) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    static double share(double share, String option) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    option + "(" + share + ") is no share: give a number from 0 to 1, such as 0.1 for a tenth");
        }
        return share;
    }

    static long atLeast(long least, long value, String option) {
        if (value < least) {
            throw new IllegalArgumentException(option + "(" + value + ") is too little: " + least + " at the least");
        }
        return value;
    }

    static Duration aboveZero(@Nullable Duration time, String option) {
        if (time == null || time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + "(" + time + ") makes no sense: give a time above zero, up to " + LONGEST);
        }
        return time;
    }

    static String name(@Nullable String name, String what) {
        String given = given(name, "the " + what + " is null: name it, such as \"invoices\"");
        boolean plain =
                given.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-:@".indexOf(c) >= 0));
        if (given.isEmpty() || given.length() > LONGEST_NAME || !plain) {
            throw new IllegalArgumentException("that is no name of a " + what
                    + ": give one such as \"invoices\", of up to " + LONGEST_NAME + " ASCII characters without spaces");
        }
        return given;
    }

    static String host(@Nullable String host) {
        String name = given(host, "the host is null: name one, such as \"db.example.com\"");
        if (name.isBlank() || name.chars().anyMatch(c -> c <= ' ' || "/@?#".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "that is no host: give its name or address alone, such as \"db.example.com\", without a scheme, a path"
                            + " or spaces");
        }
        return name;
    }

    static int port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("there is no port " + port + ": give one from 1 to 65535");
        }
        return port;
    }
}
