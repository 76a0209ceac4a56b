package dev.vitals.health.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that talks as it is told, well or badly, on a thread for each connection. */
final class RawServer implements AutoCloseable {
    interface Talk {
        void with(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private RawServer(ServerSocket server) {
        this.server = server;
    }

    static RawServer start(Talk talk) throws IOException {
        var raw = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(() -> raw.accept(talk));
        return raw;
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port() + path);
    }

    int accepted() {
        return accepted.get();
    }

    /** Connections that the server still talks on. */
    int open() {
        return open.size();
    }

    /** Reads and drops what comes until the other side hangs up. */
    static void untilHungUp(Socket socket) throws IOException {
        var buffer = new byte[8192];
        while (socket.getInputStream().read(buffer) >= 0) {
            // It is dropped.
        }
    }

    private void accept(Talk talk) {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                accepted.incrementAndGet();
                daemon(() -> talk(talk, socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Talk talk, Socket socket) {
        try (socket) {
            talk.with(socket);
        } catch (Exception over) {
            // The other side has hung up, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
