package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.testkit.FaultProxy;
import dev.vitals.testkit.FaultTable;
import dev.vitals.testkit.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of a database, a network and a pool, done for real, and what {@link JdbcCheck} says of it. */
@Timeout(90)
class JdbcFaultsIT {
    private static final FaultTable TABLE = new FaultTable(
            Path.of("..", "docs", "health-jdbc.md"),
            List.of(
                    "server stopped in order, and started again",
                    "server killed (SIGKILL), and started again",
                    "every process of the server stopped (SIGSTOP), and continued",
                    "network black-holed",
                    "network with 1 s of latency each way",
                    "network resets every connection",
                    "network drips 20 bytes a second",
                    "every connection of the pool held, callers waiting",
                    "the same, and the network black-holed",
                    "sessions lost, and server full (`max_connections`) when they come back",
                    "password changed, sessions ended",
                    "pool closed"));

    private static final String REFUSED = noConnection("connection refused");
    private static final String SILENT = noConnection("no answer in time");
    private static final String RESET = noConnection("connection reset");

    private static Postgres postgres;

    private FaultProxy network;
    private HikariDataSource pool;
    private JdbcCheck check;

    private static String noConnection(String why) {
        return "DOWN: no connection from the pool in time: " + why + " (SQLState 08001)";
    }

    @BeforeAll
    static void startServer() throws Exception {
        postgres = Postgres.start(Map.of("max_connections", "20"));
    }

    @AfterAll
    static void stopServer() throws Exception {
        postgres.close();
        TABLE.finish();
    }

    @BeforeEach
    void startNetwork() throws Exception {
        network = FaultProxy.to(postgres.port());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (check != null) {
            check.close();
        }
        if (pool != null) {
            pool.close();
        }
        network.clear();
        eventually(() -> network.openConnections() == 0, () -> network.openConnections() + " open");
        network.close();
        eventually(() -> postgres.backends("%") == 0, () -> "back ends");
    }

    private Watched watch(HikariConfig config) throws Exception {
        pool = new HikariDataSource(config);
        check = JdbcCheck.of(pool);
        // With all that it will have, so that it is seen to come back.
        eventually(() -> pool.getHikariPoolMXBean().getTotalConnections() == config.getMaximumPoolSize());
        return new Watched(TABLE, check, this::connections);
    }

    private Watched watchDirectly() throws Exception {
        return watch(Postgres.impatient(postgres.dataSource(), 2));
    }

    private Watched watchThroughNetwork() throws Exception {
        return watch(Postgres.impatient(postgres.through(network), 2));
    }

    private Map<String, Integer> connections() throws SQLException {
        return Map.of(
                "at the server", postgres.backends("%"),
                "in the network", network.openConnections(),
                "in the pool", pool.getHikariPoolMXBean().getTotalConnections(),
                "lent", pool.getHikariPoolMXBean().getActiveConnections());
    }

    @Test
    void aStoppedServer() throws Exception {
        try (Watched watched = watchDirectly()) {
            watched.play("server stopped in order, and started again", REFUSED, postgres::stop, postgres::restart);
        }
    }

    @Test
    void aKilledServer() throws Exception {
        try (Watched watched = watchDirectly()) {
            watched.play("server killed (SIGKILL), and started again", REFUSED, postgres::kill, postgres::restart);
        }
    }

    @Test
    void aFrozenServer() throws Exception {
        try (Watched watched = watchDirectly()) {
            watched.play(
                    "every process of the server stopped (SIGSTOP), and continued",
                    SILENT,
                    postgres::freeze,
                    postgres::thaw);
        }
    }

    @Test
    void aBlackHole() throws Exception {
        try (Watched watched = watchThroughNetwork()) {
            watched.play("network black-holed", SILENT, network::blackHole, network::clear);
        }
    }

    @Test
    void latency() throws Exception {
        try (Watched watched = watchThroughNetwork()) {
            watched.play(
                    "network with 1 s of latency each way",
                    SILENT,
                    () -> network.latency(Duration.ofSeconds(1)),
                    network::clear);
        }
    }

    @Test
    void resets() throws Exception {
        try (Watched watched = watchThroughNetwork()) {
            watched.play("network resets every connection", RESET, network::reset, network::clear);
        }
    }

    @Test
    void aSlowDrip() throws Exception {
        try (Watched watched = watchThroughNetwork()) {
            watched.play("network drips 20 bytes a second", SILENT, () -> network.slowDrip(20), network::clear);
        }
    }

    @Test
    void anExhaustedPool() throws Exception {
        HikariConfig config = Postgres.impatient(postgres.through(network), 3);
        config.setConnectionTimeout(20_000);
        try (Watched watched = watch(config)) {
            var callers = new Callers(pool);
            watched.play(
                    "every connection of the pool held, callers waiting",
                    "DEGRADED: pool exhausted: 3 of 3 in use, 2 waiting",
                    () -> callers.hold(3, 2),
                    () -> {
                        callers.letGo();
                        check.close();
                    });
        }
    }

