package dev.vitals.health.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A query of the application's, and what it answers when all is well.
 *
 * @param expected a number, a boolean or a text
 */
record ValidationQuery(String sql, Object expected) {
    ValidationQuery {
        if (!(expected instanceof Number || expected instanceof Boolean || expected instanceof String)) {
            throw new IllegalArgumentException("nothing that a query answers equals a "
                    + expected.getClass().getName() + ": expect a number, a boolean or a text, and cast to it in SQL");
        }
    }

    boolean isAnsweredAsExpected(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && isExpected(expected instanceof String ? rows.getString(1) : rows.getObject(1));
        }
    }

    /** Numbers by value: a driver chooses their class. Some databases have numbers for booleans. */
    boolean isExpected(@Nullable Object answer) {
        if (expected instanceof Number wanted && answer instanceof Number number) {
            return isSame(wanted, number);
        }
        if (expected instanceof Boolean wanted && answer instanceof Number number) {
            return isSame(wanted ? 1 : 0, number);
        }
        return expected.equals(answer);
    }

    private static boolean isSame(Number one, Number other) {
        try {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        } catch (NumberFormatException notFinite) {
            return one.equals(other);
        }
    }
}
