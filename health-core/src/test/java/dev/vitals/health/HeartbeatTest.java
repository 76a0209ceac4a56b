package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(60), nanos::get);

    @Test
    void beforeTheFirstBeatNothingIsKnown() {
        nanos.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(heartbeat.failure()).isNull();
    }

    @Test
    void itFailsWhenTheLoopHasNotComeRoundForTooLong() {
        heartbeat.beat();
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(heartbeat.failure()).isNull();

        nanos.addAndGet(1);
        assertThat(heartbeat.failure()).isEqualTo("no heartbeat for 60 s, 60 s at the most");

        heartbeat.beat();
        assertThat(heartbeat.failure()).isNull();
    }

    @Test
    void aGapOfNothingMakesNoSense() {
        assertThatThrownBy(() -> Heartbeat.within(Duration.ZERO)).hasMessageContaining("above zero");
        assertThatThrownBy(() -> Heartbeat.within(Duration.ofSeconds(-1))).hasMessageContaining("above zero");
    }
}
