package dev.vitals.health.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** Data sources with a peculiarity, around real connections. */
final class Sources {
    private Sources() {}

    private interface Borrowing {
        Connection borrow() throws Exception;
    }

    /** Lends the same connection each time, open or not. */
    static DataSource lending(Connection connection) {
        return source(() -> connection);
    }

    /** Lends connections whose driver validates without heeding its time-out, as some do. */
    static DataSource validatingForEver(DataSource real) {
        return source(() -> validatingForEver(real.getConnection()));
    }

    private static DataSource source(Borrowing borrowing) {
        return (DataSource) Proxy.newProxyInstance(
                Sources.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> borrowing.borrow());
    }

    private static Connection validatingForEver(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Sources.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("isValid")) {
                        return real.isValid(0);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
