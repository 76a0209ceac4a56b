package dev.vitals.metrics;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.metrics.BurnHistory.Point;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Whether an objective's error budget burns fast at this moment: DEGRADED while both the last hour and the last five
 * minutes burn it so fast that a fiftieth of it would go in an hour (14.4 times as fast as it may over 30 days, 13.44
 * over 28), and at least ten events of that hour were bad; else UP. Never DOWN: an instance that serves badly is seldom
 * helped by being stopped. Advisory. It sees what this process counted since the check was made. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * Slo available = Slo.availability("api", 99.9);
 * HttpServerMetrics http = HttpServerMetrics.builder(registry).slo(available).build();
 * HealthMonitor.builder().observe("slo-api", SloCheck.of(http, available));
 * }</pre>
 *
 * <p>Its details say how many events the last hour had: 0 where an objective names a route that nobody serves.
 *
 * <p>Measures {@code slo.burn.hour} and {@code slo.burn.5min} (1): 1 is what just uses the budget up.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Alerting on SLOs, The Site Reliability Workbook</a>
 */
public final class SloCheck implements HealthCheck {
    static final int FEWEST_BAD = 10;

    private static final Duration SHORT = Duration.ofMinutes(5);

    private final Indicator indicator;
    private final LongSupplier nanoTime;
    private final BurnHistory history;

    SloCheck(Indicator indicator, LongSupplier nanoTime) {
        this.indicator = indicator;
        this.nanoTime = nanoTime;
        history = new BurnHistory(indicator.at(nanoTime.getAsLong()));
    }

    /**
     * {@return a check of an objective on HTTP requests}
     *
     * @param metrics what counts them
     * @param slo an objective that its builder was given
     * @throws IllegalArgumentException if it was not
     */
    public static SloCheck of(HttpServerMetrics metrics, Slo slo) {
        return new SloCheck(metrics.indicator(slo), System::nanoTime);
    }

    /**
     * {@return a check of an objective on operations}
     *
     * @param operations what counts them
     * @param slo an objective that its builder was given
     * @throws IllegalArgumentException if it was not
     */
    public static SloCheck of(Operations operations, Slo slo) {
        return new SloCheck(operations.indicator(slo), System::nanoTime);
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public synchronized HealthResult check(Deadline deadline) {
        Point now = indicator.at(nanoTime.getAsLong());
        history.add(now);
        Point hourAgo = history.before(BurnHistory.LONGEST, now.nanos());
        double budget = indicator.slo().budget();
        double hour = hourAgo.badShareUntil(now) / budget;
        double minutes = history.before(SHORT, now.nanos()).badShareUntil(now) / budget;
        long bad = now.bad() - hourAgo.bad();
        double fast = indicator.slo().fastBurn();
        HealthResult result = hour >= fast && minutes >= fast && bad >= FEWEST_BAD
                ? HealthResult.degraded(reason(hour, bad, now.events() - hourAgo.events()))
                : HealthResult.up();
        return result.withDetail("objective", indicator.slo().toString())
                .withDetail("events", now.events() - hourAgo.events())
                .withMeasurement("slo.burn.hour", "1", hour)
                .withMeasurement("slo.burn.5min", "1", minutes);
    }

    private static String reason(double burn, long bad, long events) {
        return String.format(
                Locale.ROOT,
                "burns its error budget %.1f times as fast as it may: %,d of %,d events were bad within the hour",
                burn,
                bad,
                events);
    }
}
