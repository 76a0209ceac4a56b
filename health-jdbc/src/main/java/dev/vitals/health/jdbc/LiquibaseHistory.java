package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Liquibase's two tables, whose names it quotes only where they are in capitals and small letters.
 *
 * @param clock of this machine: Liquibase notes the time of the machine that it runs on
 */
record LiquibaseHistory(String table, Clock clock) implements History {
    static final String TABLE = "DATABASECHANGELOG";

    private static final int MOST_ROWS = 100_000;
    private static final Duration HELD_LONG = Duration.ofMinutes(10);

    @Override
    public LiquibaseHistory in(String other) {
        return new LiquibaseHistory(other, clock);
    }

    @Override
    public void accept(String expected) {
        // Any text is an id.
    }

    @Override
    public Migrations read(Connection connection, List<String> expected) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        Set<String> ids = new HashSet<>();
        int failed = 0;
        Timestamp lockedAt = null;
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(MOST_ROWS);
            try (ResultSet rows = statement.executeQuery(sql(quote))) {
                while (rows.next()) {
                    String id = rows.getString(1);
                    if (id == null) {
                        lockedAt = rows.getTimestamp(4);
                    } else if ("FAILED".equals(rows.getString(3))) {
                        failed++;
                    } else {
                        ids.add(id);
                        ids.add(rows.getString(2) + ":" + id);
                    }
                }
            }
        }
        List<String> pending = expected.stream().filter(id -> !ids.contains(id)).toList();
        return new Migrations(failed, pending, lock(lockedAt));
    }

    /** One query of both tables. The lock comes first, so that it is never cut off, and is known by having no id. */
    private String sql(String quote) {
        return "SELECT NULL, NULL, NULL, LOCKGRANTED FROM " + named(lockTable(), quote)
                + " WHERE LOCKGRANTED IS NOT NULL UNION ALL SELECT ID, AUTHOR, EXECTYPE, NULL FROM "
                + named(table, quote);
    }

    /** In the same schema, by the name that Liquibase gives it where nobody says otherwise. */
    private String lockTable() {
        return table.substring(0, table.indexOf('.') + 1) + TABLE + "LOCK";
    }

    private static String named(String name, String quote) {
        return Arrays.stream(name.split("\\.", -1))
                .map(word -> isMixed(word) ? SetUp.quoted(word, quote) : word)
                .collect(Collectors.joining("."));
    }

    private static boolean isMixed(String word) {
        return !word.equals(word.toUpperCase(Locale.ROOT)) && !word.equals(word.toLowerCase(Locale.ROOT));
    }

    private List<String> lock(@Nullable Timestamp since) {
        var others = new ArrayList<String>();
        if (since != null) {
            Duration held = Duration.between(since.toInstant(), clock.instant());
            if (held.compareTo(HELD_LONG) > 0) {
                others.add("the lock of migrations is held for " + Figures.seconds((double) held.toSeconds()));
            }
        }
        return others;
    }
}
