package dev.vitals.examples.orders;

import dev.vitals.health.Heartbeat;
import dev.vitals.health.checks.RemoteHeartbeat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes orders from the queue and fills them, on a thread of its own. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /** Under which name the workers of all processes leave their heartbeats. */
    static final String GROUP = "orders";

    private static final int BATCH = 50;

    // Longer than a round can take while the database does not answer (1 s for a connection, 5 s for an answer): that
    // is no reason to restart this process.
    private final Heartbeat heartbeat = Heartbeat.within(Duration.ofSeconds(15));
    private final RemoteHeartbeat remote;
    private final Orders orders;
    private final Switches switches;
    private final Counter filled;
    private final Thread thread = new Thread(this::run, "orders-worker");

    Worker(Orders orders, RemoteHeartbeat remote, Switches switches, MeterRegistry registry) {
        this.remote = remote;
        this.orders = orders;
        this.switches = switches;
        this.filled = Counter.builder("orders.filled")
                .description("Orders that the worker has filled")
                .register(registry);
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    void start() {
        thread.start();
    }

    private void run() {
        boolean well = true;
        do {
            if (switches.workerHangs()) {
                continue;
            }
            heartbeat.beat();
            remote.beat();
            try {
                filled.increment(orders.fillSome(BATCH));
                well = true;
            } catch (SQLException failed) {
                if (well) {
                    LOG.warn("the worker cannot take orders from the queue, and goes on trying: {}", failed.toString());
                }
                well = false;
            }
        } while (Pause.millis(100));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
