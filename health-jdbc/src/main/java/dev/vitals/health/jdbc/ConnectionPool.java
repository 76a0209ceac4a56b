package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a check wants to know of a connection pool. HikariCP's is found without it; this is for all others. An
 * implementation is safe for use by many threads, and its {@link #usage} neither waits nor asks the database.
 *
 * <pre>{@code
 * ConnectionPool pool = new ConnectionPool() {
 *     public Usage usage() {
 *         return new Usage(dbcp.getNumActive(), dbcp.getNumIdle(), 0, dbcp.getMaxTotal(), dbcp.isClosed());
 *     }
 *
 *     public Connection connectOutside() throws SQLException {
 *         return DriverManager.getConnection(url, user, password);
 *     }
 * };
 * }</pre>
 */
public interface ConnectionPool {
    /** {@return how the pool is used now} */
    Usage usage();

    /**
     * {@return a new connection by the pool's own configuration, which is not one of the pool's} It should have a
     * time-out for the log-in and for answers of its own: an attempt that never ends keeps one thread.
     *
     * @throws SQLException if there can be none
     */
    Connection connectOutside() throws SQLException;

    /**
     * A pool at one moment.
     *
     * @param active connections lent to the application
     * @param idle connections that could be lent
     * @param waiting callers that wait for a connection; 0 where the pool does not tell
     * @param max the most connections that it makes; 0 or less where it does not tell, or where nothing stops it
     * @param closed whether it is closed for good
     */
    record Usage(int active, int idle, int waiting, int max, boolean closed) {}
}
