package dev.vitals.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between a client and a server on 127.0.0.1 that can be broken: silent, slow, cut. It passes bytes on, and
 * connects to the server once for each connection that it takes. The last fault that was asked for holds, for open
 * connections and new ones, until {@link #clear}. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int target;
    private final ServerSocket entrance;
    private final String name = "fault-proxy-" + NUMBER.incrementAndGet();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong bytesToServer = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();
    private final Object change = new Object();
    private NetworkFault fault = NetworkFault.NONE;
    private boolean closed;

    private FaultProxy(int target, ServerSocket entrance) {
        this.target = target;
        this.entrance = entrance;
    }

    /** A network without faults, to a port of 127.0.0.1; nothing need listen there yet. */
    public static FaultProxy to(int port) throws IOException {
        var entrance = new ServerSocket();
        entrance.bind(new InetSocketAddress(here(), 0), 1_000);
        var proxy = new FaultProxy(port, entrance);
        proxy.thread("accept", proxy::accept);
        return proxy;
    }

    private static InetAddress here() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Where clients connect to. */
    public int port() {
        return entrance.getLocalPort();
    }

    /**
     * Takes connections, and passes nothing either way, not even that one side closes. What was held back passes after
     * {@link #clear}, as lost packets that are sent again; of a client that came and went meanwhile the server never
     * learns.
     */
    public void blackHole() {
        set(NetworkFault.BLACK_HOLE);
    }

    /** Everything comes that much later, each way: an answer by twice as much. */
    public void latency(Duration each) {
        set(NetworkFault.latency(each));
    }

    /** Passes so many bytes a second, each way on each connection. */
    public void slowDrip(int bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("not a rate: " + bytesPerSecond);
        }
        set(NetworkFault.slowDrip(bytesPerSecond));
    }

    /** Resets all open connections now, both sides of them, and each new one as it comes. */
    public void reset() {
        set(NetworkFault.RESET);
        connections.forEach(ProxiedConnection::reset);
    }

    /** Ends the fault. */
    public void clear() {
        set(NetworkFault.NONE);
    }

    /** Those that were neither closed to their end nor reset. */
    public int openConnections() {
        return connections.size();
    }

    /** All that ever came. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** How often a server answered, whatever it was asked: bytes to a client after bytes to its server. */
    public long roundTrips() {
        return roundTrips.get();
    }

    public long bytesToServer() {
        return bytesToServer.get();
    }

    public long bytesToClient() {
        return bytesToClient.get();
    }

    private void set(NetworkFault next) {
        synchronized (change) {
            fault = next;
            change.notifyAll();
        }
    }

    NetworkFault fault() {
        synchronized (change) {
            return fault;
        }
    }

    /** Waits until the fault is another one than that, or the time is over, or the connection has ended. */
    void awaitOther(NetworkFault than, long nanos, ProxiedConnection connection) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        synchronized (change) {
            long left = nanos;
            while (fault.equals(than) && !connection.isOver() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(change, left);
                left = end - System.nanoTime();
            }
        }
    }

    /** A connection has ended. */
    void ended(ProxiedConnection connection) {
        connections.remove(connection);
        wake();
    }

    void wake() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    void passedToServer(int bytes) {
        bytesToServer.addAndGet(bytes);
    }

    void passedToClient(int bytes, boolean answers) {
        bytesToClient.addAndGet(bytes);
        if (answers) {
            roundTrips.incrementAndGet();
        }
    }

    Socket connect() throws IOException {
        return new Socket(here(), target);
    }

    void thread(String does, Runnable work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                name + "-" + does);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (true) {
            Socket client;
            try {
                client = entrance.accept();
            } catch (IOException over) {
                return;
            }
            accepted.incrementAndGet();
            var connection = new ProxiedConnection(this, client);
            connections.add(connection);
            if (isClosed() || fault().refusing()) {
                connection.reset();
            } else {
                connection.open();
            }
        }
    }

    private boolean isClosed() {
        synchronized (change) {
            return closed;
        }
    }

    /** Closes every connection, and waits for its own threads to end. */
    @Override
    public void close() throws IOException {
        synchronized (change) {
            closed = true;
        }
        entrance.close();
        connections.forEach(ProxiedConnection::reset);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try {
            while (!threads.isEmpty()) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("threads that do not end: " + threads);
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
