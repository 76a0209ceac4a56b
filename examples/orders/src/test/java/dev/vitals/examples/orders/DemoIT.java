package dev.vitals.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as a user starts it, on a real PostgreSQL and a real Redis. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void onceGoesRoundAndLeavesNothingBehind() throws Exception {
        try (var demo = DemoProcess.start(folder, "--once")) {
            assertThat(demo.exitCode()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(demo.out())
                    .contains(
                            "\"status\" : \"UP\"",
                            "\"product\" : \"PostgreSQL",
                            "metric families",
                            "answered as they must");
            assertThat(demo.servers()).isEmpty();
            assertThat(demo.files()).isEmpty();
        }
    }

    @Test
    void aCollectorThatNeverAnswersHoldsNothingUp() throws Exception {
        try (var silent = new ServerSocket(0, 50, Ports.loopback())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            try (var demo =
                    DemoProcess.start(folder, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url), "--once", "--zipkin", url)) {
                demo.awaitOutput("(answered as they must)");
                long stopping = System.nanoTime();
                assertThat(demo.exitCode()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - stopping))
                        .as("3 s for the last spans, and the time that the servers take")
                        .isLessThan(Duration.ofSeconds(25));
                assertThat(demo.err()).isEmpty();
            }
        }
    }

    @Test
    void aFrozenDatabaseStopsTrafficButRestartsNothing() throws Exception {
        try (var demo = DemoProcess.start(folder, "--port", "0", "--management-port", "0", "--traffic", "5")) {
            String management = demo.awaitOutput("health +(http\\S+)/health");
            String health = management + "/health/";
            DemoProcess.await(() -> demo.status("GET", health + "readiness") == 200);
            assertThat(demo.status("GET", management + "/livez")).isEqualTo(200);

            assertThat(demo.status("POST", management + "/faults/database?on=true"))
                    .isBetween(200, 202);
            DemoProcess.await(() -> demo.status("GET", health + "readiness") == 503);
            assertThat(demo.status("GET", management + "/readyz")).isEqualTo(503);
            assertThat(demo.status("GET", health + "liveness")).isEqualTo(200);
            assertThat(demo.status("GET", health + "startup")).isEqualTo(200);
            DemoProcess.await(() -> demo.get(health + "queue").contains("because of database"));

            assertThat(demo.status("POST", management + "/faults/database?on=false"))
                    .isBetween(200, 202);
            DemoProcess.await(() -> demo.status("GET", health + "readiness") == 200);
            assertThat(demo.out().lines().filter(line -> line.contains("database is DOWN")))
                    .as("told once")
                    .hasSize(1);

            assertThat(demo.status("POST", management + "/faults/maintenance?on=true"))
                    .isEqualTo(200);
            DemoProcess.await(() -> demo.status("GET", health + "readiness") == 503);
            assertThat(demo.status("GET", health + "liveness")).isEqualTo(200);
            DemoProcess.await(() -> demo.get(management + "/metrics")
                    .contains("vitals_health_probe_status{probe=\"readiness\",status=\"maintenance\"} 1.0"));
            assertThat(demo.status("POST", management + "/faults/maintenance?on=false"))
                    .isEqualTo(200);
            DemoProcess.await(() -> demo.status("GET", health + "readiness") == 200);

            assertDegraded(demo, management, "pool", "database", "pool exhausted: 10 of 10 in use, ");
            assertDegraded(demo, management, "redis-memory", "redis", " of maxmemory, policy noeviction: writes ");

            // Stopped with a fault on, it must wake the frozen processes before it can end them.
            assertThat(demo.status("POST", management + "/faults/database?on=true"))
                    .isBetween(200, 202);
            assertThat(demo.servers()).hasSizeGreaterThan(5);
            demo.terminate();
            assertThat(demo.exitCode()).isEqualTo(143);
            assertThat(demo.err()).isEmpty();
            assertThat(demo.servers()).isEmpty();
            assertThat(demo.files()).isEmpty();
        }
    }

    /** The check says what is wrong, and the service stays in traffic. */
    private static void assertDegraded(DemoProcess demo, String management, String fault, String check, String reason) {
        assertThat(demo.status("POST", management + "/faults/" + fault + "?on=true"))
                .isBetween(200, 202);
        DemoProcess.await(() -> demo.get(management + "/health/" + check).contains(reason));
        assertThat(demo.get(management + "/health/" + check)).contains("DEGRADED");
        assertThat(demo.status("GET", management + "/health/readiness")).isEqualTo(200);
        assertThat(demo.status("POST", management + "/faults/" + fault + "?on=false"))
                .isBetween(200, 202);
        DemoProcess.await(() -> demo.get(management + "/health/" + check).contains("\"UP\""));
    }

    @Test
    void stoppedWhileItStartsItLeavesNothingBehind() throws Exception {
        try (var demo = DemoProcess.start(folder, "--port=0", "--management-port=0")) {
            demo.awaitOutput("(starting PostgreSQL)");
            demo.terminate();
            assertThat(demo.exitCode()).isEqualTo(143);
            assertThat(demo.err()).isEmpty();
            assertThat(demo.servers()).isEmpty();
            assertThat(demo.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, --help lists all options",
        "--port=none, --port wants a number",
        "--jdbc-url=jdbc:postgresql://127.0.0.1:1/orders, --jdbc-url (ORDERS_JDBC_URL) cannot be reached",
        "--redis-uri=redis://127.0.0.1:1, --redis-uri (ORDERS_REDIS_URI) cannot be reached",
    })
    void badInputGetsOneLineAndExitCode2(String argument, String message) throws Exception {
        try (var demo = DemoProcess.start(folder, argument, "--once")) {
            assertRefused(demo, message);
            assertThat(demo.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"--port", "--management-port"})
    void aPortInUseGetsOneLineThatNamesIt(String option) throws Exception {
        try (var taken = new ServerSocket(0, 1, Ports.loopback());
                var demo = DemoProcess.start(folder, "--once", option, Integer.toString(taken.getLocalPort()))) {
            assertRefused(demo, "port " + taken.getLocalPort());
            assertThat(demo.files()).isEmpty();
        }
    }

    @Test
    void noRoomForTheServersGetsOneLine() throws Exception {
        try (var demo = DemoProcess.startWithoutRoom(folder)) {
            assertRefused(demo, "give --jdbc-url and --redis-uri");
        }
    }

    private static void assertRefused(DemoProcess demo, String message) throws Exception {
        assertThat(demo.exitCode()).isEqualTo(2);
        // Newer JDKs say a line of their own about a temporary folder that is not there.
        assertThat(demo.err())
                .filteredOn(line -> !line.startsWith("WARNING: java.io.tmpdir "))
                .singleElement()
                .asString()
                .startsWith("orders: ")
                .contains(message);
        assertThat(demo.servers()).isEmpty();
    }
}
