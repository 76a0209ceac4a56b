package dev.vitals.health.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a driver and its server, and counts how often the driver waits for an answer. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger trips = new AtomicInteger();
    private final int target;
    private volatile boolean answered = true;

    Relay(int target) throws IOException {
        this.target = target;
        start(() -> {
            while (true) {
                Socket client = server.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
                sockets.add(client);
                sockets.add(upstream);
                start(() -> pump(client.getInputStream(), upstream.getOutputStream(), true));
                start(() -> pump(upstream.getInputStream(), client.getOutputStream(), false));
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    int trips() {
        return trips.get();
    }

    private void pump(InputStream in, OutputStream out, boolean question) throws IOException {
        byte[] buffer = new byte[8_192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (question && answered) {
                trips.incrementAndGet();
            }
            answered = !question;
            out.write(buffer, 0, n);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
