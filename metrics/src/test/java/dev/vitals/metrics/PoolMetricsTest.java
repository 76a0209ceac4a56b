package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.PoolStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PoolMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void poolsHaveABoundAndAClosedOneMakesRoom() throws Exception {
        AutoCloseable first = start("tenant-0");
        for (int i = 1; i < 150; i++) {
            start("tenant-" + i);
        }
        assertThat(registry.find("hikaricp.connections").gauges()).hasSize(PoolMetrics.MOST_POOLS);
        assertThat(registry.get("vitals.labels.folded")
                        .tags("meter", "hikaricp.connections", "label", "pool")
                        .counter()
                        .count())
                .isEqualTo(50);

        first.close();
        start("later");

        assertThat(registry.find("hikaricp.connections").tag("pool", "later").gauge())
                .isNotNull();
    }

    /** What a pool does when it starts, without a database. */
    private AutoCloseable start(String name) {
        try (var pool = new HikariDataSource()) {
            pool.setPoolName(name);
            PoolMetrics.bind(pool, registry);
            // Whether it has meters or not.
            PoolMetrics.bind(pool, registry);
            return pool.getMetricsTrackerFactory().create(name, new PoolStats(1_000) {
                @Override
                protected void update() {
                    totalConnections = 1;
                }
            });
        }
    }
}
