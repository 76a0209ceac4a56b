package dev.vitals.examples.orders;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL of the demo's own, that can be frozen as a whole and thawed again. */
final class EmbeddedPostgreSql implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgreSql.class);
    private static final String FOLDER = "postgresql";

    private final Workspace workspace;
    private final EmbeddedPostgres server;
    private volatile boolean frozen;

    private EmbeddedPostgreSql(Workspace workspace, EmbeddedPostgres server) {
        this.workspace = workspace;
        this.server = server;
    }

    static EmbeddedPostgreSql start(Workspace workspace) throws IOException, InterruptedException {
        Path folder = workspace.directory(FOLDER);
        // The library makes this folder even where it puts nothing into it.
        System.setProperty("ot.epg.working-dir", folder.toString());
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                // An own object: the library remembers for each where it unpacked the programs.
                .setPgBinaryResolver(
                        (system, machine) -> DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine))
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(folder.resolve("data"))
                .setPort(Ports.free())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "''")
                .setServerConfig("max_connections", "50")
                .setPGStartupWait(Duration.ofSeconds(30))
                // Hooks run side by side; the demo's own stops things one after the other.
                .setRegisterShutdownHook(false)
                .start();
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while PostgreSQL started");
        }
        return new EmbeddedPostgreSql(workspace, server);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
    }

    /** Stops every process in its tracks, back ends too: connections stay open, and nothing answers. */
    void freeze() throws IOException {
        frozen = true;
        // Those forked while the list was made are on the next one.
        Set<Long> stopped = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            List<ProcessHandle> more = workspace.processesOf(FOLDER).stream()
                    .filter(process -> !stopped.contains(process.pid()))
                    .toList();
            if (more.isEmpty()) {
                return;
            }
            Signals.send("STOP", more);
            more.forEach(process -> stopped.add(process.pid()));
        }
    }

    void thaw() throws IOException {
        Signals.send("CONT", workspace.processesOf(FOLDER));
        frozen = false;
    }

    @Override
    public void close() {
        try {
            if (frozen) {
                thaw();
            }
            server.close();
        } catch (IOException failed) {
            LOG.warn("PostgreSQL did not stop as it should: {}", failed.toString());
        }
    }
}
