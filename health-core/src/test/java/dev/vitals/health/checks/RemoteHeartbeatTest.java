package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteHeartbeatTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Memory store = new Memory(nanos);
    private final RemoteHeartbeat first = new RemoteHeartbeat(store, "invoices", "first", nanos::get);
    private final RemoteHeartbeat second = new RemoteHeartbeat(store, "invoices", "second", nanos::get);
    private final WorkersCheck workers = WorkersCheck.of(store, "invoices").within(Duration.ofSeconds(30));

    /** Keeps when each worker lived last; the satellites' tests have the real ones. */
    private static class Memory implements HeartbeatStore {
        private final AtomicLong nanos;
        private final Map<String, Long> lived = new ConcurrentHashMap<>();

        Memory(AtomicLong nanos) {
            this.nanos = nanos;
        }

        @Override
        public void write(String group, String worker, Duration age, Deadline deadline) throws UnavailableException {
            lived.put(group + " " + worker, nanos.get() - age.toNanos());
        }

        @Override
        public void remove(String group, String worker, Deadline deadline) throws Exception {
            lived.remove(group + " " + worker);
        }

        @Override
        public List<Duration> ages(String group, Deadline deadline) throws UnavailableException {
            return lived.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(group + " "))
                    .map(entry -> Duration.ofNanos(nanos.get() - entry.getValue()))
                    .toList();
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void beforeTheFirstBeatNothingIsTold() throws Exception {
        assertThat(run(first).status()).isEqualTo(Status.UP);
        assertThat(run(workers)).satisfies(result -> {
            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.reason()).isEqualTo("no worker has left a heartbeat");
            assertThat(measured(result, "workers.alive")).isZero();
        });
    }

    @Test
    void theAgeIsThatOfTheBeatAndNotOfTheWriting() throws Exception {
        first.beat();
        pass(20);
        HealthResult told = run(first);
        assertThat(measured(told, "heartbeat.age")).isEqualTo(20);
        pass(5);

        HealthResult result = run(workers);

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(measured(result, "workers.latest.age")).isEqualTo(25);
    }

    @Test
    void aWorkerThatDoesNotBeatDiesThoughItsProcessWritesOn() throws Exception {
        first.beat();
        for (int i = 0; i < 31; i++) {
            pass(1);
            run(first);
        }

        HealthResult result = run(workers);

        assertThat(result.status()).isEqualTo(Status.DOWN);
        assertThat(result.reason()).isEqualTo("no worker alive, the last beat was 31 s ago, 30 s at the most");
    }

    @Test
    void exactlyAsOldAsAllowedIsAlive() throws Exception {
        first.beat();
        run(first);
        pass(30);
        assertThat(run(workers).status()).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @CsvSource({"1, UP, ", "2, UP, ", "3, DEGRADED, 2 of 3 workers alive"})
    void fewerThanExpectedAreSaid(int expected, Status status, String reason) throws Exception {
        first.beat();
        second.beat();
        run(first);
        run(second);

        HealthResult result = run(workers.expecting(expected));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(measured(result, "workers.alive")).isEqualTo(2);
        assertThat(measured(result, "workers.expected")).isEqualTo(expected);
        assertThat(result.toString()).doesNotContain("second");
    }

    @Test
    void aWorkerThatEndsIsForgotten() throws Exception {
        first.beat();
        second.beat();
        run(first);
        run(second);

        second.close();

        assertThat(store.lived).containsOnlyKeys("invoices first");
        run(second);
        assertThat(store.lived).as("a run that comes late").containsOnlyKeys("invoices first");
    }

    @Test
    void closingDoesNotWaitForAStoreThatHangs() throws Exception {
        var asked = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var hanging = new Memory(nanos) {
            @Override
            public void remove(String group, String worker, Deadline deadline) throws Exception {
                asked.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
        };
        var heartbeat = new RemoteHeartbeat(hanging, "invoices", "first", nanos::get);
        heartbeat.beat();

        heartbeat.close();

        assertThat(asked.getCount()).isZero();
        ended.await();
    }

    /** A socket does not heed interruption: a store frees itself by what it asks for on expiry. */
    @Test
    void closingEnforcesItsDeadline() throws Exception {
        var ended = new CountDownLatch(1);
        var deaf = new Memory(nanos) {
            @Override
            public void remove(String group, String worker, Deadline deadline) {
                var expired = new CountDownLatch(1);
                deadline.onExpiry(() -> {
                    throw new IllegalStateException("a driver that does not abort");
                });
                deadline.onExpiry(expired::countDown);
                while (expired.getCount() > 0) {
                    Thread.interrupted();
                    Thread.onSpinWait();
                }
                ended.countDown();
            }
        };
        var heartbeat = new RemoteHeartbeat(deaf, "invoices", "first", nanos::get);
        heartbeat.beat();

        heartbeat.close();

        ended.await();
    }

    @Test
    void aBeatOfTheFutureIsNobodysSignOfLife() throws Exception {
        store.write("invoices", "ahead", Duration.ofHours(-1), Deadline.after(Duration.ofSeconds(1)));
        assertThat(run(workers).status()).isEqualTo(Status.DOWN);

        store.write("invoices", "nearly", Duration.ofSeconds(-5), Deadline.after(Duration.ofSeconds(1)));
        assertThat(run(workers).status()).isEqualTo(Status.UP);
        assertThat(measured(run(workers), "workers.alive")).isEqualTo(1);
        assertThat(measured(run(workers), "workers.latest.age")).isZero();
    }

    @Test
    void aStoreThatFailsIsTheCheckersConcern() {
        var broken = new Memory(nanos) {
            @Override
            public void write(String group, String worker, Duration age, Deadline deadline) {
                throw new IllegalStateException("no connection");
            }

            @Override
            public void remove(String group, String worker, Deadline deadline) throws IOException {
                throw new IOException("no connection");
            }
        };
        var heartbeat = new RemoteHeartbeat(broken, "invoices", "first", nanos::get);
        heartbeat.beat();

        assertThatThrownBy(() -> run(heartbeat)).hasMessage("no connection");
        heartbeat.close();
    }

    @Test
    void aStoreThatIsAwaySaysWhy() throws Exception {
        var away = new Memory(nanos) {
            @Override
            public void write(String group, String worker, Duration age, Deadline deadline)
                    throws UnavailableException {
                throw new UnavailableException("authentication failed");
            }

            @Override
            public List<Duration> ages(String group, Deadline deadline) throws UnavailableException {
                throw new UnavailableException("no answer in time");
            }
        };
        var heartbeat = new RemoteHeartbeat(away, "invoices", "first", nanos::get);
        heartbeat.beat();

        assertThat(run(heartbeat)).isEqualTo(HealthResult.down("authentication failed"));
        assertThat(run(WorkersCheck.of(away, "invoices"))).isEqualTo(HealthResult.down("no answer in time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\t", "schön", "a;b", "a'b", "a/b"})
    void namesArePlain(String name) {
        assertThatThrownBy(() -> RemoteHeartbeat.of(store, name, "first"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give one such as \"invoices\"");
        assertThatThrownBy(() -> RemoteHeartbeat.of(store, "invoices", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no name of a worker");
        assertThatThrownBy(() -> WorkersCheck.of(store, name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> RemoteHeartbeat.of(null, "invoices", "first")).hasMessageContaining("store is null");
        assertThatThrownBy(() -> RemoteHeartbeat.of(store, "a".repeat(101), "first"))
                .hasMessageContaining("up to 100");
        assertThatThrownBy(() -> WorkersCheck.of(null, "invoices")).hasMessageContaining("store is null");
        assertThatThrownBy(() -> WorkersCheck.of(store, null)).hasMessageContaining("group is null");
        assertThatThrownBy(() -> workers.expecting(0)).hasMessageContaining("1 at the least");
        assertThatThrownBy(() -> workers.within(null)).hasMessageContaining("within(null)");
        assertThatThrownBy(() -> workers.within(Duration.ofHours(25))).hasMessageContaining("a day at the most");
        assertThatThrownBy(() -> workers.within(Duration.ZERO)).hasMessageContaining("within(PT0S)");
    }
}
