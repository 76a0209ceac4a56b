package dev.vitals.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection through a {@link FaultProxy}, and the one to its server. Each way has a thread that reads, so that
 * the time of arrival is known, and one that passes on, as the fault allows.
 */
final class ProxiedConnection {
    private static final long FOR_EVER = Long.MAX_VALUE / 2;
    private static final long LOOK_MILLIS = 50;
    private static final int PIECES_A_SECOND = 50;

    private final FaultProxy proxy;
    private final Socket client;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger waysOpen = new AtomicInteger(2);
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable Socket server;
    private volatile boolean clientIsGone;

    private record Chunk(ByteBuffer bytes, boolean last, long arrived) {}

    ProxiedConnection(FaultProxy proxy, Socket client) {
        this.proxy = proxy;
        this.client = client;
    }

    void open() {
        var toServer = new ArrayBlockingQueue<Chunk>(64);
        proxy.thread(
                "from-client",
                () -> orReset(() -> {
                    read(client, toServer);
                    clientIsGone();
                }));
        proxy.thread(
                "to-server",
                () -> orReset(() -> {
                    Socket reached = reachServer();
                    if (reached == null) {
                        reset();
                        return;
                    }
                    var toClient = new ArrayBlockingQueue<Chunk>(64);
                    proxy.thread("from-server", () -> orReset(() -> read(reached, toClient)));
                    proxy.thread("to-client", () -> orReset(() -> pass(toClient, client)));
                    pass(toServer, reached);
                }));
    }

    boolean isOver() {
        return over.get() || (server == null && clientIsGone);
    }

    private void clientIsGone() {
        clientIsGone = true;
        proxy.wake();
    }

    /** Cuts both sides at once. */
    void reset() {
        cut(client);
        Socket reached = server;
        if (reached != null) {
            cut(reached);
        }
        if (over.compareAndSet(false, true)) {
            proxy.ended(this);
        }
    }

    private static void cut(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // By its other end, or before.
            return;
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void orReset(Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException lost) {
            clientIsGone();
            // Of what happens beyond a black hole nobody learns until it is over.
            awaitPassage();
            reset();
        }
    }

    private void awaitPassage() {
        try {
            while (proxy.fault().silent() && !isOver()) {
                proxy.awaitOther(NetworkFault.BLACK_HOLE, FOR_EVER, this);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the connection to the server; null if the client had gone before one could be made} */
    private @Nullable Socket reachServer() throws IOException {
        awaitPassage();
        if (isOver()) {
            return null;
        }
        Socket reached = proxy.connect();
        server = reached;
        if (over.get()) {
            cut(reached);
        }
        return reached;
    }

    private void read(Socket from, BlockingQueue<Chunk> queue) throws IOException, InterruptedException {
        var buffer = new byte[16_384];
        int length;
        do {
            length = from.getInputStream().read(buffer);
            byte[] copy = Arrays.copyOf(buffer, Math.max(0, length));
            var chunk = new Chunk(ByteBuffer.wrap(copy), length < 0, System.nanoTime());
            // Whoever passes on may have left.
            boolean taken = false;
            while (!taken && !over.get()) {
                taken = queue.offer(chunk, LOOK_MILLIS, MILLISECONDS);
            }
        } while (length >= 0);
    }

    private void pass(BlockingQueue<Chunk> queue, Socket to) throws IOException, InterruptedException {
        while (!over.get()) {
            Chunk chunk = queue.poll(LOOK_MILLIS, MILLISECONDS);
            if (chunk == null) {
                continue;
            }
            pass(chunk.bytes().array(), chunk.arrived(), to);
            if (chunk.last() && !over.get()) {
                finish(to);
                return;
            }
        }
    }

    private void pass(byte[] bytes, long arrived, Socket to) throws IOException, InterruptedException {
        int from = 0;
        while (true) {
            NetworkFault fault = proxy.fault();
            int length = bytes.length - from;
            long wait = Math.max(0, arrived + fault.latency().toNanos() - System.nanoTime());
            if (fault.silent()) {
                wait = FOR_EVER;
            } else if (fault.bytesPerSecond() > 0 && length > 0) {
                length = Math.min(length, Math.max(1, fault.bytesPerSecond() / PIECES_A_SECOND));
                wait = 1_000_000_000L * length / fault.bytesPerSecond();
            }
            if (wait > 0) {
                proxy.awaitOther(fault, wait, this);
            }
            if (over.get()) {
                return;
            }
            if (!proxy.fault().equals(fault)) {
                continue;
            }
            // Before, since whoever reads them may ask at once.
            count(to, length);
            to.getOutputStream().write(bytes, from, length);
            from += length;
            if (from == bytes.length) {
                return;
            }
        }
    }

    private void count(Socket to, int length) {
        if (length == 0) {
            return;
        }
        if (to == client) {
            proxy.passedToClient(length, asked.getAndSet(false));
        } else {
            proxy.passedToServer(length);
            asked.set(true);
        }
    }

    /** One way has come to its end. */
    private void finish(Socket to) throws IOException {
        to.shutdownOutput();
        if (waysOpen.decrementAndGet() == 0 && over.compareAndSet(false, true)) {
            client.close();
            Socket reached = server;
            if (reached != null) {
                reached.close();
            }
            proxy.ended(this);
        }
    }
}
