package dev.vitals.integration.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Ways for a check to hang, none of which heeds an interruption. All of them end when this is closed. */
final class Hangs implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch held = new CountDownLatch(1);
    private final Thread holder = new Thread(this::holdLocks, "holder-of-locks");
    private volatile boolean over;

    Hangs() throws IOException, InterruptedException {
        holder.setDaemon(true);
        holder.start();
        held.await();
    }

    /** Takes a core for itself. */
    Callable<Boolean> busyLoop() {
        return () -> {
            while (!over) {
                Thread.onSpinWait();
            }
            return true;
        };
    }

    Callable<Boolean> lock() {
        return () -> {
            lock.lock();
            try {
                return true;
            } finally {
                lock.unlock();
            }
        };
    }

    Callable<Boolean> monitor() {
        return () -> {
            synchronized (monitor) {
                return true;
            }
        };
    }

    /** Connects, and waits for an answer that never comes. */
    Callable<Boolean> socketRead() {
        return () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), silent.getLocalPort())) {
                return socket.getInputStream().read() < 0;
            } catch (IOException closed) {
                return true;
            }
        };
    }

    private void holdLocks() {
        lock.lock();
        try {
            synchronized (monitor) {
                held.countDown();
                while (!over) {
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException notYet) {
                        // Only close() lets go.
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /** All hangs end, and no new one begins. */
    void end() throws IOException {
        over = true;
        // Resets the connections that nobody accepted: their readers wake up.
        silent.close();
    }
}
