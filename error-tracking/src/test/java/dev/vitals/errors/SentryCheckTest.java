package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitals.errors.Counts.Loss;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import io.sentry.SentryOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentryCheckTest {
    private final ErrorTracking tracking = ErrorTracking.install(new SentryOptions());
    private long nanos = -7;
    private final SentryCheck check = new SentryCheck(tracking, () -> nanos);

    @Test
    void withNothingLostItIsUpAndSaysHowManyWereSent() {
        tracking.counts().sent.add(3);
        tracking.counts().suppressed.add(2);

        HealthResult result = look();

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.details()).containsEntry("sent", 3L);
        assertThat(result.measurements())
                .extracting(HealthResult.Measurement::name, HealthResult.Measurement::value)
                .containsExactly(
                        tuple("errors.sent", 3.0), tuple("errors.suppressed", 2.0), tuple("errors.dropped", 0.0));
        assertThat(check.advisory()).isTrue();
    }

    @Test
    void whatTheApplicationLeavesOutItselfIsNoLoss() {
        lose(Loss.FILTERED, 9);

        HealthResult result = look();

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(result.measurements().get(2).value()).isZero();
    }

    @Test
    void aLossDegradesAndSaysWhyForFiveMinutes() {
        lose(Loss.RATELIMIT_BACKOFF, 2);
        lose(Loss.QUEUE_OVERFLOW, 1);

        assertThat(look().status()).isEqualTo(Status.DEGRADED);
        after(Duration.ofSeconds(299));
        assertThat(look().reason()).isEqualTo("3 reports did not arrive: rate limited 2, queue full 1");
        after(Duration.ofSeconds(1));
        assertThat(look().status()).isEqualTo(Status.UP);
    }

    @Test
    void oneMoreLossBeginsTheTimeAnew() {
        lose(Loss.SEND_ERROR, 1);
        assertThat(look().reason()).isEqualTo("1 report did not arrive: not accepted 1");
        after(Duration.ofSeconds(299));
        lose(Loss.KEPT_ON_DISK, 1);
        assertThat(look().reason()).isEqualTo("2 reports did not arrive: not accepted 1, kept on disk 1");
        after(Duration.ofSeconds(299));

        assertThat(look().status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void aDeliveryEndsIt() {
        lose(Loss.SEND_ERROR, 1);
        look();
        tracking.counts().sent.increment();

        assertThat(look().status()).isEqualTo(Status.UP);
    }

    @Test
    void aDeliveryBesideALossDoesNot() {
        lose(Loss.SEND_ERROR, 1);
        tracking.counts().sent.increment();

        assertThat(look().status()).isEqualTo(Status.DEGRADED);
        assertThat(look().status()).isEqualTo(Status.DEGRADED);
    }

    private void lose(Loss loss, int count) {
        tracking.counts().dropped(loss).add(count);
    }

    private void after(Duration time) {
        nanos += time.toNanos();
    }

    private HealthResult look() {
        return check.check(Deadline.after(Duration.ofSeconds(1)));
    }
}
