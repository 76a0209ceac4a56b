package dev.vitals.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on 127.0.0.1 that can be stopped, killed and started again on the same port and data, and frozen. In
 * it is a guest who has a password and no right to any view of the server's.
 */
public final class Postgres implements AutoCloseable {
    public static final String GUEST = "guest_of_the_test";
    public static final String PASSWORD = "open-sesame-4711";

    private final PostgresProcesses processes;

    private Postgres(PostgresProcesses processes) {
        this.processes = processes;
    }

    public static Postgres start() throws SQLException, IOException {
        return start(Map.of());
    }

    /**
     * Starts one with settings of its own.
     *
     * @param settings such as {@code max_connections} and {@code 10}; no quoting is done
     */
    public static Postgres start(Map<String, String> settings) throws SQLException, IOException {
        PostgresProcesses processes = PostgresProcesses.in(PostgresProcesses.newFolder(), settings);
        try {
            processes.start();
            var postgres = new Postgres(processes);
            postgres.admitGuest();
            return postgres;
        } catch (SQLException | IOException | RuntimeException failure) {
            processes.close();
            throw failure;
        }
    }

    /** Starts one on what is there already. */
    static Postgres start(Path data, Map<String, String> settings) throws IOException {
        PostgresProcesses processes = PostgresProcesses.in(data, settings);
        try {
            processes.start();
            return new Postgres(processes);
        } catch (IOException | RuntimeException failure) {
            processes.close();
            throw failure;
        }
    }

    private void admitGuest() throws SQLException, IOException {
        Path access = processes.data().resolve("pg_hba.conf");
        Files.writeString(access, "host all " + GUEST + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        execute("CREATE ROLE " + GUEST + " LOGIN PASSWORD '" + PASSWORD + "'");
        execute("SELECT pg_reload_conf()");
    }

    PostgresProcesses processes() {
        return processes;
    }

    public int port() {
        return processes.port();
    }

    /** Opens a new connection each time. Its application name is what {@link #backends} counts. */
    public PGSimpleDataSource dataSource(String user, String password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName("postgres");
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("checked");
        return source;
    }

    public PGSimpleDataSource dataSource() {
        return dataSource("postgres", "");
    }

    /** Opens a new connection each time, through a network that can be broken. */
    public PGSimpleDataSource through(FaultProxy proxy) {
        PGSimpleDataSource source = dataSource();
        source.setPortNumbers(new int[] {proxy.port()});
        return source;
    }

    /** A pool of one connection that gives up before a check does. */
    public HikariDataSource pool(String user, String password) {
        return new HikariDataSource(impatient(dataSource(user, password), 1));
    }

    public HikariDataSource pool() {
        return pool("postgres", "");
    }

    /** For a pool that gives up before a check does, and is made whether the server is there or not. */
    public static HikariConfig impatient(DataSource connections, int most) {
        var config = new HikariConfig();
        config.setDataSource(connections);
        config.setMaximumPoolSize(most);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        config.setValidationTimeout(250);
        return config;
    }

    /** How many connections the server sees, of those made here for checks, in a state like the pattern. */
    public int backends(String state) throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity"
                + " WHERE application_name = 'checked' AND state LIKE '" + state + "'"));
    }

    public String query(String sql) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection admin() throws SQLException {
        PGSimpleDataSource source = dataSource();
        source.setApplicationName("admin");
        // A server that a failed test left frozen fails the next one, too, instead of holding it.
        source.setSocketTimeout(20);
        return source.getConnection();
    }

    /** Stops every process of the server with SIGSTOP. */
    public void freeze() throws IOException {
        processes.freeze();
    }

    public void thaw() throws IOException {
        processes.thaw();
    }

    /** In order: sessions are told that it shuts down. */
    public void stop() throws IOException {
        processes.stop();
    }

    /** Every process with SIGKILL, at once: the system closes its connections, and nothing is told or tidied. */
    public void kill() throws IOException {
        processes.kill();
    }

    /** Starts what was stopped or killed, on the same port and data. */
    public void restart() throws IOException {
        processes.start();
    }

    /** Leaves nothing behind, whatever state it is in. */
    @Override
    public void close() throws IOException {
        processes.close();
    }
}
