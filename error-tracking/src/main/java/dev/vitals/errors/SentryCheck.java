package dev.vitals.errors;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Whether error reports reach Sentry. DEGRADED while some do not, until one arrives again or five minutes have passed
 * without another loss; never DOWN: an application works without Sentry. What the application's own hooks and sampling
 * left out is no loss. It sends nothing itself. Advisory. Safe for use by many threads; needs {@code vitals-health-core}.
 *
 * <pre>{@code
 * .observe("sentry", SentryCheck.of(tracking))
 * }</pre>
 *
 * <p>Measures {@code errors.sent}, {@code errors.suppressed} and {@code errors.dropped} ({@code {error}}), since the start.
 */
public final class SentryCheck implements HealthCheck {
    private static final long MEMORY = Duration.ofMinutes(5).toNanos();
    private static final String FILTERED = "filtered";

    private final ErrorTracking tracking;
    private final LongSupplier nanoTime;

    private long sent;
    private Map<String, Long> dropped = Map.of();
    private Map<String, Long> lately = Map.of();
    private long since;

    SentryCheck(ErrorTracking tracking, LongSupplier nanoTime) {
        this.tracking = requireNonNull(tracking, "tracking");
        this.nanoTime = nanoTime;
    }

    /**
     * {@return a check of what becomes of an application's error reports}
     *
     * @param tracking whose
     */
    public static SentryCheck of(ErrorTracking tracking) {
        return new SentryCheck(tracking, System::nanoTime);
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        // Deliveries first: one that arrives in between must not cover a loss before it.
        long sentNow = tracking.sent();
        var droppedNow = new LinkedHashMap<>(tracking.droppedByReason());
        droppedNow.remove(FILTERED);
        look(sentNow, droppedNow, nanoTime.getAsLong());
        return result(sentNow, sum(droppedNow));
    }

    private synchronized void look(long sentNow, Map<String, Long> droppedNow, long now) {
        var more = new LinkedHashMap<String, Long>();
        droppedNow.forEach((reason, count) -> {
            long added = count - dropped.getOrDefault(reason, 0L);
            if (added > 0) {
                more.put(reason, added);
            }
        });
        if (!more.isEmpty()) {
            var both = new LinkedHashMap<>(lately);
            more.forEach((reason, count) -> both.merge(reason, count, Long::sum));
            lately = both;
            since = now;
        } else if (sentNow > sent || now - since >= MEMORY) {
            lately = Map.of();
        }
        sent = sentNow;
        dropped = droppedNow;
    }

    private synchronized HealthResult result(long sentNow, long droppedNow) {
        HealthResult result = lately.isEmpty() ? HealthResult.up() : HealthResult.degraded(reason());
        return result.withDetail("sent", sentNow)
                .withMeasurement("errors.sent", "{error}", (double) sentNow)
                .withMeasurement("errors.suppressed", "{error}", (double) tracking.suppressed())
                .withMeasurement("errors.dropped", "{error}", (double) droppedNow);
    }

    private String reason() {
        String reasons = lately.entrySet().stream()
                .map(loss -> words(loss.getKey()) + " " + loss.getValue())
                .collect(Collectors.joining(", "));
        long count = sum(lately);
        return count + (count == 1 ? " report" : " reports") + " did not arrive: " + reasons;
    }

    private static String words(String reason) {
        return switch (reason) {
            case "ratelimit_backoff" -> "rate limited";
            case "queue_overflow" -> "queue full";
            case "send_error" -> "not accepted";
            case "kept_on_disk" -> "kept on disk";
            default -> reason;
        };
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
