package dev.vitals.health.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses at set-up what makes no sense. */
final class Options {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Options() {}

    static <T> T given(@Nullable T value, String message) {
        if (value == null) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    static ConnectionPool open(@Nullable ConnectionPool pool, String option) {
        ConnectionPool given =
                given(pool, option + "(null): give it an implementation of ConnectionPool around the pool");
        if (given.usage().closed()) {
            throw new IllegalArgumentException("the pool is closed already: give " + option
                    + " the one that the application uses, while it is open");
        }
        return given;
    }

    static double share(double share, String option) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(option + "(" + share
                    + ") is no share of a pool: give a number above 0, up to 1, such as 0.9 for nine tenths");
        }
        return share;
    }

    static int atLeastOne(int value, String option) {
        if (value < 1) {
            throw new IllegalArgumentException(option + "(" + value + ") is too little: 1 at the least");
        }
        return value;
    }

    static Duration notNegative(@Nullable Duration time, String option) {
        Duration given = given(time, option + "(null): give a time, such as Duration.ofSeconds(30)");
        if (given.isNegative() || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + "(" + given + ") makes no sense: give a time from zero, for at once, up to " + LONGEST);
        }
        return given;
    }
}
