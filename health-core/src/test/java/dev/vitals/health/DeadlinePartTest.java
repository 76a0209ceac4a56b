package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinePartTest {
    @ParameterizedTest
    @CsvSource({"500, 500, 400, 0", "5000, 2000, 1900, 0", "0, 0, 0, 0", "-1, 0, 0, 0"})
    void aPartEndsWithItsLimitAndNeverPastTheWhole(long limit, long now, long later, long atTheEnd) {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1);
        var whole = new Deadline(nanos::get, Duration.ofSeconds(2));

        Deadline part = whole.atMost(Duration.ofMillis(limit));

        assertThat(part.remaining()).isEqualTo(Duration.ofMillis(now));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(part.remaining()).isEqualTo(Duration.ofMillis(later));
        nanos.addAndGet(Duration.ofMillis(1_900).toNanos());
        assertThat(part.remaining()).isEqualTo(Duration.ofMillis(atTheEnd));
    }

    @Test
    void whatAPartAsksForIsDoneOnTheExpiryOfTheWhole() {
        var done = new AtomicInteger();
        var whole = Deadline.after(Duration.ofMinutes(1));
        whole.atMost(Duration.ofSeconds(2)).atMost(Duration.ZERO).onExpiry(done::incrementAndGet);

        assertThat(done).hasValue(0);
        whole.expire().forEach(Runnable::run);

        assertThat(done).hasValue(1);
    }
}
