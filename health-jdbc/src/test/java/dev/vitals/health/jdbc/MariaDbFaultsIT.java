package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.testkit.FaultProxy;
import dev.vitals.testkit.FaultTable;
import dev.vitals.testkit.MariaDb;
import dev.vitals.testkit.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a MariaDB, done for real, and what {@link JdbcCheck} says of it. */
@Timeout(90)
class MariaDbFaultsIT {
    private static final FaultTable TABLE = new FaultTable(
            Path.of("..", "docs", "health-jdbc.md"),
            "faults of MariaDB",
            List.of(
                    "server killed (SIGKILL), and started again",
                    "server stopped (SIGSTOP), and continued",
                    "network black-holed"));

    private static final String RESET = "DOWN: no connection from the pool in time: connection reset (SQLState 08000)";
    private static final String SILENT =
            "DOWN: no connection from the pool in time: no answer in time (SQLState 08000)";

    private static MariaDb server;

    @BeforeAll
    static void startServer() throws Exception {
        server = MariaDb.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
            TABLE.finish();
        }
    }

    private interface Faults {
        void playTo(Watched watched, FaultProxy network) throws Exception;
    }

    private static void play(Faults faults) throws Exception {
        try (FaultProxy network = FaultProxy.to(server.port())) {
            HikariConfig config = Postgres.impatient(MariaDb.dataSource(network.port(), "root", ""), 2);
            try (var pool = new HikariDataSource(config);
                    JdbcCheck check = JdbcCheck.of(pool)) {
                eventually(() -> pool.getHikariPoolMXBean().getTotalConnections() == 2);
                try (Watched watched = new Watched(TABLE, check, () -> connections(pool, network))) {
                    faults.playTo(watched, network);
                }
            }
            network.clear();
            eventually(() -> network.openConnections() == 0, network::openConnections);
        }
    }

    private static Map<String, Integer> connections(HikariDataSource pool, FaultProxy network) throws SQLException {
        return Map.of(
                "at the server",
                Integer.parseInt(
                        server.query(
                                "SELECT count(*) FROM information_schema.processlist WHERE user = 'root' AND id <> connection_id()")),
                "in the network",
                network.openConnections(),
                "in the pool",
                pool.getHikariPoolMXBean().getTotalConnections());
    }

    @Test
    void aKilledServer() throws Exception {
        play((watched, network) ->
                watched.play("server killed (SIGKILL), and started again", RESET, server::kill, server::startAgain));
    }

    @Test
    void aFrozenServer() throws Exception {
        play((watched, network) ->
                watched.play("server stopped (SIGSTOP), and continued", SILENT, server::freeze, server::thaw));
    }

    @Test
    void aBlackHole() throws Exception {
        play((watched, network) -> watched.play("network black-holed", SILENT, network::blackHole, network::clear));
    }
}
