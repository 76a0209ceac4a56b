package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of database connections through HikariCP's own tracker: connections in all, active, idle, waited for, least and
 * most ({@code hikaricp.connections}), how long it takes to get one, how long one is kept, how long it takes to make
 * one, and how often nobody got one in time; 16 series a pool, labelled {@code pool}. Needs HikariCP, which is optional.
 *
 * <p>A registry has the meters of about 100 pools at once. A pool that starts after those has none: that is counted in
 * {@code vitals.labels.folded} and logged once, and leaves the pool as it is.
 *
 * <pre>{@code
 * PoolMetrics.bind(dataSource, registry);
 * }</pre>
 */
public final class PoolMetrics {
    static final int MOST_POOLS = 100;

    private static final System.Logger LOG = System.getLogger(PoolMetrics.class.getName());
    private static final String TOTAL = "hikaricp.connections";

    private PoolMetrics() {}

    /**
     * Lets a pool report to a registry, whether it has started or not. Nothing is asked of the database. Where the registry has
     * the meters of this pool already, a framework's perhaps, nothing is added.
     *
     * @param dataSource a {@code HikariDataSource}, or a wrapper of one
     * @param registry where the meters go; HikariCP takes them off when the pool is closed
     * @throws IllegalArgumentException if there is no HikariCP pool behind it, or one that reports elsewhere: HikariCP
     *     lets itself be told only once
     */
    public static void bind(DataSource dataSource, MeterRegistry registry) {
        requireNonNull(registry, "registry");
        HikariDataSource pool = pool(requireNonNull(dataSource, "dataSource"));
        if (isThere(pool.getPoolName(), registry) || new Trackers(registry).equals(pool.getMetricsTrackerFactory())) {
            return;
        }
        if (pool.getMetricsTrackerFactory() != null || pool.getMetricRegistry() != null) {
            throw new IllegalArgumentException("the pool " + pool.getPoolName()
                    + " reports to another registry already, and can be told only once: take that out of its"
                    + " configuration, or leave PoolMetrics out");
        }
        pool.setMetricsTrackerFactory(new Trackers(registry));
    }

    /** Asked when the pool starts, which is the time to count: the meters of closed pools have gone. */
    private record Trackers(MeterRegistry registry) implements MetricsTrackerFactory {
        @Override
        public IMetricsTracker create(String pool, PoolStats stats) {
            if (registry.find(TOTAL).gauges().size() < MOST_POOLS) {
                return new MicrometerMetricsTrackerFactory(registry).create(pool, stats);
            }
            leftOut(registry);
            return new IMetricsTracker() {};
        }
    }

    private static void leftOut(MeterRegistry registry) {
        Counter folded = BoundedLabel.folded(registry, TOTAL, "pool");
        if (folded.count() == 0) {
            LOG.log(
                    Level.WARNING,
                    "there are the meters of {0} pools already: further ones have none, and are counted in {1}; this is logged once",
                    MOST_POOLS,
                    SelfDefinitions.LABELS_FOLDED.meter());
        }
        folded.increment();
    }

    private static boolean isThere(@Nullable String name, MeterRegistry registry) {
        return name != null && registry.find(TOTAL).tag("pool", name).meter() != null;
    }

    private static HikariDataSource pool(DataSource dataSource) {
        try {
            if (dataSource instanceof HikariDataSource pool) {
                return pool;
            }
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                return dataSource.unwrap(HikariDataSource.class);
            }
        } catch (SQLException notNow) {
            throw new IllegalArgumentException(noPool(dataSource), notNow);
        }
        throw new IllegalArgumentException(noPool(dataSource));
    }

    private static String noPool(DataSource dataSource) {
        return "there is no HikariCP pool behind this " + dataSource.getClass().getName()
                + ": hand over the HikariDataSource, or a wrapper whose unwrap gives it";
    }
}
