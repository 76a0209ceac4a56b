package dev.vitals.health.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Data sources with a peculiarity, around real connections. */
final class Sources {
    private Sources() {}

    /** Lends the same connection each time, open or not. */
    static DataSource lending(Connection connection) {
        return source(() -> connection);
    }

    /** Lends nothing. */
    static DataSource throwing(RuntimeException thrown) {
        return source(() -> {
            throw thrown;
        });
    }

    /** Lends the same connection each time, as a pool that does nothing at all when it comes back. */
    static DataSource carelesslyPooling(Connection connection) {
        return source(() -> replacing("close", () -> null, connection));
    }

    /** Lends connections whose driver validates without heeding its time-out, as some do. */
    static DataSource validatingForEver(DataSource real) {
        return source(() -> {
            Connection connection = real.getConnection();
            return replacing(
                    "isValid",
                    () -> {
                        connection.setNetworkTimeout(Runnable::run, 0);
                        return connection.isValid(0);
                    },
                    connection);
        });
    }

    /** A connection whose driver validates by a query, as some do, which begins a transaction. */
    static Connection validatingByQuery(Connection real) {
        return replacing(
                "isValid",
                () -> {
                    try (Statement statement = real.createStatement()) {
                        return statement.execute("SELECT 1");
                    }
                },
                real);
    }

    /** Hides what it wraps, until it is unwrapped. */
    static DataSource wrapping(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                Sources.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> method.invoke(real, args));
    }

    /** Something happens between the moment a connection is lent and its first use. */
    static DataSource onceLent(DataSource real, Callable<?> happens) {
        return source(() -> {
            Connection connection = real.getConnection();
            happens.call();
            return connection;
        });
    }

    /** Something happens once, just before the first statement that begins so is made. */
    static DataSource beforeStatement(Connection real, String beginning, Task happens) {
        var done = new AtomicBoolean();
        return source(() -> (Connection) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("prepareStatement")
                            && args[0].toString().startsWith(beginning)
                            && done.compareAndSet(false, true)) {
                        happens.run();
                    }
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    /** What may throw. */
    interface Task {
        void run() throws Exception;
    }

    private static DataSource source(Callable<Connection> borrow) {
        return (DataSource) Proxy.newProxyInstance(
                Sources.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> method.getName().equals("isWrapperFor") ? false : borrow.call());
    }

    private static Connection replacing(String name, Callable<?> instead, Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals(name)) {
                        return instead.call();
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
