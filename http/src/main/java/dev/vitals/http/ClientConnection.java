package dev.vitals.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the client of an exchange went away while it was written to or read from. An exception of a call to
 * somewhere else is no such thing, nor is one that the server's own streams throw because a handler misused them, nor a
 * connection that this side has closed: a handler that is interrupted, a server that stops.
 */
final class ClientConnection {
    private static final String SERVER = "sun.net.httpserver.";
    private static final String TLS = SERVER + "SSLStreams";
    private static final String CLOSED = SERVER + "LeftOverInputStream";

    private volatile boolean gone;

    void watch(HttpExchange exchange) {
        try {
            exchange.setStreams(new In(exchange.getRequestBody()), new Out(exchange.getResponseBody()));
        } catch (RuntimeException anotherProvider) {
            // Its requests go on; who left is then not seen.
        }
    }

    /**
     * Whether the client went away.
     *
     * @param error what the handler threw: the status and the headers of an answer pass no stream
     */
    boolean isGone(@Nullable Throwable error) {
        return gone || (error instanceof IOException failed && isFromSendingHeaders(failed));
    }

    private static boolean isFromSendingHeaders(IOException failed) {
        StackTraceElement[] trace = failed.getStackTrace();
        if (isClosedHere(failed) || isFromTheServerItself(trace)) {
            return false;
        }
        for (StackTraceElement frame : trace) {
            if (frame.getMethodName().equals("sendResponseHeaders")
                    && frame.getClassName().startsWith(SERVER)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isClosedHere(IOException failed) {
        return failed instanceof ClosedChannelException;
    }

    /** Such as too many bytes, or none where there should be some; what the network says comes from further below. */
    private static boolean isFromTheServerItself(StackTraceElement[] trace) {
        return isThrownBy(SERVER, trace) && !isThrownBy(TLS, trace);
    }

    private static boolean isThrownBy(String prefix, StackTraceElement[] trace) {
        return trace.length > 0 && trace[0].getClassName().startsWith(prefix);
    }

    private void failedToWrite(IOException failed) {
        if (!isClosedHere(failed) && !isFromTheServerItself(failed.getStackTrace())) {
            gone = true;
        }
    }

    /** Here it is the server's own streams that tell of a client that left in the middle of its body. */
    private void failedToRead(IOException failed) {
        if (!isClosedHere(failed) && !isThrownBy(CLOSED, failed.getStackTrace())) {
            gone = true;
        }
    }

    private final class In extends FilterInputStream {
        In(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException failed) {
                failedToRead(failed);
                throw failed;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException failed) {
                failedToRead(failed);
                throw failed;
            }
        }
    }

    private final class Out extends FilterOutputStream {
        Out(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            try {
                out.write(one);
            } catch (IOException failed) {
                failedToWrite(failed);
                throw failed;
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                failedToWrite(failed);
                throw failed;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException failed) {
                failedToWrite(failed);
                throw failed;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException failed) {
                failedToWrite(failed);
                throw failed;
            }
        }
    }
}
