package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Time is simulated: the check looks every 15 s, as an application's would. */
class SloCheckTest {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(3).toNanos());
    private final Indicator indicator = Indicator.register(Slo.availability("api", 99.9), new SimpleMeterRegistry());
    private final SloCheck check = new SloCheck(indicator, nanos::get);

    /** So many events between two looks, every n-th of them bad; the last look's result. */
    private HealthResult serve(Duration time, int events, int everyBad) {
        HealthResult last = HealthResult.up();
        long counted = 0;
        for (long passed = 0; passed < time.toNanos(); passed += EVERY.toNanos()) {
            for (int i = 0; i < events; i++) {
                indicator.record(everyBad > 0 && ++counted % everyBad == 0, 1);
            }
            nanos.addAndGet(EVERY.toNanos());
            last = check.check(Deadline.after(Duration.ofSeconds(1)));
        }
        return last;
    }

    private static double measured(HealthResult result, String name) {
        return result.measurements().stream()
                .filter(measurement -> measurement.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void whatGoesWellIsUp() {
        HealthResult result = serve(Duration.ofHours(2), 100, 0);

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(measured(result, "slo.burn.hour")).isZero();
        assertThat(result.details()).containsEntry("objective", "api: 99.9 % available over 30 days");
    }

    @Test
    void nothingToCountIsUp() {
        assertThat(serve(Duration.ofHours(2), 0, 0).status()).isEqualTo(Status.UP);
    }

    @Test
    void burningAsFastAsItMayIsUp() {
        HealthResult result = serve(Duration.ofHours(2), 100, 1_000);

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(measured(result, "slo.burn.hour")).isCloseTo(1, within(0.1));
    }

    /** One in 80 is 12.5 times the budget, one in 60 is 16.7 times. */
    @Test
    void justBelowTheFastBurnIsUpAndJustAboveIsDegraded() {
        assertThat(serve(Duration.ofHours(2), 100, 80).status()).isEqualTo(Status.UP);
        assertThat(serve(Duration.ofHours(2), 100, 60).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void aFullOutageShowsOnceAFiftiethOfTheBudgetCanBeGone() {
        serve(Duration.ofHours(2), 100, 0);
        // 14.4 thousandths of an hour: 52 s of nothing but failures.
        assertThat(serve(Duration.ofSeconds(45), 100, 1).status()).isEqualTo(Status.UP);

        HealthResult result = serve(EVERY, 100, 1);

        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.reason())
                .isEqualTo(
                        "burns its error budget 16.7 times as fast as it may: 400 of 24,000 events were bad within the hour");
        assertThat(measured(result, "slo.burn.5min")).isCloseTo(200, within(0.1));
    }

    @Test
    void whenItIsOverFiveMinutesAreEnough() {
        serve(Duration.ofMinutes(10), 100, 1);

        assertThat(serve(Duration.ofMinutes(4), 100, 0).status()).isEqualTo(Status.DEGRADED);
        HealthResult over = serve(Duration.ofMinutes(1).plus(EVERY), 100, 0);
        assertThat(over.status()).isEqualTo(Status.UP);
        assertThat(measured(over, "slo.burn.hour")).isGreaterThan(14.4);
        assertThat(measured(serve(Duration.ofMinutes(70), 100, 0), "slo.burn.hour"))
                .isZero();
    }

    @Test
    void aHandfulOfFailuresWakesNobody() {
        serve(Duration.ofMinutes(1), 1, 0);

        assertThat(serve(EVERY, 9, 1).status()).isEqualTo(Status.UP);
        assertThat(serve(EVERY, 1, 1).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void whatWasCountedBeforeTheCheckWasMadeIsNotIts() {
        for (int i = 0; i < 1_000; i++) {
            indicator.record(true, 1);
        }
        var later = new SloCheck(indicator, nanos::get);
        nanos.addAndGet(EVERY.toNanos());

        assertThat(later.check(Deadline.after(EVERY)).status()).isEqualTo(Status.UP);
    }

    @Test
    void aProcessThatStoodStillLooksAtItsLastHourOfWork() {
        serve(Duration.ofMinutes(10), 100, 0);
        nanos.addAndGet(Duration.ofHours(5).toNanos());

        assertThat(serve(Duration.ofMinutes(1), 100, 1).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void theHistoryIsBounded() {
        var history = new BurnHistory(new BurnHistory.Point(0, 0, 0));
        for (long second = 1; second < 100_000; second++) {
            history.add(new BurnHistory.Point(second * 1_000_000_000L, second, 0));
        }

        assertThat(history.size()).isBetween(360, 362);
        assertThat(history.before(Duration.ofHours(1), 99_999_000_000_000L).events())
                .isBetween(96_380L, 96_399L);
    }

    @Test
    void itIsAdvice() {
        assertThat(check.advisory()).isTrue();
    }
}
