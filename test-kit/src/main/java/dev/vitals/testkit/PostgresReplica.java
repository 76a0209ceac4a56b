package dev.vitals.testkit;

import static dev.vitals.testkit.Eventually.eventually;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A streaming replica of a running {@link Postgres}, on 127.0.0.1 and a port of its own. */
public final class PostgresReplica implements AutoCloseable {
    private final Postgres server;

    private PostgresReplica(Postgres server) {
        this.server = server;
    }

    /** Copies the primary, and returns once its changes stream in. */
    public static PostgresReplica of(Postgres primary) throws Exception {
        return of(primary, primary.port());
    }

    /** The same, over a network that can be broken. */
    public static PostgresReplica of(Postgres primary, FaultProxy network) throws Exception {
        return of(primary, network.port());
    }

    private static PostgresReplica of(Postgres primary, int port) throws Exception {
        Path data = PostgresProcesses.newFolder();
        backUp(primary, data);
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "\nprimary_conninfo='host=127.0.0.1 port=" + port + " user=postgres application_name=replica'"
                        // Sooner than usual, for the sake of tests.
                        + "\nwal_retrieve_retry_interval='200ms'"
                        + "\nwal_receiver_status_interval='1s'"
                        + "\nwal_receiver_timeout='2s'\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        var replica =
                new PostgresReplica(Postgres.start(data, primary.processes().settings()));
        try {
            replica.awaitStreaming();
            return replica;
        } catch (Exception | AssertionError failure) {
            replica.close();
            throw failure;
        }
    }

    private static void backUp(Postgres primary, Path copy) throws SQLException, IOException {
        try (Connection connection = primary.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('replica', true)");
            copy(primary.processes().data(), copy);
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(from)) {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isCopied(from.relativize(file))) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException goneMeanwhile) {
                        // The server at work: what it changes while it is copied is in its log.
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static boolean isCopied(Path file) {
        String name = file.toString();
        return !name.startsWith("postmaster.") && !name.equals("epg-lock") && !name.startsWith("pg_wal/0");
    }

    /** Its server, which can be asked, stopped, killed, frozen and started again as any other. */
    public Postgres server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    public void awaitStreaming() throws Exception {
        eventually(
                () -> "streaming"
                        .equals(server.query("SELECT coalesce((SELECT status FROM pg_stat_wal_receiver), 'none')")),
                () -> "a replica without its primary");
    }

    /** Changes go on to arrive, and stay unseen. */
    public void pauseReplay() throws Exception {
        server.execute("SELECT pg_wal_replay_pause()");
        eventually(() -> "paused".equals(server.query("SELECT pg_get_wal_replay_pause_state()")));
    }

    public void resumeReplay() throws SQLException {
        server.execute("SELECT pg_wal_replay_resume()");
    }

    /** Makes it a primary, and returns once it is one. */
    public void promote() throws SQLException {
        server.execute("SELECT pg_promote()");
    }

    public void stop() throws IOException {
        server.stop();
    }

    public void kill() throws IOException {
        server.kill();
    }

    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
