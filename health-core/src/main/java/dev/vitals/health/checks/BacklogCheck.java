package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a queue: DEGRADED from 1,000 on; never DOWN unless {@link #downFrom} says so, since a queue that is
 * long still works. Advisory. Immutable, safe for use by many threads where what it asks is.
 *
 * <pre>{@code
 * .readiness("orders-queue", BacklogCheck.of(orders::waiting).degradedFrom(200))
 * }</pre>
 *
 * <p>Measures {@code queue.waiting} ({item}).
 */
public final class BacklogCheck implements HealthCheck {
    private static final long MANY = 1_000;

    private final Source waiting;
    private final Limits limits;

    private BacklogCheck(Source waiting, Limits limits) {
        this.waiting = waiting;
        this.limits = limits;
    }

    /**
     * {@return a check of what waits}
     *
     * @param waiting says how much waits, {@code queue::size} for instance; it is asked in each run, on the check's thread
     * @throws IllegalArgumentException if there is none
     */
    public static BacklogCheck of(@Nullable LongSupplier waiting) {
        LongSupplier given =
                Options.given(waiting, "no supplier: give one that says how much waits, such as queue::size");
        return from(deadline -> given.getAsLong());
    }

    /**
     * {@return a check of what waits somewhere else, in a database or a broker}
     *
     * @param waiting says how much waits; it is asked in each run, on the check's thread
     * @throws IllegalArgumentException if there is none
     */
    public static BacklogCheck from(@Nullable Source waiting) {
        Source given = Options.given(waiting, "no source: give one that asks a server how much waits");
        double many = (double) Math.min(MANY, given.most());
        return new BacklogCheck(given, new Limits(many, Double.POSITIVE_INFINITY));
    }

    /**
     * {@return a check of what a collection holds}
     *
     * @param queue one whose {@code size} many threads may ask, and which does not count its items one by one for it, as
     *     {@link java.util.concurrent.ConcurrentLinkedQueue} does
     * @throws IllegalArgumentException if there is none
     */
    public static BacklogCheck of(@Nullable Collection<?> queue) {
        Collection<?> given = Options.given(queue, "the queue is null: make it first, then give it to BacklogCheck.of");
        return of(given::size);
    }

    /**
     * {@return this check, DEGRADED from another number on}
     *
     * @param items at least 1
     * @throws IllegalArgumentException if the number is below 1, above that of DOWN, or more than the source counts
     */
    public BacklogCheck degradedFrom(long items) {
        return new BacklogCheck(waiting, new Limits(reachable(items, "degradedFrom"), limits.down()));
    }

    /**
     * {@return this check, DOWN from a number on}
     *
     * @param items at least 1
     * @throws IllegalArgumentException if the number is below 1, below that of DEGRADED, or more than the source counts
     */
    public BacklogCheck downFrom(long items) {
        return new BacklogCheck(waiting, new Limits(limits.degraded(), reachable(items, "downFrom")));
    }

    private double reachable(long items, String option) {
        long most = waiting.most();
        if (items > most) {
            throw new IllegalArgumentException(
                    option + "(" + items + ") would never be reached: the queue is counted up to " + most
                            + ", so let it be counted further, or give a smaller number");
        }
        return (double) Options.atLeast(1, items, option);
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) throws Exception {
        long items;
        try {
            items = waiting.waiting(deadline);
        } catch (UnavailableException untold) {
            return untold.result();
        }
        if (items < 0) {
            return HealthResult.down("the queue's length is told as " + items);
        }
        double many = (double) items >= limits.down() ? limits.down() : limits.degraded();
        String reason = items + " waiting, " + (long) many + " are many";
        return Results.of(limits.of((double) items), reason)
                .withDetail("waiting", items)
                .withMeasurement("queue.waiting", "{item}", (double) items);
    }

    /** Asks for the length of a queue that is kept elsewhere. Safe for use by many threads. */
    @FunctionalInterface
    public interface Source {
        /**
         * {@return how much waits now, never negative}
         *
         * @param deadline how long there is
         * @throws UnavailableException if it cannot be told: the check is then DOWN, for the reason that this gives
         * @throws Exception if something else goes wrong: the check is then DOWN, for the exception's class
         */
        long waiting(Deadline deadline) throws Exception;

        /** {@return the highest number that it ever tells, where it does not count further} */
        default long most() {
            return Long.MAX_VALUE;
        }
    }
}
