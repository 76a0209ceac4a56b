package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.run;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketCheckTest {
    private final Collection<String> seen = new ConcurrentLinkedQueue<>();

    @Test
    void aPongIsUpWhateverElseIsSentAndTheSocketIsClosed() throws Exception {
        RawServer.Talk talk = socket -> {
            WebSocketServer.open(socket, seen);
            WebSocketServer.write(socket, WebSocketServer.TEXT, "news".getBytes(US_ASCII));
            WebSocketServer.Frame ping = WebSocketServer.read(socket);
            WebSocketServer.write(socket, WebSocketServer.PONG, "another".getBytes(US_ASCII));
            WebSocketServer.write(socket, WebSocketServer.TEXT, "news".getBytes(US_ASCII));
            WebSocketServer.write(socket, WebSocketServer.PONG, ping.payload);
            seen.add("ping " + ping.opcode + ", " + ping.payload.length + " bytes");
            seen.add("then " + WebSocketServer.read(socket).opcode);
            RawServer.untilHungUp(socket);
        };
        try (RawServer server = RawServer.start(talk)) {
            HealthResult result = run(WebSocketCheck.of(server.uri("ws", "/stream?token=hunter2"))
                    .header("Authorization", "Bearer hunter2")
                    .subprotocol("prices.v1"));

            assertThat(result.reason()).isNull();
            assertThat(result.status()).isEqualTo(Status.UP);
            assertThat(result.toString())
                    .contains("ws://127.0.0.1:" + server.port())
                    .doesNotContain("hunter2");
            eventually(() -> server.accepted() == 1 && server.open() == 0);
        }
        assertThat(seen)
                .contains(
                        "Authorization: Bearer hunter2",
                        "Sec-WebSocket-Protocol: prices.v1",
                        "ping " + WebSocketServer.PING + ", 8 bytes",
                        "then " + WebSocketServer.CLOSE);
    }

    @Test
    void withoutItsPongItIsDownAndTheSocketIsClosed() throws Exception {
        RawServer.Talk chatters = socket -> {
            WebSocketServer.open(socket, seen);
            while (true) {
                WebSocketServer.write(socket, WebSocketServer.PONG, "another".getBytes(US_ASCII));
                WebSocketServer.write(socket, WebSocketServer.TEXT, "news".getBytes(US_ASCII));
                Thread.sleep(5);
            }
        };
        try (RawServer server = RawServer.start(chatters)) {
            HealthResult result = run(WebSocketCheck.of(server.uri("ws", "/")), 1_500);

            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).isEqualTo("no pong in time");
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void aServerThatClosesInsteadIsDown() throws Exception {
        RawServer.Talk closes = socket -> {
            WebSocketServer.open(socket, seen);
            WebSocketServer.write(socket, WebSocketServer.CLOSE, new byte[] {3, (byte) 232});
            RawServer.untilHungUp(socket);
        };
        try (RawServer server = RawServer.start(closes)) {
            HealthResult result = run(WebSocketCheck.of(server.uri("ws", "/")));

            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).startsWith("connection lost: ");
            eventually(() -> server.open() == 0);
        }
    }

    @Test
    void aHandshakeRefusedOrRedirectedIsDown() throws Exception {
        for (String status : new String[] {"403 Forbidden", "302 Found\r\nLocation: ws://elsewhere.invalid/"}) {
            RawServer.Talk refuses = socket -> {
                socket.getInputStream().read();
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(US_ASCII));
                RawServer.untilHungUp(socket);
            };
            try (RawServer server = RawServer.start(refuses)) {
                assertThat(run(WebSocketCheck.of(server.uri("ws", "/"))).reason())
                        .isEqualTo("handshake answered " + status.substring(0, 3) + ", not 101");
            }
        }
    }

    @Test
    void nobodyThereIsDown() throws Exception {
        assertThat(run(WebSocketCheck.of(URI.create("ws://127.0.0.1:" + Ports.closed() + "/")))
                        .reason())
                .isEqualTo("cannot connect");
        assertThat(run(WebSocketCheck.of(URI.create("wss://nohost.invalid/"))).reason())
                .isEqualTo("host not found");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> WebSocketCheck.of(URI.create("http://a.example/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wss://");
        WebSocketCheck check = WebSocketCheck.of(URI.create("ws://a.example/"));
        assertThatThrownBy(() -> check.header("Sec-WebSocket-Key", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.header("Authorization", "hunter2\r\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> check.subprotocol("a, b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.tls(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
