package dev.vitals.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connects to the application's own port, and sees whether anybody takes the connection. */
final class AcceptorScan extends Scan {
    static final int FAILURES = 3;
    static final int MANY_CONNECTIONS = 64;
    private static final long SPARED_NANOS = Duration.ofMillis(500).toNanos();
    private static final long FIRST_LOOK_MILLIS = 5;

    private final IntSupplier port;
    private final AcceptedSockets accepted;
    private boolean everWell;
    private int failures;

    AcceptorScan(IntSupplier port, AcceptedSockets accepted, LongSupplier nanoTime) {
        super(nanoTime);
        this.port = port;
        this.accepted = accepted;
    }

    /** One at a time: the engine sees to that. */
    @Override
    synchronized @Nullable String look(Deadline deadline) throws InterruptedException {
        int number = port.getAsInt();
        if (number <= 0) {
            return null;
        }
        String failure = connect(number, deadline);
        everWell |= failure == null;
        failures = failure == null ? 0 : failures + 1;
        return everWell && failures >= FAILURES ? failure : null;
    }

    private @Nullable String connect(int number, Deadline deadline) throws InterruptedException {
        try (var socket = new Socket()) {
            deadline.onExpiry(() -> closeQuietly(socket));
            int millis = (int) Math.max(1, (deadline.remainingNanos() - SPARED_NANOS) / 1_000_000L);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), millis);
            for (long pause = FIRST_LOOK_MILLIS;
                    deadline.remainingNanos() > SPARED_NANOS;
                    pause = Math.min(2 * pause, 500)) {
                Thread.sleep(pause);
                Boolean taken = accepted.contains(socket.getLocalPort(), number);
                if (taken == null || taken) {
                    return null;
                }
            }
            return accepted.count(number) > MANY_CONNECTIONS ? null : "nobody accepts connections on port " + number;
        } catch (IOException refused) {
            return "no connection to port " + number + ": " + refused.getClass().getSimpleName();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // It is what was wanted.
        }
    }
}
