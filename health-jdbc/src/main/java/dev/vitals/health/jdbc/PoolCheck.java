package dev.vitals.health.jdbc;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.jdbc.ConnectionPool.Usage;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How much of a connection pool is in use, without asking the database: DEGRADED when nine tenths of its connections are
 * lent, or a caller waits, in every look for 30 s; that of a moment is none. DOWN where the pool is closed, at once, and
 * where {@link #downFrom} says so. Safe for use by many threads.
 *
 * <pre>{@code
 * .readiness("pool", PoolCheck.of(dataSource).heldFor(ofMinutes(1)))
 * }</pre>
 *
 * <p>Measures {@code connections.active}, {@code connections.idle}, {@code connections.max} ({connection}),
 * {@code connections.pending_requests} ({request}) and {@code connections.used.ratio} (1).
 */
public final class PoolCheck implements HealthCheck {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final ConnectionPool pool;
    private final double degraded;
    private final double down;
    private final int many;
    private final Duration held;
    private final LongSupplier nanoTime;
    private final Since full = new Since();
    private final Since tooFull = new Since();
    private final Since crowded = new Since();

    private PoolCheck(
            ConnectionPool pool, double degraded, double down, int many, Duration held, LongSupplier nanoTime) {
        if (degraded > down) {
            throw new IllegalArgumentException("DEGRADED from " + degraded
                    + " on would never be seen, since DOWN begins at " + down + ": DEGRADED must begin first");
        }
        this.pool = pool;
        this.degraded = degraded;
        this.down = down;
        this.many = many;
        this.held = held;
        this.nanoTime = nanoTime;
    }

    /**
     * {@return a check of a HikariCP pool}
     *
     * @param dataSource the pool, or a wrapper that can be unwrapped to it
     * @throws IllegalArgumentException if there is none, or it is closed, or another pool
     */
    public static PoolCheck of(@Nullable DataSource dataSource) {
        DataSource given = SetUp.dataSource(dataSource, "PoolCheck.of");
        ConnectionPool pool = Pools.behind(given).find();
        if (pool == null) {
            throw new IllegalArgumentException(
                    "no HikariCP found behind a " + given.getClass().getName()
                            + ": give PoolCheck.of the HikariDataSource itself, or, for another pool, use"
                            + " PoolCheck.of(ConnectionPool)");
        }
        return of(pool);
    }

    /**
     * {@return a check of any pool}
     *
     * @param pool tells how it is used
     * @throws IllegalArgumentException if there is none, or it is closed
     */
    public static PoolCheck of(@Nullable ConnectionPool pool) {
        return new PoolCheck(SetUp.open(pool, "PoolCheck.of"), 0.9, NEVER, 1, Duration.ofSeconds(30), System::nanoTime);
    }

    /**
     * {@return this check, DEGRADED when another share of the connections is in use}
     *
     * @param share above 0, up to 1
     * @throws IllegalArgumentException if that is no share, or above that of DOWN
     */
    public PoolCheck degradedFrom(double share) {
        return new PoolCheck(pool, SetUp.share(share, "degradedFrom"), down, many, held, nanoTime);
    }

    /**
     * {@return this check, DOWN when a share of the connections is in use} A pool that is full for long still works, and
     * to take the instance out of traffic may fill those of the others: by default it never does.
     *
     * @param share above 0, up to 1
     * @throws IllegalArgumentException if that is no share, or below that of DEGRADED
     */
    public PoolCheck downFrom(double share) {
        return new PoolCheck(pool, degraded, SetUp.share(share, "downFrom"), many, held, nanoTime);
    }

    /**
     * {@return this check, DEGRADED when another number of callers wait}
     *
     * @param callers at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    public PoolCheck degradedFromWaiting(int callers) {
        return new PoolCheck(
                pool, degraded, down, (int) SetUp.atLeast(1, callers, "degradedFromWaiting"), held, nanoTime);
    }

    /**
     * {@return this check, that finds something wrong when it was so in every look for another time}
     *
     * @param time from zero, for at once
     * @throws IllegalArgumentException if it is negative
     */
    public PoolCheck heldFor(@Nullable Duration time) {
        return new PoolCheck(pool, degraded, down, many, SetUp.notNegative(time, "heldFor"), nanoTime);
    }

    PoolCheck at(LongSupplier clock) {
        return new PoolCheck(pool, degraded, down, many, held, clock);
    }

    @Override
    public HealthResult check(Deadline deadline) {
        Usage usage = pool.usage();
        return Figures.with(usage, usage.closed() ? HealthResult.down("the pool is closed") : verdict(usage));
    }

    private synchronized HealthResult verdict(Usage usage) {
        long now = nanoTime.getAsLong();
        Duration forTooFull = tooFull.seen(Figures.share(usage) >= down, now);
        Duration forFull = full.seen(Figures.share(usage) >= degraded, now);
        Duration forCrowded = crowded.seen(usage.waiting() >= many, now);
        if (isLong(forTooFull)) {
            return HealthResult.down(inUse(usage, forTooFull));
        }
        if (isLong(forFull)) {
            return HealthResult.degraded(inUse(usage, forFull));
        }
        return isLong(forCrowded)
                ? HealthResult.degraded(usage.waiting() + " waiting for a connection" + lasting(forCrowded) + ", "
                        + Figures.inUse(usage) + " in use")
                : HealthResult.up();
    }

    private boolean isLong(@Nullable Duration time) {
        return time != null && time.compareTo(held) >= 0;
    }

    private static String inUse(Usage usage, @Nullable Duration time) {
        return Figures.inUse(usage) + " connections in use" + lasting(time) + ", " + usage.waiting() + " waiting";
    }

    private static String lasting(@Nullable Duration time) {
        return time == null || time.toSeconds() == 0 ? "" : " for " + time.toSeconds() + " s";
    }
}
