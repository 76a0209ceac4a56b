package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes that a worker of this one still turns: the worker beats, and each run of this check writes the age
 * of its last beat into a store that they read with {@link WorkersCheck}. Advisory. Safe for use by many threads.
 *
 * <pre>{@code
 * RemoteHeartbeat heartbeat = RemoteHeartbeat.of(store, "invoices", hostName);
 * HealthMonitor health = HealthMonitor.builder()
 *     .observe("heartbeat", heartbeat, check -> check.every(ofSeconds(5)))
 *     .start();
 * while (running) {
 *     heartbeat.beat();
 *     work();
 * }
 * }</pre>
 *
 * <p>{@link #beat()} touches no store and costs nothing: what the store is worth costs the check's own thread alone. Before
 * the first beat nothing is written. A store that cannot be written to is DOWN here, and looks like a dead worker to
 * whoever reads it. This says nothing of this process's liveness: {@link dev.vitals.health.Heartbeat} does.
 *
 * <p>Measures {@code heartbeat.age} (s).
 */
public final class RemoteHeartbeat implements HealthCheck, AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final HeartbeatStore store;
    private final String group;
    private final String worker;
    private final LongSupplier nanoTime;
    private volatile boolean beaten;
    private volatile boolean closed;
    private volatile long lastNanos;

    RemoteHeartbeat(HeartbeatStore store, String group, String worker, LongSupplier nanoTime) {
        this.store = store;
        this.group = group;
        this.worker = worker;
        this.nanoTime = nanoTime;
    }

    /**
     * {@return a heartbeat that a store makes known}
     *
     * @param store where to
     * @param group the workers that do the same work, for example {@code invoices}
     * @param worker this one among them, the host's name for instance: two of the same name are one
     * @throws IllegalArgumentException if there is no store, or a name is not 1 to 100 letters, digits and {@code . _ - : @}
     */
    public static RemoteHeartbeat of(@Nullable HeartbeatStore store, @Nullable String group, @Nullable String worker) {
        return new RemoteHeartbeat(
                Options.given(store, "the store is null: make it first, then give it to RemoteHeartbeat.of"),
                Options.name(group, "group"),
                Options.name(worker, "worker"),
                System::nanoTime);
    }

    /** The worker has come round once more. */
    public void beat() {
        lastNanos = nanoTime.getAsLong();
        beaten = true;
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) throws Exception {
        if (closed) {
            return HealthResult.up().withDetail("heartbeat", "ended");
        }
        if (!beaten) {
            return HealthResult.up().withDetail("heartbeat", "none yet");
        }
        Duration age = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - lastNanos));
        try {
            store.write(group, worker, age, deadline);
        } catch (UnavailableException lost) {
            return lost.result();
        }
        return HealthResult.up().withMeasurement("heartbeat.age", "s", age.toMillis() / 1000.0);
    }

    /**
     * The worker ends as it should: the store forgets it, so that nobody misses it. Waits for that at most 1 s; where the
     * store does not answer, the worker reads dead there until the store drops it. Close the monitor first.
     */
    @Override
    public void close() {
        closed = true;
        if (!beaten) {
            return;
        }
        Deadline deadline = Deadline.after(LONGEST_CLOSE);
        var thread = new Thread(() -> forget(deadline), "vitals-heartbeat-close");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            deadline.enforce();
        }
    }

    private void forget(Deadline deadline) {
        try {
            store.remove(group, worker, deadline);
        } catch (Exception unreachable) {
            // It reads dead there until the store drops it: nobody is left here who could do more.
            return;
        }
    }
}
