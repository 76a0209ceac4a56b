package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How a tool keeps its history, and how that is read: in one query. */
interface History {
    Migrations read(Connection connection, List<String> expected) throws SQLException;

    /** This history in a table of another name. */
    History in(String table);

    /**
     * What the application expects.
     *
     * @throws IllegalArgumentException if that cannot be in such a history
     */
    void accept(String expected);
}
