package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection for one exchange, whose reads end in time, each and all together. The JDK's own client would not do: where the
 * answer is no HTTP, it leaves the connection open, and where a WebSocket is refused, it reads the body for ever (the first seen in 17 and in 25, the second in 17).
 */
final class Line implements AutoCloseable {
    private final Socket plain;
    private final Socket socket;
    private final InputStream in;
    private final long giveUpAt;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int filled;

    private Line(Socket plain, Socket socket, long giveUpAt) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.giveUpAt = giveUpAt;
    }

    /** Connects, with TLS for https: the certificate must be trusted, and be that of the host (RFC 9110, section 4.3.4). */
    static Line open(URI uri, @Nullable SSLContext tls, Deadline deadline) throws IOException {
        long giveUpAt = System.nanoTime() + Patience.nanos(deadline);
        String host = uri.getHost();
        Socket plain = TcpCheck.connect(host, Uris.port(uri), deadline);
        try {
            Socket socket = Uris.scheme(uri).equals("https") ? secured(plain, uri, tls) : plain;
            return new Line(plain, socket, giveUpAt);
        } catch (Throwable failure) {
            plain.close();
            throw failure;
        }
    }

    private static SSLSocket secured(Socket plain, URI uri, @Nullable SSLContext given) throws IOException {
        String host = uri.getHost();
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            SSLContext tls = given == null ? SSLContext.getDefault() : given;
            var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, name, Uris.port(uri), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (NoSuchAlgorithmException none) {
            throw new SSLException("no TLS in this JVM", none);
        }
    }

    void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        if (position == filled) {
            filled = Math.max(0, fill());
            position = 0;
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    int readOrFail() throws IOException {
        int next = read();
        if (next < 0) {
            throw new EOFException("hung up");
        }
        return next;
    }

    private int fill() throws IOException {
        long left = giveUpAt - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("not over in time");
        }
        socket.setSoTimeout((int) Math.max(1, Math.min(left / 1_000_000, Integer.MAX_VALUE)));
        return in.read(buffer);
    }

    /** Closes without the farewell of TLS, for which a server that does not read would make us wait. */
    @Override
    public void close() throws IOException {
        plain.close();
    }
}
