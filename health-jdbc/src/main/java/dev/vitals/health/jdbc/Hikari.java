package dev.vitals.health.jdbc;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** HikariCP's pool. Whoever names this class is ready for a {@link LinkageError}: HikariCP is optional. */
final class Hikari implements ConnectionPool {
    private final HikariDataSource pool;

    private Hikari(HikariDataSource pool) {
        this.pool = pool;
    }

    static @Nullable ConnectionPool behind(DataSource dataSource) throws SQLException {
        if (dataSource instanceof HikariDataSource pool) {
            return new Hikari(pool);
        }
        return dataSource.isWrapperFor(HikariDataSource.class)
                ? new Hikari(dataSource.unwrap(HikariDataSource.class))
                : null;
    }

    static boolean isClosed(DataSource dataSource) {
        return dataSource instanceof HikariDataSource pool && pool.isClosed();
    }

    @Override
    public Usage usage() {
        int max = pool.getMaximumPoolSize();
        HikariPoolMXBean started = pool.getHikariPoolMXBean();
        return started == null
                ? new Usage(0, 0, 0, max, pool.isClosed())
                : new Usage(
                        started.getActiveConnections(),
                        started.getIdleConnections(),
                        started.getThreadsAwaitingConnection(),
                        max,
                        pool.isClosed());
    }

    /** In HikariCP's own order of what counts first. */
    @Override
    public Connection connectOutside() throws SQLException {
        Connection connection = connect();
        try {
            setUp(connection);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            new Loan(connection).giveBackAfter(failure);
            throw failure;
        }
    }

    private Connection connect() throws SQLException {
        Login login = login();
        DataSource source = pool.getDataSource();
        if (source == null && pool.getDataSourceClassName() != null) {
            // With the arguments spelt out: the method without them is not in versions before 7.
            source = UtilityElf.createInstance(pool.getDataSourceClassName(), DataSource.class, new Object[0]);
            PropertyElf.setTargetFromProperties(source, pool.getDataSourceProperties());
        }
        if (source != null) {
            Connection direct = PostgresSource.connect(source, login.user, login.password);
            return direct != null ? direct : login.to(source);
        }
        String url = pool.getJdbcUrl();
        if (url != null) {
            return new DriverDataSource(
                            TimeOuts.withoutLoginTimeOut(url),
                            pool.getDriverClassName(),
                            TimeOuts.added(url, pool.getDataSourceProperties()),
                            login.user,
                            login.password)
                    .getConnection();
        }
        if (pool.getHikariPoolMXBean() instanceof HikariPool fromJndi) {
            return login.to(fromJndi.getUnwrappedDataSource());
        }
        throw new SQLFeatureNotSupportedException("the pool's configuration names no way to connect");
    }

    private Login login() {
        try {
            HikariCredentialsProvider provider = pool.getCredentialsProvider();
            Credentials now = provider != null ? provider.getCredentials() : pool.getCredentials();
            return new Login(now.getUsername(), now.getPassword());
        } catch (LinkageError beforeVersion7) {
            return new Login(pool.getUsername(), pool.getPassword());
        }
    }

    /** What a query may depend on. Nothing is asked of the server where the application has not set it. */
    private void setUp(Connection connection) throws SQLException {
        if (pool.isReadOnly()) {
            connection.setReadOnly(true);
        }
        if (pool.getCatalog() != null) {
            connection.setCatalog(pool.getCatalog());
        }
        if (pool.getSchema() != null) {
            connection.setSchema(pool.getSchema());
        }
        if (pool.getConnectionInitSql() != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(pool.getConnectionInitSql());
            }
        }
    }

    /** Not a record, whose text would show the password. */
    private static final class Login {
        private final @Nullable String user;
        private final @Nullable String password;

        Login(@Nullable String user, @Nullable String password) {
            this.user = user;
            this.password = password;
        }

        Connection to(DataSource source) throws SQLException {
            return user == null ? source.getConnection() : source.getConnection(user, password);
        }
    }
}
