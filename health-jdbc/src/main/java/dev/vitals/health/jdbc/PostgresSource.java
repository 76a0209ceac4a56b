package dev.vitals.health.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects as one of PostgreSQL's own data sources would, with {@link TimeOuts}: the data source itself belongs to the
 * application, so nothing is set on it. By reflection, since the driver is none of this module's dependencies.
 */
final class PostgresSource {
    private PostgresSource() {}

    /** Null where it is no such data source, and has to connect by itself. */
    static @Nullable Connection connect(DataSource source, @Nullable String user, @Nullable String password)
            throws SQLException {
        // A class derived from it may do something else in its getConnection.
        if (!source.getClass().getName().startsWith("org.postgresql.ds.")) {
            return null;
        }
        Driver driver;
        @Nullable String url;
        var properties = new Properties();
        try {
            url = told(source, "getURL");
            set(properties, "user", user != null ? user : told(source, "getUser"));
            set(properties, "password", user != null ? password : told(source, "getPassword"));
            driver = Class.forName(
                            "org.postgresql.Driver", true, source.getClass().getClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException otherVersion) {
            return null;
        }
        return url == null ? null : driver.connect(TimeOuts.withoutLoginTimeOut(url), TimeOuts.added(url, properties));
    }

    private static @Nullable String told(DataSource source, String getter) throws ReflectiveOperationException {
        return (String) source.getClass().getMethod(getter).invoke(source);
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
