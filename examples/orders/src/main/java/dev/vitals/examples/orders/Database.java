package dev.vitals.examples.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.metrics.JdbcMetrics;
import dev.vitals.metrics.PoolMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;

/** The pool, and the schema in the database behind it. */
final class Database {
    private Database() {}

    static HikariDataSource pool(String jdbcUrl, MeterRegistry registry) {
        var config = new HikariConfig();
        config.setPoolName("orders");
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        config.setInitializationFailTimeout(-1);
        // A frozen server must hold no thread of the service for ever; the driver's own defaults are without limit.
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("loginTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "5");
        var pool = new HikariDataSource(config);
        PoolMetrics.bind(pool, registry);
        return pool;
    }

    /** The pool as the service uses it: every statement is counted, and is a span of the request that it is for. */
    static DataSource observed(DataSource pool, MeterRegistry registry, OpenTelemetry openTelemetry) {
        return JdbcTelemetry.create(openTelemetry).wrap(JdbcMetrics.observe(pool, registry));
    }

    /** Fails with a line for the user if the database of their own is out of reach. */
    static void requireReachable(String jdbcUrl) throws BadInput {
        var properties = new Properties();
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        try (Connection connection = DriverManager.getConnection(jdbcUrl, properties)) {
            connection.isValid(3);
        } catch (SQLException unreachable) {
            throw new BadInput("the database of --jdbc-url (ORDERS_JDBC_URL) cannot be reached: "
                    + unreachable.getMessage() + cause(unreachable)
                    + " Mend the URL or start that server, or leave the option out for an"
                    + " embedded one");
        }
    }

    private static String cause(SQLException failure) {
        return failure.getCause() == null ? "" : " (" + failure.getCause() + ")";
    }

    static void migrate(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS vitals_demo");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS vitals_demo.orders (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        symbol text NOT NULL,
                        quantity integer NOT NULL CHECK (quantity > 0),
                        status text NOT NULL DEFAULT 'WAITING',
                        created_at timestamptz NOT NULL DEFAULT now(),
                        filled_at timestamptz)
                    """);
            // What came later: a database of the user's own may have the table of an older demo.
            statement.execute("""
                    ALTER TABLE vitals_demo.orders
                        ADD COLUMN IF NOT EXISTS email text,
                        ADD COLUMN IF NOT EXISTS price numeric(12, 2),
                        ADD COLUMN IF NOT EXISTS trace text
                    """);
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS orders_waiting ON vitals_demo.orders (id) WHERE status = 'WAITING'");
        }
    }
}
