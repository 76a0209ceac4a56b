package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Publishing, reading and late results against each other, for some seconds and with more checks than threads: what no
 * interleaving may break. Each result says which run it is of, so that a reader can tell what it sees.
 */
@Timeout(120)
class StressTest {
    private static final int CHECKS = 100;
    private static final Duration HOW_LONG = Duration.ofSeconds(4);

    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<Hostile> checks = new ArrayList<>();
    private final AtomicLong readings = new AtomicLong();
    private volatile boolean calm;
    private volatile boolean readersStop;

    @Test
    void whateverHappensAtOnceWhatIsReadIsSo() throws Exception {
        var builder = HealthMonitor.builder()
                .history(10_000)
                .defaults(check -> check.every(Duration.ofMillis(20))
                        .everyWhileDown(Duration.ofMillis(10))
                        .timeout(Duration.ofMillis(5))
                        .longestAge(Duration.ofHours(1)))
                .listener(new InOrder());
        for (int i = 0; i < CHECKS; i++) {
            var check = new Hostile();
            checks.add(check);
            builder.readiness("check-" + i, check);
        }
        try (var quiet = LoggedHealth.off();
                var monitor = builder.start()) {
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var reader = new Thread(() -> read(monitor), "reader-" + i);
                reader.start();
                readers.add(reader);
            }
            Thread.sleep(HOW_LONG.toMillis());
            readersStop = true;
            for (Thread reader : readers) {
                reader.join();
            }
            calm = true;

            int runs = 0;
            long late = 0;
            for (int i = 0; i < CHECKS; i++) {
                int place = i;
                eventually(() -> endedOnce(monitor, place));
                runs += checks.get(i).runs.get();
                late += monitor.report().checks().get(i).lateResults();
            }
            assertThat(broken).isEmpty();
            assertThat(quiet.lines()).isEmpty();
            assertThat(late).as("some were late, and some were not").isBetween(1L, runs - 1L);
            System.out.printf("stress: %d runs, %d of them late, %d readings%n", runs, late, readings.get());
        }
    }

    /** Each run that began has given one result that was published, or one that was late, having missed its deadline; none is under way now. */
    private boolean endedOnce(HealthMonitor monitor, int place) {
        int runs = checks.get(place).runs.get();
        long inTime = monitor.history("check-" + place).stream()
                .filter(point -> point.status() != Status.DOWN)
                .count();
        HealthReport.Check check = monitor.report().checks().get(place);
        return runs == inTime + check.lateResults()
                && check.missedDeadlines() == check.lateResults()
                && runs == checks.get(place).runs.get();
    }

    private void read(HealthMonitor monitor) {
        Map<String, Integer> lastRun = new HashMap<>();
        while (!readersStop) {
            HealthReport report = monitor.report();
            Status worst = Status.UP;
            for (HealthReport.Check check : report.checks()) {
                worst = worst.worse(check.status());
                look(check, lastRun);
            }
            require(report.status(Probe.READINESS) == worst, "a report of two moments");
            require(report.engine().underWay() <= Runners.MOST, "more than 64 runs");
            monitor.status(Probe.READINESS);
            readings.incrementAndGet();
        }
    }

    private void look(HealthReport.Check check, Map<String, Integer> lastRun) {
        String reason = String.valueOf(check.reason());
        require(!reason.startsWith("null,"), "a reason of nothing");
        if (check.details().get("run") instanceof Integer run) {
            require(run >= lastRun.getOrDefault(check.name(), 0), "a result older than the one before");
            lastRun.put(check.name(), run);
            require(check.status() != Status.DOWN, "a status that its result does not explain");
            require(!Boolean.TRUE.equals(check.details().get("late")), "a late result");
        } else {
            require(
                    check.status() == Status.DOWN
                            && reason.matches("(not checked yet|no answer in 5 ms|no thread free).*"),
                    "a status that nothing explains: " + check.status() + " " + reason);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds && broken.size() < 10) {
            broken.add(otherwise);
        }
    }

    /** In time, at the deadline, after it, until interrupted. */
    private final class Hostile implements HealthCheck {
        final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger mine = new AtomicInteger();

        @Override
        public HealthResult check(Deadline deadline) {
            require(mine.incrementAndGet() == 1, "two runs of one check");
            require(underWay.incrementAndGet() <= Runners.MOST, "more than 64 runs at once");
            // Its own comes once its deadline has passed, on a busy machine before it has begun.
            require(!Thread.currentThread().isInterrupted() || deadline.isExpired(), "the interrupt of another run");
            int run = runs.incrementAndGet();
            try {
                int how = calm ? 0 : ThreadLocalRandom.current().nextInt(8);
                long spared = how == 1 ? 50_000 : 0;
                while ((how == 1 || how == 2) && deadline.remainingNanos() > spared) {
                    Thread.onSpinWait();
                }
                if (how == 3) {
                    sleep(60);
                }
                boolean late = deadline.isExpired();
                HealthResult result = run % 3 == 0 ? HealthResult.degraded("third") : HealthResult.up();
                return result.withDetail("run", run).withDetail("late", late);
            } finally {
                underWay.decrementAndGet();
                mine.decrementAndGet();
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException cut) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each change begins where the one before ended, and no completion is older than the one before. */
    private final class InOrder implements HealthListener {
        private final Map<String, HealthReport.Check> last = new HashMap<>();
        private final Map<String, Instant> lastCompleted = new HashMap<>();

        @Override
        public void onChanged(HealthReport.Check before, HealthReport.Check after) {
            HealthReport.Check known = last.put(after.name(), after);
            if (known != null) {
                require(known.status() == before.status(), "a change from what was not said before");
                require(before.status() != after.status(), "a change that is none");
            } else {
                require(before.checkedAt() == null, "a first change that is not the first");
            }
        }

        @Override
        public void onCompleted(HealthReport.Check after) {
            Instant known = lastCompleted.put(after.name(), after.checkedAt());
            require(known == null || !after.checkedAt().isBefore(known), "completions out of order");
        }
    }
}
