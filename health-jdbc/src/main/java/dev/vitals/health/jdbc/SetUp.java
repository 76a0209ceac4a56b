package dev.vitals.health.jdbc;

import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Refuses at set-up what makes no sense. */
final class SetUp {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final String WORD = "[A-Za-z_][A-Za-z0-9_$]{0,63}";
    private static final Pattern TABLE = Pattern.compile(WORD + "(\\." + WORD + ")?");

    private SetUp() {}

    static DataSource dataSource(@Nullable DataSource source, String method) {
        DataSource given = given(source, "the data source is null: make the pool first, then give it to " + method);
        if (Pools.behind(given).isClosedAtSetUp()) {
            throw new IllegalArgumentException("the pool is closed already: give " + method
                    + " the one that the application uses, while it is open");
        }
        return given;
    }

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

    static Duration notNegative(@Nullable Duration time, String option) {
        Duration given = given(time, option + "(null): give a time, such as Duration.ofSeconds(30)");
        if (given.isNegative() || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + "(" + given + ") makes no sense: give a time from zero, for at once, up to " + LONGEST);
        }
        return given;
    }

    static Duration aboveZero(@Nullable Duration time, String option) {
        if (time == null || time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + "(" + time + ") makes no sense: give a time above zero, up to " + LONGEST);
        }
        return time;
    }

    static long atLeast(long least, long value, String option) {
        if (value < least) {
            throw new IllegalArgumentException(option + "(" + value + ") is too little: " + least + " at the least");
        }
        return value;
    }

    static double share(double share, String option) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(option + "(" + share
                    + ") is no share: give a number above 0, up to 1, such as 0.8 for four fifths");
        }
        return share;
    }

    /** A name of a table that can stand in a statement, as it is or in quotes: nothing in it can end it. */
    static String table(@Nullable String name) {
        if (name == null || !TABLE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a table: give letters, digits and _, with"
                            + " its schema in front where it needs one, and without quotes, such as \"app.jobs\"");
        }
        return name;
    }

    /** The name of a table with each of its words in quotes. */
    static String quoted(String table, String quote) {
        return quote + table.replace(".", quote + "." + quote) + quote;
    }
}
