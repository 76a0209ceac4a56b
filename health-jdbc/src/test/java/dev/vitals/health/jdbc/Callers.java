package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An application that holds every connection of its pool, with callers who wait for one. */
final class Callers {
    private final HikariDataSource pool;
    private final Queue<Connection> held = new ConcurrentLinkedQueue<>();
    private final List<Thread> waiting = new ArrayList<>();

    Callers(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Holds so many, which must be there already, and lets so many wait. */
    void hold(int connections, int callers) throws Exception {
        for (int i = 0; i < connections + callers; i++) {
            var caller = new Thread(this::call, "caller");
            waiting.add(caller);
            caller.start();
        }
        eventually(() -> held.size() == connections, held::size);
        eventually(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() >= callers);
    }

    private void call() {
        try {
            held.add(pool.getConnection());
        } catch (SQLException gaveUp) {
            return;
        }
    }

    void letGo() throws Exception {
        for (Thread caller : waiting) {
            eventually(() -> {
                giveBack();
                return !caller.isAlive();
            });
        }
        waiting.clear();
        giveBack();
    }

    private void giveBack() throws SQLException {
        Connection connection = held.poll();
        while (connection != null) {
            connection.close();
            connection = held.poll();
        }
    }
}
