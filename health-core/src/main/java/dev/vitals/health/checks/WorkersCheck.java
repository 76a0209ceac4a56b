package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many workers of other processes are alive, by the heartbeats that they leave in a store with {@link RemoteHeartbeat}.
 * DOWN when none is, DEGRADED when fewer are than expected. Advisory. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("invoice-workers", WorkersCheck.of(store, "invoices").within(Duration.ofSeconds(30)).expecting(3))
 * }</pre>
 *
 * <p>Alive is whose last beat is not older than 30 s, unless {@link #within} says otherwise: give the interval at which the
 * workers write several times over. Names of workers are not shown.
 *
 * <p>Measures {@code workers.alive}, {@code workers.expected} ({worker}), and where there is any
 * {@code workers.latest.age} (s).
 */
public final class WorkersCheck implements HealthCheck {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final HeartbeatStore store;
    private final String group;
    private final Duration longest;
    private final int expected;

    private WorkersCheck(HeartbeatStore store, String group, Duration longest, int expected) {
        this.store = store;
        this.group = group;
        this.longest = longest;
        this.expected = expected;
    }

    /**
     * {@return a check of a group's workers, of whom it expects one}
     *
     * @param store where their heartbeats are
     * @param group the name that they write under
     * @throws IllegalArgumentException if there is no store, or the name is not 1 to 100 letters, digits and
     *     {@code . _ - : @}
     */
    public static WorkersCheck of(@Nullable HeartbeatStore store, @Nullable String group) {
        return new WorkersCheck(
                Options.given(store, "the store is null: make it first, then give it to WorkersCheck.of"),
                Options.name(group, "group"),
                Duration.ofSeconds(30),
                1);
    }

    /**
     * {@return this check with another longest age of a beat}
     *
     * @param age above zero, up to the day for which stores keep a beat
     * @throws IllegalArgumentException if the age is not above zero, or above a day
     */
    public WorkersCheck within(Duration age) {
        Duration given = Options.aboveZero(age, "within");
        if (given.compareTo(KEPT) > 0) {
            throw new IllegalArgumentException(
                    "within(" + given + ") asks for more than stores keep: a beat is forgotten after " + KEPT
                            + ", so give a day at the most");
        }
        return new WorkersCheck(store, group, given, expected);
    }

    /**
     * {@return this check, DEGRADED when fewer workers are alive}
     *
     * @param workers at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    public WorkersCheck expecting(int workers) {
        return new WorkersCheck(store, group, longest, (int) Options.atLeast(1, workers, "expecting"));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) throws Exception {
        List<Duration> ages;
        try {
            ages = store.ages(group, deadline);
        } catch (UnavailableException untold) {
            return untold.result();
        }
        // A store whose clock was put back has beats of the future: dead workers would live until it catches up.
        List<Duration> known = ages.stream()
                .filter(age -> age.compareTo(AHEAD.negated()) >= 0)
                .map(age -> age.isNegative() ? Duration.ZERO : age)
                .toList();
        long alive = known.stream().filter(age -> age.compareTo(longest) <= 0).count();
        Duration latest = known.stream().min(Duration::compareTo).orElse(null);
        HealthResult result = verdict(alive, latest)
                .withDetail("alive", alive)
                .withDetail("expected", expected)
                .withMeasurement("workers.alive", "{worker}", (double) alive)
                .withMeasurement("workers.expected", "{worker}", expected);
        return latest == null ? result : result.withMeasurement("workers.latest.age", "s", latest.toMillis() / 1000.0);
    }

    private HealthResult verdict(long alive, @Nullable Duration latest) {
        if (latest == null) {
            return HealthResult.down("no worker has left a heartbeat");
        }
        if (alive == 0) {
            return HealthResult.down("no worker alive, the last beat was " + Text.time(latest) + " ago, "
                    + Text.time(longest) + " at the most");
        }
        return alive < expected
                ? HealthResult.degraded(alive + " of " + expected + " workers alive")
                : HealthResult.up();
    }
}
