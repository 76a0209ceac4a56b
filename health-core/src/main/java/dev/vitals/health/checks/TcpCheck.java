package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Whether something accepts TCP connections (RFC 9293) at a host and port: connects, sends nothing, and closes.
 * Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("smtp", TcpCheck.of("mail.example.com", 25))
 * }</pre>
 *
 * <p>The kernel accepts for a process that hangs, so this says that a port is open and no more. The first address of
 * the host is tried, and looking its name up blocks as in {@link DnsCheck}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9293">RFC 9293</a>
 */
public final class TcpCheck implements HealthCheck {
    private final String host;
    private final int port;

    private TcpCheck(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * {@return a check of a port}
     *
     * @param host a name or an address
     * @param port from 1 to 65535
     * @throws IllegalArgumentException if there is no such host or port by their looks
     */
    public static TcpCheck of(@Nullable String host, int port) {
        return new TcpCheck(Options.host(host), Options.port(port));
    }

    @Override
    public HealthResult check(Deadline deadline) {
        try (Socket socket = connect(host, port, deadline)) {
            return HealthResult.up().withDetail("local", String.valueOf(socket.getLocalPort()));
        } catch (IOException failure) {
            return Failures.down(failure).withDetail("target", host + ":" + port);
        }
    }

    /** A connection whose reads end with the deadline; it is closed at the latest when that passes. */
    static Socket connect(String host, int port, Deadline deadline) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new java.net.UnknownHostException(host);
        }
        var socket = new Socket();
        try {
            deadline.onExpiry(() -> close(socket));
            socket.connect(address, Patience.millis(deadline));
            socket.setSoTimeout(Patience.millis(deadline));
            return socket;
        } catch (Throwable failure) {
            close(socket);
            throw failure;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is given up either way.
        }
    }
}