    @Test
    void anExhaustedPoolOfADeadDatabase() throws Exception {
        HikariConfig config = Postgres.impatient(postgres.through(network), 3);
        config.setConnectionTimeout(20_000);
        try (Watched watched = watch(config)) {
            var callers = new Callers(pool);
            watched.play(
                    "the same, and the network black-holed",
                    "DOWN: pool exhausted: 3 of 3 in use, 2 waiting; and no connection outside the pool in time",
                    () -> {
                        network.blackHole();
                        callers.hold(3, 2);
                    },
                    () -> {
                        network.clear();
                        callers.letGo();
                        check.close();
                    });
        }
    }

    @Test
    void aFullServer() throws Exception {
        PGSimpleDataSource guest = postgres.through(network);
        guest.setUser(Postgres.GUEST);
        guest.setPassword(Postgres.PASSWORD);
        var crowd = new ArrayList<Connection>();
        try (Watched watched = watch(Postgres.impatient(guest, 1))) {
            watched.play(
                    "sessions lost, and server full (`max_connections`) when they come back",
                    "DOWN: no connection from the pool in time: too many connections (SQLState 53300)",
                    () -> {
                        // Kept away meanwhile, lest the pool be quicker than the crowd.
                        network.reset();
                        eventually(() -> postgres.backends("%") == 0);
                        fill(crowd);
                        network.clear();
                    },
                    () -> {
                        for (Connection one : crowd) {
                            one.close();
                        }
                    });
        }
    }

    private static void fill(List<Connection> crowd) {
        var source = postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD);
        source.setApplicationName("crowd");
        while (true) {
            try {
                crowd.add(source.getConnection());
            } catch (SQLException full) {
                assertThat(full.getSQLState()).isEqualTo("53300");
                return;
            }
        }
    }

    private static void endSessions() throws SQLException {
        postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'checked'");
    }

    @Test
    void aWrongPassword() throws Exception {
        try (Watched watched = watch(Postgres.impatient(postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD), 1))) {
            watched.play(
                    "password changed, sessions ended",
                    "DOWN: no connection from the pool in time: authentication failed (SQLState 28P01)",
                    () -> {
                        postgres.execute("ALTER ROLE " + Postgres.GUEST + " PASSWORD 'another'");
                        endSessions();
                    },
                    () -> postgres.execute("ALTER ROLE " + Postgres.GUEST + " PASSWORD '" + Postgres.PASSWORD + "'"));
        }
    }

    @Test
    void aClosedPool() throws Exception {
        try (Watched watched = watchDirectly()) {
            watched.playForGood("pool closed", "DOWN: the pool is closed", pool::close);
        }
    }

    /** Ten checks, so that some find the pool busy and look past it, and the others wait for it. */
    @Test
    void twoHundredRunsAgainstABlackHoleLeaveNothingBehind() throws Exception {
        pool = new HikariDataSource(Postgres.impatient(postgres.through(network), 2));
        eventually(() -> pool.getHikariPoolMXBean().getTotalConnections() == 2);
        List<JdbcCheck> checks =
                Stream.generate(() -> JdbcCheck.of(pool)).limit(10).toList();
        var silent = new AtomicBoolean();
        var runs = new AtomicInteger();
        HealthMonitor.Builder builder = HealthMonitor.builder().listener(new HealthListener() {
            @Override
            public void onCompleted(HealthReport.Check after) {
                if (silent.get() && after.status() == Status.DOWN) {
                    runs.incrementAndGet();
                }
            }
        });
        for (JdbcCheck one : checks) {
            builder.observe("checked-" + checks.indexOf(one), one, options -> options.every(Duration.ofMillis(100))
                    .timeout(Duration.ofMillis(400)));
        }
        Map<String, Integer> connections = connections();
        Map<String, Integer> threads = Watched.threads(Integer.MAX_VALUE);
        try (HealthMonitor monitor = builder.start()) {
            eventually(() -> allAre(monitor, Status.UP), monitor::report);

            network.blackHole();
            silent.set(true);
            eventually(() -> runs.get() >= 200, runs::get);
            assertThat(allAre(monitor, Status.DOWN)).isTrue();
            assertThat(Watched.threads(0))
                    .as("attempts to connect outside the pool")
                    .satisfies(now -> assertThat(now.getOrDefault("vitals-jdbc-connect", 0))
                            .isLessThanOrEqualTo(checks.size()));
            silent.set(false);
            network.clear();

            eventually(() -> allAre(monitor, Status.UP), monitor::report);
            assertThat(monitor.report().engine().hung()).isZero();
        } finally {
            // With them goes the connection that each may keep.
            checks.forEach(JdbcCheck::close);
        }
        eventually(() -> connections().equals(connections), () -> "connections, before: " + connections);
        eventually(() -> Watched.threads(1).equals(threads), () -> Watched.threads(1) + "; before: " + threads);
    }

    private static boolean allAre(HealthMonitor monitor, Status status) {
        return monitor.report().checks().stream().allMatch(one -> one.status() == status);
    }
}
