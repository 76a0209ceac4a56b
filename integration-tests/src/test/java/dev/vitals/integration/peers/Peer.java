package dev.vitals.integration.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A health library in a server of its own on 127.0.0.1, with the checks that it was started with. */
interface Peer extends AutoCloseable {
    int port();

    /** Where it says whether it wants traffic. */
    String readiness();

    @Override
    void close();

    /** The status of its answer about readiness, or 0 for none within a second, which is what kubelet waits by default. */
    default int ask() {
        return ask(readiness());
    }

    default int ask(String path) {
        return ask(path, Duration.ofSeconds(1));
    }

    default int ask(String path, Duration limit) {
        try (var socket = new Socket()) {
            int millis = (int) limit.toMillis();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            String statusLine = new String(socket.getInputStream().readNBytes(12), US_ASCII);
            return Integer.parseInt(statusLine.substring(9));
        } catch (IOException none) {
            return 0;
        }
    }
}
