package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.run;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that mean no good: the checks end with their deadline, and leave no connection behind. */
@Timeout(120)
class HostileServersTest {
    private static final byte[] HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(US_ASCII);

    private static final RawServer.Talk SILENT = RawServer::untilHungUp;

    private static final RawServer.Talk DRIPS = socket -> {
        OutputStream out = socket.getOutputStream();
        for (byte one : "HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(US_ASCII)) {
            out.write(one);
        }
        while (true) {
            out.write('x');
            out.flush();
            Thread.sleep(20);
        }
    };

    private static final RawServer.Talk DRIPS_ITS_BODY = socket -> {
        OutputStream out = socket.getOutputStream();
        out.write(HEAD);
        while (true) {
            out.write('x');
            out.flush();
            Thread.sleep(20);
        }
    };

    private static final RawServer.Talk ENDLESS = socket -> {
        OutputStream out = socket.getOutputStream();
        out.write(HEAD);
        var chunk = new byte[64 * 1024];
        while (true) {
            out.write(chunk);
        }
    };

    private static final RawServer.Talk HANGS_UP =
            socket -> socket.getInputStream().read();

    private static final RawServer.Talk NONSENSE = socket -> {
        socket.getOutputStream().write("secret nonsense\r\n\r\n".getBytes(US_ASCII));
        RawServer.untilHungUp(socket);
    };

    private static HealthCheck http(RawServer server) {
        return HttpCheck.get(server.uri("http", "/"));
    }

    private static HealthCheck httpWithBody(RawServer server) {
        return HttpCheck.get(server.uri("http", "/")).expectingBody("is anything", body -> true);
    }

    private static HealthCheck https(RawServer server) {
        return HttpCheck.get(server.uri("https", "/"));
    }

    private static HealthCheck webSocket(RawServer server) {
        return WebSocketCheck.of(server.uri("ws", "/"));
    }

    private static HealthCheck certificate(RawServer server) {
        return CertificateCheck.ofEndpoint("127.0.0.1", server.port());
    }

    static Stream<Arguments> meetings() {
        return Stream.of(
                meeting("http, silent", HostileServersTest::http, SILENT, "no answer in time"),
                meeting("http, drips its head", HostileServersTest::http, DRIPS, "no answer in time"),
                meeting("http, drips its body", HostileServersTest::http, DRIPS_ITS_BODY, "no answer in time"),
                meeting("http, endless", HostileServersTest::httpWithBody, ENDLESS, "the body is longer than 64 KiB"),
                meeting("http, hangs up", HostileServersTest::http, HANGS_UP, "connection lost: "),
                meeting("http, nonsense", HostileServersTest::http, NONSENSE, "the answer is no HTTP"),
                meeting("https, silent", HostileServersTest::https, SILENT, "no answer in time"),
                meeting("https, nonsense", HostileServersTest::https, NONSENSE, "no TLS connection: "),
                meeting("web socket, silent", HostileServersTest::webSocket, SILENT, "no answer in time"),
                meeting("web socket, drips", HostileServersTest::webSocket, DRIPS, "no answer in time"),
                meeting(
                        "web socket, no such thing",
                        HostileServersTest::webSocket,
                        ENDLESS,
                        "handshake answered 200, not 101"),
                meeting("web socket, nonsense", HostileServersTest::webSocket, NONSENSE, "the answer is no HTTP"),
                meeting("web socket, hangs up", HostileServersTest::webSocket, HANGS_UP, ""),
                meeting("certificate, silent", HostileServersTest::certificate, SILENT, "no answer in time"),
                meeting("certificate, hangs up", HostileServersTest::certificate, HANGS_UP, ""),
                meeting("certificate, nonsense", HostileServersTest::certificate, NONSENSE, "no TLS connection: "));
    }

    private static Arguments meeting(
            String name, Function<RawServer, HealthCheck> check, RawServer.Talk talk, String reason) {
        return Arguments.argumentSet(name, check, talk, reason);
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void aHostileServerIsDownInTimeAndItsConnectionIsClosed(
            Function<RawServer, HealthCheck> check, RawServer.Talk talk, String reason) throws Exception {
        try (RawServer server = RawServer.start(talk)) {
            HealthResult result = run(check.apply(server), 1_500);

            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).startsWith(reason).doesNotContain("secret");
            assertThat(server.accepted()).isPositive();
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void anEndlessBodyThatNobodyTestsIsUpAndHungUpOn() throws Exception {
        try (RawServer server = RawServer.start(ENDLESS)) {
            assertThat(run(http(server)).status()).isEqualTo(Status.UP);
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void aBlackHoleIsNoAnswerInTime() throws Exception {
        try (var hole = new BlackHole()) {
            URI uri = URI.create("http://127.0.0.1:" + hole.port() + "/");
            for (HealthCheck check : new HealthCheck[] {
                HttpCheck.get(uri),
                WebSocketCheck.of(URI.create("ws" + uri.toString().substring(4))),
                TcpCheck.of("127.0.0.1", hole.port()),
                CertificateCheck.ofEndpoint("127.0.0.1", hole.port())
            }) {
                HealthResult result = run(check, 500);

                assertThat(result.reason()).as(check.getClass().getSimpleName()).isEqualTo("no answer in time");
            }
        }
    }

    /** What keeps within each read's patience and never ends: only the deadline's expiry ends it. */
    @Test
    void theMonitorEndsAHandshakeThatDrips() throws Exception {
        RawServer.Talk dripsTls = socket -> {
            // The head of a TLS record of 16,000 bytes, and then one byte after the other.
            socket.getOutputStream().write(new byte[] {22, 3, 3, 62, (byte) 128});
            while (true) {
                socket.getOutputStream().write(2);
                Thread.sleep(20);
            }
        };
        try (RawServer server = RawServer.start(dripsTls);
                HealthMonitor monitor = HealthMonitor.builder()
                        .observe(
                                "certificate",
                                CertificateCheck.ofEndpoint("127.0.0.1", server.port()),
                                check -> check.every(Duration.ofMinutes(1)).timeout(Duration.ofMillis(500)))
                        .start()) {
            eventually(() -> server.accepted() == 1);
            eventually(() -> reason(monitor).startsWith("no answer in"));
            eventually(() -> server.open() == 0);
            assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        }
    }

    @Test
    void aRunOfTheMonitorThatEndsLeavesNoConnection() throws Exception {
        try (RawServer server = RawServer.start(SILENT)) {
            try (HealthMonitor monitor = HealthMonitor.builder()
                    .observe("a", http(server), HostileServersTest::often)
                    .observe("b", webSocket(server), HostileServersTest::often)
                    .start()) {
                eventually(() -> server.accepted() >= 6);
                assertThat(server.open())
                        .as("one for each check, and one each that is being closed")
                        .isLessThanOrEqualTo(4);
                assertThat(reason(monitor)).startsWith("no answer in");
            }
            eventually(() -> server.open() == 0);
        }
    }

    private static void often(CheckOptions check) {
        check.every(Duration.ofMillis(300)).timeout(Duration.ofMillis(200));
    }

    private static String reason(HealthMonitor monitor) {
        HealthReport.Check check = monitor.report().checks().get(0);
        return String.valueOf(check.reason());
    }
}
