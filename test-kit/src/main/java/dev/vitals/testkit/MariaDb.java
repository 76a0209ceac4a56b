package dev.vitals.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB on 127.0.0.1, from the programs of the machine, that can be frozen, killed and replicated, and a guest in
 * it who has a password and no rights.
 */
public final class MariaDb implements AutoCloseable {
    public static final String GUEST = "guest_of_the_test";
    public static final String PASSWORD = "open-sesame-4711";

    private static final int PATIENCE_SECONDS = 30;

    private final Path directory;
    private final int port;
    private final String[] options;
    private Process process;

    private MariaDb(Path directory, int port, String... options) throws IOException {
        this.directory = directory;
        this.port = port;
        this.options = options;
        var install = new ArrayList<>(List.of(
                Tools.require("mariadb-install-db").toString(),
                "--no-defaults",
                "--datadir=" + data(),
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
        install.addAll(small());
        int exit = waitFor(log(new ProcessBuilder(install)).start());
        if (exit != 0) {
            throw new IOException("mariadb-install-db gave " + exit + ": " + told());
        }
        this.process = startAgain();
    }

    public static MariaDb start() throws IOException, SQLException {
        MariaDb server = start("--server-id=1", "--log-bin=binlog", "--binlog-format=ROW");
        try {
            server.execute("CREATE USER '" + GUEST + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
            return server;
        } catch (SQLException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** A second server that has replayed all that this one ever did, and goes on; read only, as replicas are. */
    public MariaDb startReplica() throws IOException, SQLException {
        MariaDb replica = start("--server-id=2", "--read-only=1", "--slave-net-timeout=2");
        try {
            replica.execute("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=" + port
                    + ", MASTER_USER='root', MASTER_PASSWORD='', MASTER_CONNECT_RETRY=1");
            replica.execute("START SLAVE");
            String done = query("SELECT @@gtid_binlog_pos");
            String waited = replica.query("SELECT MASTER_GTID_WAIT('" + done + "', " + PATIENCE_SECONDS + ")");
            if (!"0".equals(waited)) {
                throw new IOException("the replica has not replayed " + done + ": " + replica.told());
            }
            return replica;
        } catch (IOException | SQLException | RuntimeException failure) {
            replica.close();
            throw failure;
        }
    }

    private static MariaDb start(String... options) throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path directory = Files.createTempDirectory(target, "mariadb");
        try {
            return new MariaDb(directory, Ports.free(), options);
        } catch (IOException | RuntimeException failure) {
            delete(directory);
            throw failure;
        }
    }

    /** Starts the stopped or killed server on the port that it had. */
    public Process startAgain() throws IOException {
        var command = new ArrayList<>(List.of(
                Tools.require("mariadbd").toString(),
                "--no-defaults",
                "--datadir=" + data(),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Both in the data folder: the whole path may be longer than a socket's may be.
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=0",
                "--aria-pagecache-buffer-size=1M",
                "--key-buffer-size=1M"));
        command.addAll(small());
        command.addAll(Arrays.asList(options));
        Process started = log(new ProcessBuilder(command)).start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "mariadb-stop"));
        try {
            Eventually.eventually(() -> answers(started), this::told);
            return started;
        } catch (Exception | AssertionError failure) {
            started.destroyForcibly();
            throw new IOException("MariaDB does not start", failure);
        }
    }

    private boolean answers(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IOException("MariaDB ended: " + told());
        }
        try (Connection connection = dataSource().getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static List<String> small() {
        var small = new ArrayList<>(List.of("--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M"));
        if ("root".equals(System.getProperty("user.name"))) {
            small.add("--user=root");
        }
        return small;
    }

    public int port() {
        return port;
    }

    /** Opens a new connection each time. */
    public MariaDbDataSource dataSource(String user, String password) throws SQLException {
        return dataSource(port, user, password);
    }

    public MariaDbDataSource dataSource() throws SQLException {
        return dataSource("root", "");
    }

    /** The way to this server by another port, a proxy's. */
    public static MariaDbDataSource dataSource(int port, String user, String password) throws SQLException {
        var source = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/mysql");
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    public String query(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A replica goes on receiving and replays nothing. */
    public void pauseReplica() throws SQLException {
        execute("STOP SLAVE SQL_THREAD");
    }

    public void resumeReplica() throws SQLException {
        execute("START SLAVE");
    }

    public void freeze() throws IOException {
        new Signals().stop(List.of(process.pid()));
    }

    public void thaw() throws IOException {
        new Signals().go(List.of(process.pid()));
    }

    public void kill() throws IOException {
        process.destroyForcibly();
        waitFor(process);
    }

    public void stop() throws IOException {
        process.destroy();
        waitFor(process);
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } finally {
            delete(directory);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ProcessBuilder log(ProcessBuilder command) {
        return command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
    }

    private String told() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int waitFor(Process process) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("still there after " + PATIENCE_SECONDS + " s: " + process.info());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
