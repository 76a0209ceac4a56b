package dev.vitals.examples.orders;

import dev.vitals.examples.orders.Orders.Taken;
import dev.vitals.health.Heartbeat;
import dev.vitals.health.checks.RemoteHeartbeat;
import dev.vitals.metrics.BusinessCounter;
import dev.vitals.metrics.Operations;
import dev.vitals.metrics.TaskMetrics;
import dev.vitals.tracing.Traced;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes orders from the queue and fills them, on a thread of its own; now and then it forgets old ones. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /** Under which name the workers of all processes leave their heartbeats. */
    static final String GROUP = "orders";

    private static final int BATCH = 50;
    private static final Duration CLEANUP = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    // Longer than a round can take while the database does not answer (1 s for a connection, 5 s for an answer): that
    // is no reason to restart this process.
    private final Heartbeat heartbeat = Heartbeat.within(Duration.ofSeconds(15));
    private final RemoteHeartbeat remote;
    private final Orders orders;
    private final Quotes quotes;
    private final Traced traced;
    private final Switches switches;
    private final BusinessCounter filled;
    private final TaskMetrics.Worker worker;
    private final TaskMetrics.Job cleanup;
    private final Queue queue = new Queue();
    private long nextCleanup = System.nanoTime();
    private long nextPrice = System.nanoTime();
    private final Thread thread = new Thread(this::run, "orders-worker");

    Worker(
            Orders orders,
            Quotes quotes,
            Traced traced,
            RemoteHeartbeat remote,
            Switches switches,
            Operations operations,
            TaskMetrics tasks) {
        this.remote = remote;
        this.orders = orders;
        this.quotes = quotes;
        this.traced = traced;
        this.switches = switches;
        this.filled = operations.counter("orders.filled", "Orders that the worker has filled");
        this.worker = tasks.worker("orders");
        this.cleanup = tasks.job("cleanup", CLEANUP);
        tasks.queue("orders", queue::depth).oldestAge(queue::oldestAge);
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
            if (!well) {
                worker.retried();
            }
            long startedAt = System.nanoTime();
            try {
                List<Taken> some = orders.fillSome(BATCH);
                filled.add(some.size());
                worker.executed(some.size(), since(startedAt));
                well = true;
                for (Taken order : some) {
                    traced.consume("process orders", order.carrier(), () -> finish(order));
                }
                lookAround();
            } catch (SQLException failed) {
                worker.record(since(startedAt), failed);
                queue.unknown();
                if (well) {
                    LOG.warn("the worker cannot take orders from the queue, and goes on trying: {}", failed.toString());
                }
                well = false;
            }
        } while (Pause.millis(100));
    }

    /** In the trace of the request that brought the order; whether it has a price now. */
    private boolean finish(Taken order) throws SQLException {
        BigDecimal price = price(order);
        if (price != null) {
            orders.priced(order.id(), price);
        }
        if (!order.email().isEmpty()) {
            LOG.info("order {} filled at {}, {} is told", order.id(), price, order.email());
        }
        return price != null;
    }

    /** Null where nobody tells it at once: no outside API holds up the queue, whose orders are filled all the same. */
    private @Nullable BigDecimal price(Taken order) {
        long startedAt = System.nanoTime();
        if (startedAt - nextPrice < 0) {
            return null;
        }
        BigDecimal price = null;
        try {
            price = quotes.price(order.symbol());
        } catch (IOException away) {
            LOG.debug("order {} has no price: {}", order.id(), away.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        if (price == null || since(startedAt).compareTo(SLOW) > 0) {
            nextPrice = System.nanoTime() + PAUSE.toNanos();
        }
        return price;
    }

    private void lookAround() throws SQLException {
        if (queue.isOld()) {
            queue.is(orders.waiting());
        }
        if (System.nanoTime() - nextCleanup >= 0) {
            nextCleanup = System.nanoTime() + CLEANUP.toNanos();
            cleanup.run(orders::forgetOldOnes);
        }
    }

    private static Duration since(long startedAt) {
        return Duration.ofNanos(System.nanoTime() - startedAt);
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
