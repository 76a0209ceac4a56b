package dev.vitals.examples.orders;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Borrows every connection of the pool and gives none back, as code that forgets to close does. */
final class PoolLeak {
    private final HikariDataSource pool;
    private final List<Connection> held = new ArrayList<>();

    PoolLeak(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Called on the faults' one thread. */
    void set(boolean on) throws SQLException {
        if (on) {
            while (held.size() < pool.getMaximumPoolSize()) {
                held.add(pool.getConnection());
            }
        } else {
            for (Connection connection : held) {
                connection.close();
            }
            held.clear();
        }
    }
}
