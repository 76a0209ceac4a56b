package dev.vitals.health.jdbc;

import static dev.vitals.testkit.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import dev.vitals.testkit.FaultTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A check under a running monitor, to which faults are done: what it says, how soon, and that nothing of it is left. */
final class Watched implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();

    /** One of each at most, for each monitor, comes when there is work, and goes when there was none for a while. */
    private static final Set<String> COME_AND_GO = Set.of(
            "connection-adder",
            "connection-closer",
            "vitals-listener",
            "vitals-idle",
            "vitals-check-checked",
            "vitals-stacks");

    /** The JVM's own, those of the network, and the one that reads what the server writes. */
    private static final Set<String> OTHERS =
            Set.of("process reaper", "ForkJoinPool", "Attach Listener", "postgres:pid", "fault-proxy");

    private final FaultTable table;
    private final HealthMonitor monitor;
    private final Callable<?> connections;

    interface Action {
        void run() throws Exception;
    }

    /**
     * Begins to watch.
     *
     * @param connections what is there of them, at the server and in the pool; the same before a fault and after it
     */
    Watched(FaultTable table, HealthCheck check, Callable<?> connections) throws Exception {
        this.table = table;
        this.connections = connections;
        this.monitor = HealthMonitor.builder()
                .observe("checked", check, options -> options.every(Duration.ofMillis(200))
                        .timeout(Duration.ofMillis(600)))
                .start();
        OPEN.incrementAndGet();
        awaitWell();
    }

    void awaitWell() throws Exception {
        eventually(() -> says().equals("UP"), this::now);
    }

    HealthReport.Check now() {
        return monitor.report().checks().get(0);
    }

    private String says() {
        HealthReport.Check now = now();
        return now.status() + (now.reason() == null ? "" : ": " + now.reason());
    }

    /** Does the fault, waits for the words, ends the fault, and waits until all is as it was. */
    void play(String fault, String says, Action breaks, Action mends) throws Exception {
        Object connectionsBefore = connections.call();
        Map<String, Integer> threadsBefore = threads(Integer.MAX_VALUE);

        Duration noticed;
        Instant mended;
        try {
            noticed = notice(fault, says, breaks);
        } finally {
            mended = Instant.now();
            mends.run();
        }
        awaitWell();
        Duration recovered = since(mended);

        eventually(
                () -> connections.call().equals(connectionsBefore),
                () -> "connections after \"" + fault + "\", before: " + connectionsBefore);
        eventually(
                () -> threads(OPEN.get()).equals(threadsBefore),
                () -> threads(OPEN.get()) + "; before: " + threadsBefore);
        assertThat(monitor.report().engine().hung()).isZero();
        table.add(fault, says, noticed, recovered);
    }

    /** A fault without an end, whatever there was before it. */
    void playForGood(String fault, String says, Action breaks) throws Exception {
        Instant broken = Instant.now();
        breaks.run();
        eventually(() -> says().equals(says), this::now);
        table.addForGood(fault, says, since(broken));
    }

    /** Until the status that there is now: it may have come while the fault was still being done. */
    private Duration since(Instant then) {
        Duration time = Duration.between(then, requireNonNull(now().since()));
        assertThat(time).as("since the fault, or its end, began").isPositive();
        return time;
    }

    private Duration notice(String fault, String says, Action breaks) throws Exception {
        Instant broken = Instant.now();
        breaks.run();
        eventually(() -> now().status() != Status.UP, this::now);
        Duration noticed = since(broken);
        assertThat(says).as(fault).startsWith(now().status() + ": ");
        eventually(
                () -> {
                    assertThat(now().status())
                            .as("while there is the fault: " + now())
                            .isNotEqualTo(Status.UP);
                    return says().equals(says);
                },
                this::now);
        return noticed;
    }

    static Map<String, Integer> threads(int mayComeAndGo) {
        var names = new TreeMap<String, Integer>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName().replaceAll("[0-9]+", "n");
            if (OTHERS.stream().noneMatch(name::contains)) {
                names.merge(name, 1, Integer::sum);
            }
        }
        names.entrySet()
                .removeIf(one ->
                        one.getValue() <= mayComeAndGo && COME_AND_GO.stream().anyMatch(one.getKey()::contains));
        return names;
    }

    @Override
    public void close() {
        monitor.close();
        OPEN.decrementAndGet();
    }
}
