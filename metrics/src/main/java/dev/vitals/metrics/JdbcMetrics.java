package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ConnectionIdManager;
import net.ttddyy.dsproxy.proxy.NanoTimeStopwatchFactory;
import net.ttddyy.dsproxy.proxy.ProxyConfig;
import net.ttddyy.dsproxy.support.ProxyDataSource;

/**
 * How long statements take, by OpenTelemetry's semantic conventions for database clients: the histogram {@code
 * db.client.operation.duration}, through {@code datasource-proxy}, which is optional.
 *
 * <pre>{@code
 * DataSource dataSource = JdbcMetrics.observe(pool, registry);
 * }</pre>
 *
 * <p>Its labels: {@code db.system.name} (the product of the first connection's driver,
 * {@code postgresql}; else {@code other_sql}), {@code
 * db.operation.name} (the statement's first word where it is one of SQL's usual, else {@code _OTHER}; {@code BATCH INSERT} for a
 * batch) and {@code error.type} (the class of the exception, 20 of them a data source; empty without one). The statement itself is in no label, nor
 * is a value. One combination is 13 series: 10 buckets, sum, count and maximum.
 *
 * <p>What is measured is the call that executes a statement. Waiting for a connection is not in it, see {@link
 * PoolMetrics}, and neither is reading the rows that a driver fetches later.
 */
public final class JdbcMetrics {
    private JdbcMetrics() {}

    /**
     * {@return a data source whose statements are measured} It unwraps to what is given, and closing it closes that. No
     * connection is opened for it. Whatever goes wrong in measuring, a statement goes on.
     *
     * @param dataSource the application's
     * @param registry where the meters go
     */
    public static DataSource observe(DataSource dataSource, MeterRegistry registry) {
        var observed = new ProxyDataSource(requireNonNull(dataSource, "dataSource"));
        observed.setProxyConfig(ProxyConfig.Builder.create()
                .queryListener(new StatementTimers(requireNonNull(registry, "registry")))
                .stopwatchFactory(new NanoTimeStopwatchFactory())
                .connectionIdManager(new NoIds())
                .build());
        return observed;
    }

    /** The library's own numbers connections, and keeps the numbers of those that nobody closes. */
    private static final class NoIds implements ConnectionIdManager {
        @Override
        public String getId(Connection connection) {
            return "";
        }

        @Override
        public void addClosedId(String closedId) {
            // Nothing is kept.
        }

        @Override
        public Set<String> getOpenConnectionIds() {
            return Set.of();
        }
    }
}
