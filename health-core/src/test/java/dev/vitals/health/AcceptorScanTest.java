package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real servers whose acceptor lives, is dead with its socket open, or is closed. */
@Timeout(60)
class AcceptorScanTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    private Path folder;

    private final List<Socket> accepted = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean accepts = new AtomicBoolean(true);
    private ServerSocket server;
    private Thread acceptor;
    private AcceptorScan scan;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor = startAcceptor();
        scan = scan(AcceptedSockets.ofThisProcess());
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        server.close();
        acceptor.join();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private Thread startAcceptor() {
        var thread = new Thread(
                () -> {
                    try {
                        while (accepts.get()) {
                            Socket socket = server.accept();
                            synchronized (accepted) {
                                accepted.add(socket);
                            }
                        }
                    } catch (IOException closed) {
                        // The server is down.
                    }
                },
                "acceptor");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The thread is gone; the socket listens on, and the kernel answers for it. */
    private void killAcceptor() throws Exception {
        accepts.set(false);
        new Socket(server.getInetAddress(), server.getLocalPort()).close();
        acceptor.join();
    }

    /** A thread that still waits in {@code accept} keeps the socket open in the kernel: only after it is it closed. */
    private void close() throws Exception {
        server.close();
        acceptor.join();
    }

    private AcceptorScan scan(AcceptedSockets sockets) {
        return new AcceptorScan(server::getLocalPort, sockets, System::nanoTime);
    }

    /** How the failure reads after each of some looks. */
    private List<String> look(AcceptorScan with, int times) throws Exception {
        var seen = new ArrayList<String>();
        for (int i = 0; i < times; i++) {
            with.scan(Deadline.after(Duration.ofMillis(900)));
            seen.add(String.valueOf(with.failure()));
        }
        return seen;
    }

    @Test
    void aServerThatAcceptsIsAliveHoweverSlowItAnswers() throws Exception {
        // Nobody reads from these connections and nobody answers: all workers are busy for ever.
        assertThat(look(scan, 20)).containsOnly("null");
    }

    @Test
    void aDeadAcceptorIsNoticedAfterThreeLooks() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "a system that tells who accepted");
        look(scan, 1);
        killAcceptor();

        assertThat(look(scan, 3))
                .containsExactly("null", "null", "nobody accepts connections on port " + server.getLocalPort());
        accepts.set(true);
        acceptor = startAcceptor();
        assertThat(look(scan, 1)).containsExactly("null");
    }

    @Test
    void aClosedServerIsNoticedAfterThreeLooks() throws Exception {
        look(scan, 1);
        int port = server.getLocalPort();
        close();

        assertThat(look(scan, 4).subList(2, 4)).containsOnly("no connection to port " + port + ": ConnectException");
    }

    @Test
    void whoWasNeverWellIsNeverBlamed() throws Exception {
        close();

        assertThat(look(scan, 5)).containsOnly("null");
    }

    @Test
    void twoFailuresAndASuccessBeginAnew() throws Exception {
        var port = new AtomicInteger(server.getLocalPort());
        int closed;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = other.getLocalPort();
        }
        scan = new AcceptorScan(port::get, AcceptedSockets.ofThisProcess(), System::nanoTime);
        look(scan, 1);
        for (int i = 0; i < 3; i++) {
            port.set(closed);
            assertThat(look(scan, 2)).containsOnly("null");
            port.set(server.getLocalPort());
            look(scan, 1);
        }
    }

    @Test
    void whileThereIsNoPortNothingIsKnown() throws Exception {
        scan = new AcceptorScan(() -> 0, AcceptedSockets.ofThisProcess(), System::nanoTime);

        assertThat(look(scan, 5)).containsOnly("null");
    }

    @Test
    void whereTheSystemDoesNotTellAConnectionIsEnough() throws Exception {
        scan = scan(new AcceptedSockets(List.of(folder.resolve("none"))));
        look(scan, 1);
        killAcceptor();

        assertThat(look(scan, 4)).containsOnly("null");
        server.close();
        assertThat(look(scan, 3).get(2)).startsWith("no connection to port");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void aPortThatIsNoneIsRefused(int port) {
        assertThatThrownBy(() -> LivenessCheck.acceptor(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 65535");
    }

    /** A table of the kernel; 1F90 is port 8080, C350 is 50000. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unknown",
            value = {
                "0: 0100007F:1F90 0100007F:C350 01 0:0 0:0 0 0 0 4711 1 | true",
                "0: 0100007F:1F90 0100007F:C350 01 0:0 0:0 0 0 0 0 1    | false",
                "0: 0100007F:C350 0100007F:1F90 01 0:0 0:0 0 0 0 4711 1 | unknown", // the client's own end
                "0: 0100007F:1F90 0100007F:C351 01 0:0 0:0 0 0 0 0 1    | unknown", // somebody else's
                "0: 0100007F:1F90 0100007F:C350 06 0:0 0:0 0 0 0 0 1    | unknown", // over already
                "0: 0100007F:1F90 0100007F:C350 01                      | unknown",
                "0: nonsense nonsense 01 0:0 0:0 0 0 0 0 1              | unknown",
                "0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01 0:0 0:0 0 0 0 7 1 | true",
            })
    void theKernelsTable(String line, Boolean expected) throws IOException {
        Path table = Files.writeString(folder.resolve("tcp"), HEADER + line + "\n");

        assertThat(new AcceptedSockets(List.of(folder.resolve("none"), table)).contains(50_000, 8_080))
                .isEqualTo(expected);
    }

    @Test
    void theRealTableTellsWhoWasAccepted() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "a system that tells who accepted");
        var sockets = AcceptedSockets.ofThisProcess();
        int port = server.getLocalPort();
        try (var client = new Socket(server.getInetAddress(), port)) {
            Eventually.eventually(() -> Boolean.TRUE.equals(sockets.contains(client.getLocalPort(), port)));
        }
        killAcceptor();
        try (var client = new Socket(server.getInetAddress(), port)) {
            assertThat(sockets.contains(client.getLocalPort(), port)).isFalse();
            assertThat(sockets.contains(1, port)).isNull();
        }
    }
}
