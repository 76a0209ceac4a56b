package dev.vitals.testkit;

import static dev.vitals.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
    private static final int QUIET_MILLIS = 150;

    private Echo echo;
    private FaultProxy proxy;

    /** Sends back what it gets. */
    private static final class Echo implements AutoCloseable {
        final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        final AtomicInteger met = new AtomicInteger();
        final Set<Socket> open = ConcurrentHashMap.newKeySet();

        Echo() throws IOException {
            start(() -> {
                while (true) {
                    Socket socket = entrance.accept();
                    met.incrementAndGet();
                    open.add(socket);
                    start(() -> echo(socket));
                }
            });
        }

        private void echo(Socket socket) throws IOException {
            try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } finally {
                open.remove(socket);
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            var thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException closed) {
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            entrance.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        echo = new Echo();
        proxy = FaultProxy.to(echo.entrance.getLocalPort());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        proxy.close();
        assertThat(proxy.openConnections()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("fault-proxy-"));
        eventually(() -> echo.open.isEmpty(), () -> echo.open);
        echo.close();
    }

    private Socket client() throws IOException {
        var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String what) throws IOException {
        socket.getOutputStream().write(what.getBytes(US_ASCII));
    }

    private static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), US_ASCII);
    }

    private static void hearNothing(Socket socket) throws IOException {
        socket.setSoTimeout(QUIET_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(20_000);
    }

    private static Duration heardAfter(Socket socket, String what) throws IOException {
        long start = System.nanoTime();
        say(socket, what);
        assertThat(hear(socket, what.length())).isEqualTo(what);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void passesAndCounts() throws Exception {
        try (Socket client = client()) {
            for (int i = 0; i < 3; i++) {
                say(client, "hello");
                assertThat(hear(client, 5)).isEqualTo("hello");
            }
            assertThat(proxy.openConnections()).isEqualTo(1);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).as("the end").isEqualTo(-1);
        }
        eventually(() -> proxy.openConnections() == 0, proxy::openConnections);
        assertThat(proxy.acceptedConnections()).isEqualTo(1);
        assertThat(proxy.roundTrips()).isEqualTo(3);
        assertThat(proxy.bytesToServer()).isEqualTo(15);
        assertThat(proxy.bytesToClient()).isEqualTo(15);
    }

    @Test
    void aBlackHoleLetsNothingThroughUntilItIsOver() throws Exception {
        try (Socket before = client()) {
            say(before, "a");
            assertThat(hear(before, 1)).isEqualTo("a");
            proxy.blackHole();
            try (Socket during = client()) {
                say(before, "b");
                say(during, "c");
                hearNothing(before);
                hearNothing(during);
                assertThat(proxy.bytesToServer()).isEqualTo(1);
                assertThat(echo.met).hasValue(1);

                proxy.clear();
                assertThat(hear(before, 1)).isEqualTo("b");
                assertThat(hear(during, 1)).isEqualTo("c");
            }
        }
        eventually(() -> proxy.openConnections() == 0, proxy::openConnections);
    }

    @Test
    void aBlackHoleHidesThatAClientHasGone() throws Exception {
        Socket before = client();
        say(before, "a");
        assertThat(hear(before, 1)).isEqualTo("a");
        proxy.blackHole();
        Socket during = client();
        eventually(() -> proxy.openConnections() == 2, proxy::openConnections);
        before.close();
        during.close();
        eventually(() -> proxy.openConnections() == 1, proxy::openConnections);
        Thread.sleep(QUIET_MILLIS);
        assertThat(echo.open).as("what the server believes").hasSize(1);

        proxy.clear();
        eventually(() -> proxy.openConnections() == 0, proxy::openConnections);
        eventually(() -> echo.open.isEmpty(), () -> echo.open);
        assertThat(echo.met).as("what the server ever saw").hasValue(1);
    }

    @Test
    void latencyIsAddedEachWay() throws Exception {
        try (Socket client = client()) {
            heardAfter(client, "warm");
            proxy.latency(Duration.ofMillis(100));
            assertThat(heardAfter(client, "hello")).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            proxy.clear();
            assertThat(heardAfter(client, "hello")).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void aSlowDripTakesItsTime() throws Exception {
        try (Socket client = client()) {
            heardAfter(client, "warm");
            proxy.slowDrip(50);
            // Ten bytes at 20 ms each; on the way back each follows the one before.
            assertThat(heardAfter(client, "0123456789")).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void aResetCutsOpenConnectionsAndNewOnes() throws Exception {
        try (Socket before = client()) {
            heardAfter(before, "warm");
            proxy.reset();
            assertThatThrownBy(() -> before.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            try (Socket during = client()) {
                assertThatThrownBy(() -> during.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
            assertThat(proxy.openConnections()).isZero();
            proxy.clear();
            try (Socket after = client()) {
                heardAfter(after, "well again");
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsAReset() throws Exception {
        echo.close();
        try (Socket client = client()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
