package dev.vitals.health.jdbc;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flyway's table, whose names it always quotes. */
record FlywayHistory(String table) implements History {
    private static final int MOST_ROWS = 100_000;
    private static final Pattern VERSION = Pattern.compile("\\d+([._]\\d+)*");

    /**
     * One line of it.
     *
     * @param version null for a repeatable migration
     * @param type such as SQL, BASELINE, UNDO_SQL, DELETE
     * @param script its file
     * @param success whether it went well
     */
    record Line(@Nullable String version, String type, String script, boolean success) {
        private boolean takesBack() {
            return type.contains("UNDO") || type.equals("DELETE");
        }
    }

    @Override
    public FlywayHistory in(String other) {
        return new FlywayHistory(other);
    }

    @Override
    public void accept(String expected) {
        if (!VERSION.matcher(expected).matches()) {
            throw new IllegalArgumentException(
                    "\"" + expected + "\" is no version of Flyway's: give the number alone, such"
                            + " as \"1.2\" for V1.2__add_orders.sql");
        }
    }

    @Override
    public Migrations read(Connection connection, List<String> expected) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        var lines = new ArrayList<Line>();
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(MOST_ROWS);
            try (ResultSet rows = statement.executeQuery(sql(quote))) {
                while (rows.next()) {
                    String type = String.valueOf(rows.getString(2)).toUpperCase(Locale.ROOT);
                    lines.add(new Line(rows.getString(1), type, String.valueOf(rows.getString(3)), rows.getBoolean(4)));
                }
            }
        }
        return migrations(lines, expected);
    }

    private String sql(String quote) {
        String columns = SetUp.quoted("version", quote) + ", " + SetUp.quoted("type", quote) + ", "
                + SetUp.quoted("script", quote) + ", " + SetUp.quoted("success", quote);
        return "SELECT " + columns + " FROM " + SetUp.quoted(table, quote) + " ORDER BY "
                + SetUp.quoted("installed_rank", quote);
    }

    /** Of each version, and of each script without one, the last line counts. A baseline stands for all before it. */
    static Migrations migrations(List<Line> lines, List<String> expected) {
        var last = new HashMap<Object, Line>();
        List<BigInteger> baseline = null;
        for (Line line : lines) {
            String version = line.version();
            Object key = version == null ? line.script() : numbers(version);
            last.put(key, line);
            if (version != null && line.success() && line.type().contains("BASELINE")) {
                List<BigInteger> numbers = numbers(version);
                baseline = baseline == null || compare(numbers, baseline) > 0 ? numbers : baseline;
            }
        }
        int failed =
                (int) last.values().stream().filter(line -> !line.success()).count();
        return new Migrations(failed, pending(last, baseline, expected), List.of());
    }

    private static List<String> pending(
            Map<Object, Line> last, @Nullable List<BigInteger> baseline, List<String> expected) {
        var pending = new ArrayList<String>();
        for (String version : expected) {
            List<BigInteger> numbers = numbers(version);
            Line line = last.get(numbers);
            boolean there = line == null
                    ? baseline != null && compare(numbers, baseline) <= 0
                    : line.success() && !line.takesBack();
            if (!there) {
                pending.add(version);
            }
        }
        return List.copyOf(pending);
    }

    /** As Flyway reads a version: 1, 01, 1.0 and 1_0 are the same. What is no version is one that nobody expects. */
    static List<BigInteger> numbers(String version) {
        if (!VERSION.matcher(version).matches()) {
            return List.of(BigInteger.ONE.negate());
        }
        var numbers = new ArrayList<BigInteger>();
        for (String part : version.split("[._]", -1)) {
            numbers.add(new BigInteger(part));
        }
        while (!numbers.isEmpty() && numbers.get(numbers.size() - 1).signum() == 0) {
            numbers.remove(numbers.size() - 1);
        }
        return List.copyOf(numbers);
    }

    static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            int order = at(one, i).compareTo(at(other, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger at(List<BigInteger> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }
}
