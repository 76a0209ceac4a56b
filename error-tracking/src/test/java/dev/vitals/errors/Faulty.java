package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** What is not Sentry, on the port where Sentry should be. */
final class Faulty implements AutoCloseable {
    /** What it does to who connects. */
    enum Fault {
        /** Nobody listens. */
        GONE,
        /** The connection is reset. */
        RESET,
        /** The connection is closed without an answer. */
        HANGS_UP,
        /** The answer is no HTTP. */
        GARBAGE,
        /** No answer ever comes. */
        SILENT
    }

    private final ServerSocket server;
    private final Fault fault;

    Faulty(Fault fault) throws IOException {
        this.fault = fault;
        server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        var thread = new Thread(this::serve, "faulty");
        if (fault == Fault.GONE) {
            server.close();
        } else {
            thread.setDaemon(true);
            thread.start();
        }
    }

    String dsn() {
        return Receiver.dsn(server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (Socket socket = server.accept()) {
            answer(socket);
        } catch (IOException gone) {
            return;
        }
    }

    private void answer(Socket socket) throws IOException {
        int first = socket.getInputStream().read();
        switch (fault) {
            case RESET -> socket.setSoLinger(true, 0);
            case GARBAGE -> {
                socket.getOutputStream()
                        .write(("\u0000\u0001 no HTTP at all " + first + "\r\n\r\n").getBytes(US_ASCII));
                socket.shutdownOutput();
                drain(socket);
            }
            case SILENT -> drain(socket);
            default -> {}
        }
    }

    /** Closing with something unread would be a reset. */
    private static void drain(Socket socket) throws IOException {
        byte[] buffer = new byte[8192];
        while (socket.getInputStream().read(buffer) >= 0) {
            // until the other side closes
        }
    }

    /** Whoever is connected hangs up sooner or later, and then its thread ends. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
