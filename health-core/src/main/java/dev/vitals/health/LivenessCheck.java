package dev.vitals.health;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sign that this process itself is alive. Sealed, so that a dependency cannot get into liveness: a database that
 * is away must never restart the applications that wait for it.
 *
 * <p>Not every failure is worth a restart. Registered with {@link #asCheck} for readiness or {@code /health}, a sign
 * takes the instance out of traffic, or raises an alert, and nothing more.
 */
public sealed interface LivenessCheck permits Heartbeat, LivenessFlag, Scan {
    /**
     * {@return what is known to be broken in this process, or null while nothing is} Called at every liveness probe:
     * it neither blocks nor allocates while all is well.
     */
    @Nullable
    String failure();

    /** {@return the same sign for readiness or {@code /health}, where its failure restarts nothing} */
    default HealthCheck asCheck() {
        return deadline -> {
            String failure = failure();
            return failure == null ? HealthResult.up() : HealthResult.down(failure);
        };
    }

    /**
     * {@return a sign that fails once threads of this process wait for each other for ever} Looked for every ten
     * seconds, and certain once the same threads were found twice; as {@link java.lang.management.ThreadMXBean#findDeadlockedThreads} does: platform threads, on monitors
     * and on {@code java.util.concurrent} locks.
     */
    static LivenessCheck deadlock() {
        return new DeadlockScan(System::nanoTime);
    }

    /**
     * A sign that fails once nobody accepts connections on the application's own main port: its acceptor is dead, its
     * listening socket is closed or its queue has run full. Tried every ten seconds over loopback, with a connection
     * that sends nothing and is closed again; it fails after three failures in a row, and never before it has once
     * gone well. On Linux it sees whether its connection was accepted; elsewhere, only whether it could be made. How
     * fast requests are answered plays no part: a slow database must not restart anything. For the same reason it says
     * nothing while the server holds more than 64 connections: it may have stopped accepting at a limit of its own.
     *
     * @param port asked before each try; 0 or less while there is no port yet
     * @return the sign
     */
    static LivenessCheck acceptor(IntSupplier port) {
        return new AcceptorScan(port, AcceptedSockets.ofThisProcess(), System::nanoTime);
    }

    /**
     * {@return {@link #acceptor(IntSupplier)} for a port that is known}
     *
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the port is out of range
     */
    static LivenessCheck acceptor(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
        return acceptor(() -> port);
    }
}
