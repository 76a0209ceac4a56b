package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two probes that come at once when a stopped process goes on. */
class PulseRaceTest {
    private static final int ROUNDS = 30_000;
    private static final long A_MINUTE = 60_000_000_000L;

    @Test
    void readersWhoComeTogetherGetTheSameGrace() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var pulse = new Pulse(0);
                var there = new AtomicInteger();
                Callable<Long> read = () -> {
                    there.incrementAndGet();
                    while (there.get() < 2) {
                        Thread.onSpinWait();
                    }
                    return pulse.read(A_MINUTE).resumedNanos();
                };
                var one = threads.submit(read);
                var other = threads.submit(read);

                assertThat(one.get()).as("round %d", round).isEqualTo(A_MINUTE);
                assertThat(other.get()).as("round %d", round).isEqualTo(A_MINUTE);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
